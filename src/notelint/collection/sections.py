"""The parts of the page, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from notelint.collection import graph as links
from notelint.collection import svg
from notelint.collection.labels import Labels
from notelint.collection.model import Collection, Note, Place, Problem
from notelint.collection.svg import shown
from notelint.collection.treemap import Folder, folders_of

MOST_PROBLEMS = 700  # with their excerpts
_MOST = 100  # items of any other list
_MOST_FOLDERS = 300
_MOST_RUNS = 100


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
        counted = label.count(number, what)
        figure = label.number(number)
        boxes += (
            f"<li{f' class={kind}' if kind and number else ''}><b>{figure}</b> "
            f"{escape(counted.removeprefix(figure).strip())}"
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
            f"{now_ - before:+,} {label(what)}"
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
            parts.append(label("new", len(new)))
        if gone:
            rules = ", ".join(f"{rule} {number}" for rule, number in gone)
            parts.append(f"{label('gone', sum(number for _, number in gone))} ({rules})")
        what = shown("; ".join(parts) or label("no-change"))
        items = "".join(map(_problem, new[:_MOST])) + _more(len(new), label)
        found += f"<p>{escape(label('since-baseline'))}: {what}"
        found += f"<details><summary>{escape(label('new', len(new)))}</summary><ol>{items}</ol></details>" if new else ""
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
    return (
        f"<p class=dim>{escape(label('folders-about'))} {escape(label('a-note'))}:</p>"
        f"<ul class=key>{key}</ul>{svg.treemap(collection, label)}"
        f"<details><summary>{escape(label('folders'))} ({len(flat)})</summary>"
        f"{_table(label('folders'), heads, rows)}{_more(len(flat), label, _MOST_FOLDERS, 'p')}</details>"
    )


def _all(folder: Folder) -> Iterable[Folder]:
    yield folder
    for each in folder.folders.values():
        yield from _all(each)


def notes(collection: Collection, label: Labels) -> str:
    """The table of all notes, the worst first."""
    heads = [label(each) for each in ("note", "Problems", "in", "out", "changed", "Words")]
    mark = f" <em>{escape(label('is-unreachable'))}</em>"
    rows = []
    for number in collection.worst:
        each = collection.notes[number]
        title = f" <small>{shown(each.title)}</small>" if each.title else ""
        rows.append(
            f"<tr{' class=u' if each.unreachable else ''}><td>{_link(each.path, each.address)}{title}"
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
        f"{tools}<div class=scroll tabindex=0 role=region aria-label=\"{name}\">"
        f"<table id=notes-table><caption>{name}</caption><thead><tr>{head}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def problems(collection: Collection, label: Labels) -> str:
    """The problems of each rule, errors first, as many as there is room for."""
    if not collection.problems:
        return f"<p>{escape(label('none'))}"
    most = _share([number for _, _, number in collection.rules], MOST_PROBLEMS)
    by_rule = {
        rule: [*each]
        for rule, each in groupby(
            sorted(collection.problems, key=lambda each: each.rule), key=lambda each: each.rule
        )
    }
    found = ""
    for index, (rule, severity, number) in enumerate(collection.rules):
        its = [each for each in by_rule[rule] if each.severity == severity]
        left = number - most
        more = f"<p class=dim>{shown(label('left', left, rule))}" if left > 0 else ""
        found += (
            f"<details{' open' if not index else ''}><summary><strong>{shown(rule)}</strong> "
            f"<span class={severity}>{escape(label(severity))}</span> {number}</summary>"
            f"<ol>{''.join(map(_problem, its[:most]))}</ol>{more}</details>\n"
        )
    return found


def _share(numbers: Sequence[int], room: int) -> int:
    """The largest number of items of each group that fit in *room* together."""
    most = max(numbers)
    while most > 1 and sum(min(each, most) for each in numbers) > room:
        most -= 1 + most // 20
    return max(most, 1)


def _problem(problem: Problem) -> str:
    where = f"{problem.path}:{problem.line}:{problem.column}"
    text, start, end = problem.excerpt, problem.start, problem.end
    code = ""
    if text:
        at_fault = f"<mark>{shown(text[start:end])}</mark>" if end > start else ""
        code = f"<code>{shown(text[:start])}{at_fault}{shown(text[end:])}</code>"
    return f"<li>{_link(where, problem.address)} {shown(problem.message)}{code}\n"


def graph(collection: Collection, label: Labels) -> str:
    """Hubs, unreachable notes, dead ends and islands."""
    everything = collection.notes
    hubs = [
        (
            _note(everything[number]),
            str(len(everything[number].links_in)),
            str(len(everything[number].links_out)),
        )
        for number in links.hubs(collection)
    ]
    heads = [label(each) for each in ("note", "in", "out")]
    found = f"<h3>{escape(label('hubs'))}</h3>"
    found += _table(label("hubs"), heads, hubs) if hubs else f"<p>{escape(label('none'))}"
    about = label("unreachable-about") if collection.indexed else label("no-index")
    for key, text, numbers in (
        ("Unreachable", about, collection.unreachable),
        ("dead-ends", label("dead-ends-about"), links.dead_ends(collection)),
        ("alone", "", links.alone(collection)),
    ):
        found += f"<h3>{escape(label(key))} ({len(numbers)})</h3>"
        found += f"<p class=dim>{escape(text)}" if text else ""
        found += _list(collection, numbers, label)
    islands = links.islands(collection)
    found += f"<h3>{escape(label('islands'))} ({len(islands)})</h3>"
    found += f"<p class=dim>{escape(label('islands-about'))}"
    items = "".join(
        "<li>" + ", ".join(_note(everything[n]) for n in group[:20]) + _rest(len(group), 20, label)
        for group in islands[:_MOST]
    )
    return found + (f"<ol>{items}</ol>{_more(len(islands), label, tag='p')}" if islands else "")


def _list(collection: Collection, numbers: Sequence[int], label: Labels) -> str:
    if not numbers:
        return ""
    items = "".join(f"<li>{_note(collection.notes[each])}" for each in numbers[:_MOST])
    return f"<ul class=cols>{items}{_more(len(numbers), label)}</ul>"


def _rest(number: int, most: int, label: Labels) -> str:
    return f" … {escape(label('more', number - most))}" if number > most else ""


def duplicates(collection: Collection, label: Labels) -> str:
    """The pages that several notes list."""
    found = collection.duplicates
    rows = [
        (
            f"{shown(each.title)} <small>{shown(each.page)}</small>",
            ", ".join(_place(collection, place) for place in each.places[:8])
            + _rest(len(each.places), 8, label),
        )
        for each in found[:_MOST]
    ]
    if not rows:
        return ""
    heads = [label("page"), label("Notes")]
    table = _table(label("duplicates"), heads, rows, text=True)
    return f"<p>{len(found)}</p>{table}{_more(len(found), label, tag='p')}"


def _place(collection: Collection, place: Place) -> str:
    return _link(f"{collection.notes[place.note].path}:{place.line}", place.address)


def pictures(collection: Collection, label: Labels) -> str:
    """The pictures that nothing uses, and the heaviest."""
    if not collection.pictures:
        return ""
    unused = [each for each in collection.pictures if each.unused]
    found = ""
    for key, its, most in (("unused", unused, _MOST), ("heaviest", collection.pictures, 20)):
        found += f"<h3>{escape(label(key))} ({len(its) if key == 'unused' else min(len(its), most)})</h3>"
        rows = [(_link(each.path, each.address), _size(each.size)) for each in its[:most]]
        heads = [label("Pictures"), label("size")]
        found += _table(label(key), heads, rows) if rows else f"<p>{escape(label('none'))}"
        found += _more(len(its), label, tag="p") if key == "unused" else ""
    return found


def _size(number: int) -> str:
    return f"{number / 1024:,.1f} KB" if number >= 1024 else f"{number} B"


def hosts(collection: Collection, label: Labels) -> str:
    """The hosts with the most links, and what is known of their pages."""
    if not collection.hosts:
        return ""
    known = any(each.states for each in collection.hosts)
    rows = [
        (
            shown(each.name),
            label.number(each.links),
            label.number(each.addresses),
            *([", ".join(f"{label(state)} {n}" for state, n in each.states)] if known else []),
        )
        for each in collection.hosts[:_MOST]
    ]
    heads = [label(each) for each in ("host", "Links", "addresses", *(["state"] if known else []))]
    return _table(label("hosts"), heads, rows) + _more(len(collection.hosts), label, tag="p")


def oldest(collection: Collection, label: Labels) -> str:
    """The notes not changed for longest that many others link to."""
    rows = [
        (_note(each), escape(each.changed), str(len(each.links_in)))
        for each in map(collection.notes.__getitem__, links.old_but_linked(collection))
    ]
    heads = [label(each) for each in ("note", "changed", "in")]
    return _table(label("oldest"), heads, rows) if rows else ""


def trend(collection: Collection, label: Labels) -> str:
    """The problems of all recorded runs."""
    if not collection.history:
        return ""
    runs = [*collection.history, collection.recorded][-_MOST_RUNS:]
    rows = [
        (
            shown(f"{each.date} {each.commit[:10]}".strip() or "–"),
            label.number(each.notes),
            label.number(each.errors),
            label.number(each.warnings),
            label.number(each.unreachable),
        )
        for each in reversed(runs)
    ]
    heads = [label("run"), label("Notes"), label("errors"), label("warnings"), label("Unreachable")]
    name = label("trend-about")
    table = _table(name, heads, rows)
    return f"<p class=dim>{escape(name)}</p>{svg.trend(runs, name)}{table}"


def _note(note: Note) -> str:
    return _link(note.path, note.address)


def _link(text: str, address: str) -> str:
    # the first element of a row is what the script reads the path from
    return f'<a href="{escape(address)}">{shown(text)}</a>' if address else f"<span>{shown(text)}</span>"


def _more(number: int, label: Labels, most: int = _MOST, tag: str = "li") -> str:
    return f"<{tag} class=dim>{escape(label('more', number - most))}" if number > most else ""


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, text: bool = False
) -> str:
    """A table; the cells of *rows* are HTML. Without *text*, all but the first are numbers."""
    head = "".join(f"<th scope=col>{escape(each)}" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) + "\n" for row in rows)
    kind = " class=text" if text else ""
    return (
        f"<table{kind}><caption>{escape(caption)}</caption><thead><tr>{head}</thead>"
        f"<tbody>{body}</tbody></table>"
    )
