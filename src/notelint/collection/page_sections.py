"""The first parts of the page, as HTML: what there is, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from notelint.collection import drawings
from notelint.collection.collection import Collection, Problem
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.collection.page_pieces import MOST, link, more, table
from notelint.collection.treemap import Folder, folders_of

_MOST_PROBLEMS = 500  # of a rule
# Bytes for all problems, and for the addresses of notes; without room for these the table of notes
# has no links to the web.
_PROBLEM_BYTES = 125_000
_ADDRESS_BYTES = 60_000
_MOST_FOLDERS = 300


def state(collection: Collection, label: Labels) -> str:
    """The line of state: what there is, what is wrong, what has changed."""
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
            f"{escape(label.of(number, what))}"
        )
    when = ""
    if collection.commit:
        when = f"<p class=dim>{shown(label('at', collection.commit[:10], collection.date))}"
    return f"{when}<ul class=facts>{boxes}</ul>{_changes(collection, label)}"


def _changes(collection: Collection, label: Labels) -> str:
    found = ""
    if collection.history:
        last, now = collection.history[-1], collection.recorded
        steps = [
            f"{now_ - before:+,} {label.of(now_ - before, what)}"
            for what, before, now_ in (
                ("notes", last.notes, now.notes),
                ("errors", last.errors, now.errors),
                ("warnings", last.warnings, now.warnings),
                ("unreachable", last.unreachable, now.unreachable),
            )
            if before != now_
        ]
        since = shown(label("since", last.date or last.commit[:10] or "–"))
        found += f"<p id=change>{since}: {escape(', '.join(steps) or label('no-change'))}"
    if collection.change:
        new, gone = collection.change
        parts = []
        if new:
            parts.append(label.count(len(new), "new"))
        if gone:
            rules = ", ".join(f"{rule} {number}" for rule, number in gone)
            parts.append(f"{label.count(sum(number for _, number in gone), 'gone')} ({rules})")
        what = shown("; ".join(parts) or label("no-change"))
        found += f"<p>{escape(label('since-baseline'))}: {what}"
        if new:
            items = "".join(map(_problem, new[:MOST])) + more(len(new), label)
            name = escape(label.count(len(new), "new"))
            found += f"<details><summary>{name}</summary><ol>{items}</ol></details>"
    return found


def folders(collection: Collection, label: Labels) -> str:
    """The treemap, and a table of the same folders."""
    if not collection.notes:
        return ""
    steps = ("0", "≤ 1", "≤ 3", "≤ 7", "> 7")
    key = "".join(f"<li class=t{level}>{escape(text)}" for level, text in enumerate(steps))
    flat = sorted(_all(folders_of(collection)), key=lambda each: each.path)
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
    listed = table(name, heads, rows, label, len(flat))
    return (
        f"<p class=dim>{escape(label('folders-about'))} {escape(label('a-note'))}:</p>"
        f"<ul class=key>{key}</ul>{drawings.treemap(collection, label)}"
        f"<details><summary>{escape(name)} ({len(flat)})</summary>{listed}</details>"
    )


def _all(folder: Folder) -> Iterator[Folder]:
    yield folder
    for each in folder.folders.values():
        yield from _all(each)


def notes(collection: Collection, label: Labels) -> str:
    """The table of all notes, the worst first."""
    heads = [label(each) for each in ("note", "Problems", "in", "out", "changed", "Words")]
    mark = f" <em>{escape(label('is-unreachable'))}</em>"
    linked = sum(len(each.address) for each in collection.notes) <= _ADDRESS_BYTES
    rows = []
    for number in collection.worst:
        each = collection.notes[number]
        title = f" <small>{shown(each.title)}</small>" if each.title else ""
        path = link(each.path, each.address if linked else "")
        rows.append(
            f"<tr{' class=u' if each.unreachable else ''}><td>{path}{title}"
            f"{mark if each.unreachable else ''}<td>{each.problems}<td>{len(each.links_in)}"
            f"<td>{len(each.links_out)}<td>{escape(each.changed)}<td>{each.words}\n"
        )
    tools = (
        f"<div class=tools hidden><label>{escape(label('filter'))} "
        "<input type=search id=filter autocomplete=off spellcheck=false></label>"
        f"<label><input type=checkbox id=only-problems> {escape(label('only-problems'))}</label>"
        f"<label><input type=checkbox id=only-unreachable> {escape(label('only-unreachable'))}"
        "</label><span id=shown class=dim role=status></span></div>"
    )
    head = "".join(f"<th scope=col>{escape(each)}" for each in heads)
    name = escape(label("Notes"))
    return (
        f'{tools}<div class=scroll tabindex=0 role=region aria-label="{name}">'
        f"<table id=notes-table><caption>{name}</caption><thead><tr>{head}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def problems(collection: Collection, label: Labels) -> str:
    """The problems of each rule, errors first, as many as there is room for."""
    if not collection.problems:
        return f"<p>{escape(label('none'))}"
    items: dict[tuple[str, str], list[str]] = {}
    for each in collection.problems:
        its = items.setdefault((each.rule, each.severity), [])
        if len(its) < _MOST_PROBLEMS:
            its.append(_problem(each))
    most = _share([*items.values()], _PROBLEM_BYTES)
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
