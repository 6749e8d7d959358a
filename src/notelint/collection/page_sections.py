"""The first parts of the page, as HTML: totals, folders and problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from notelint.collection import drawings
from notelint.collection.collection import Collection, Problem
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.collection.page_pieces import MOST_ITEMS, fitting, link, more, note_link, table
from notelint.collection.treemap import Folder, folders_of

_MOST_PROBLEMS = 500  # of a rule
_MOST_FOLDERS = 300
_FOLDER_ROOM, _NEW_ROOM = 15_000, 20_000  # bytes
_TOP = 4  # items of a line


def state(collection: Collection, label: Labels) -> str:
    """The state in a few lines: totals, problems, changes."""
    notes = collection.notes
    facts = [
        ("", len(notes), "notes"),
        ("", sum(each.words for each in notes), "words"),
        ("", sum(each.links for each in notes), "links"),
        ("", sum(each.images for each in notes), "pictures"),
        ("error", collection.errors, "errors"),
        ("warning", collection.warnings, "warnings"),
    ]
    if collection.indexed:
        facts.append(("", len(collection.unreachable), "unreachable"))
    boxes = ""
    for kind, number, what in facts:
        boxes += (
            f"<li{f' class={kind}' if kind and number else ''}><b>{label.number(number)}</b> "
            f"{escape(label.noun(number, what))}"
        )
    when = ""
    if collection.commit:
        when = f"<p class=dim>{shown(label('at', collection.commit[:10], collection.date))}"
    found = f"{when}<ul class=facts>{boxes}</ul>"
    return f"{found}{_changes(collection, label)}{_where(collection, label)}"


def _where(collection: Collection, label: Labels) -> str:
    """Where the problems are: how many notes have any, the worst of them, and the rules."""
    worst = [collection.notes[number] for number in collection.worst]
    affected = sum(each.problems > 0 for each in worst)
    if not affected:
        return f"<p>{escape(label('all-well'))}" if worst else ""
    counts = label.number(affected), label.number(len(worst))
    most = [f"{note_link(each)} ({each.problems})" for each in worst[: min(_TOP, affected)]]
    rules = sorted(collection.rules, key=lambda each: -each[2])[:_TOP]
    named = [f"<a href=#problems>{shown(rule)}</a> ({number})" for rule, _, number in rules]
    return (
        f"<p>{escape(label('affected', *counts))}{label('comma').join(most)}"
        f"<p>{escape(label('frequent'))}{label('comma').join(named)}"
    )


def _changes(collection: Collection, label: Labels) -> str:
    found = ""
    if collection.history:
        last, now = collection.history[-1], collection.recorded
        steps = [
            f"{now_ - before:+,} {label.noun(now_ - before, what)}"
            for what, before, now_ in (
                ("notes", last.notes, now.notes),
                ("errors", last.errors, now.errors),
                ("warnings", last.warnings, now.warnings),
                ("unreachable", last.unreachable, now.unreachable),
            )
            if before != now_
        ]
        since = shown(label("since", last.date or last.commit[:10] or "–"))
        found += f"<p id=change>{since}{escape(label('comma').join(steps) or label('no-change'))}"
    if collection.change:
        new, gone = collection.change
        parts = []
        if new:
            parts.append(label.count(len(new), "new"))
        if gone:
            rules = ", ".join(f"{rule} {number}" for rule, number in gone)
            parts.append(f"{label.count(sum(number for _, number in gone), 'gone')} ({rules})")
        what = shown(label("comma").join(parts) or label("no-change"))
        found += f"<p>{escape(label('since-baseline'))}{what}"
        if new:
            listed = fitting([*map(_problem, new[:MOST_ITEMS])], _NEW_ROOM)
            items = "".join(listed) + more(len(new), label, len(listed))
            name = escape(label.count(len(new), "new"))
            found += f"<details><summary>{name}</summary><ol>{items}</ol></details>"
    return found


def folders(collection: Collection, label: Labels) -> str:
    """The treemap, and a table of the same folders."""
    if not collection.notes:
        return ""
    steps = ("0", "≤ 1", "≤ 3", "≤ 7", "> 7")
    key = "".join(f"<li class=t{level}>{escape(text)}" for level, text in enumerate(steps))
    flat = sorted(_all(folders_of(collection)), key=lambda each: (-each.problems, each.path))
    rows = [
        (
            shown(each.path or label("here")),
            label.number(each.count),
            label.number(each.words),
            label.number(each.problems),
        )
        for each in flat[:_MOST_FOLDERS]
    ]
    heads = [label(each) for each in ("folder", "Notes", "Words", "Problems")]
    name = label("folders")
    listed = table(name, heads, rows, label, len(flat), room=_FOLDER_ROOM)
    return (
        f"<p class=dim>{escape(label('folders-about'))}</p><ul class=key>{key}</ul>"
        f'<div class=wide tabindex=0 role=region aria-label="{escape(name)}">'
        f"{drawings.treemap(collection, label)}</div>"
        f"<details><summary>{escape(name)} ({len(flat)})</summary>{listed}</details>"
    )


def _all(folder: Folder) -> Iterator[Folder]:
    yield folder
    for each in folder.folders.values():
        yield from _all(each)


def problems(collection: Collection, label: Labels, room: int) -> str:
    """The problems of each rule, errors first, as many as fit in *room* bytes."""
    if not collection.problems:
        return f"<p>{escape(label('none'))}"
    items: dict[tuple[str, str], list[str]] = {}
    for each in collection.problems:
        its = items.setdefault((each.rule, each.severity), [])
        if len(its) < _MOST_PROBLEMS:
            its.append(_problem(each))
    most = _share([*items.values()], room)
    found = ""
    for index, (rule, severity, number) in enumerate(collection.rules):
        listed = items[rule, severity][:most]
        left = number - len(listed)
        more = f"<p class=dim>{shown(label('left', left, rule))}" if left else ""
        found += (
            f"<details{' open' if not index else ''}><summary><strong>{shown(rule)}</strong> "
            f"<span class={severity}>{escape(label(severity))}</span> {number}</summary>"
            f"<ol>{''.join(listed)}</ol>{more}</details>\n"
        )
    return found


def _share(groups: Sequence[Sequence[str]], room: int) -> int:
    """The number of items of each group, at least one, that fit in *room* bytes together."""
    most = 0
    for most in range(max(map(len, groups))):
        room -= sum(len(group[most].encode()) for group in groups if most < len(group))
        if room < 0:
            return max(most, 1)
    return most + 1


def _problem(problem: Problem) -> str:
    where = f"{problem.path}:{problem.line}:{problem.column}"
    text, start, end = problem.excerpt, problem.start, problem.end
    code = ""
    if text:
        at_fault = f"<mark>{shown(text[start:end])}</mark>" if end > start else ""
        code = f"<code>{shown(text[:start])}{at_fault}{shown(text[end:])}</code>"
    return f"<li>{link(where, problem.address)} {shown(problem.message)}{code}\n"
