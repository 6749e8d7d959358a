"""Pieces of the page: links, lists and tables, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from notelint.collection.collection import Collection, Note, Place
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels

MOST = 60  # items of a list
_FIRST = 15  # of these, the others are folded


def link(text: str, address: str) -> str:
    """*text*, a link to *address* if there is one; in either case one element.

    In the table of notes the script reads the path from it.
    """
    if not address:
        return f"<span>{shown(text)}</span>"
    return f'<a href="{escape(address)}">{shown(text)}</a>'


def note_link(note: Note) -> str:
    """The path of *note*."""
    return link(note.path, note.address)


def place_link(collection: Collection, place: Place) -> str:
    """The path and line of *place*."""
    return link(f"{collection.notes[place.note].path}:{place.line}", place.address)


def note_list(collection: Collection, numbers: Sequence[int], label: Labels) -> str:
    """The notes *numbers*, as many as there is room for; nothing for none."""
    items = [f"<li>{note_link(collection.notes[each])}" for each in numbers[:MOST]]
    if not items:
        return ""
    first = f"<ul class=cols>{''.join(items[: 2 * _FIRST])}</ul>"
    if len(items) <= 2 * _FIRST:
        return first
    others = f"<ul class=cols>{''.join(items[2 * _FIRST :])}{more(len(numbers), label)}</ul>"
    return first + _folded(len(numbers) - 2 * _FIRST, others, label)


def rest(number: int, most: int, label: Labels) -> str:
    """The end of a list in a sentence: how many of *number* are not among the first *most*."""
    return f" … {escape(label('more', number - most))}" if number > most else ""


def more(number: int, label: Labels, most: int = MOST, tag: str = "li") -> str:
    """The end of a list: how many of *number* are not among the first *most*."""
    return f"<{tag} class=dim>{escape(label('more', number - most))}" if number > most else ""


def table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    label: Labels,
    number: int | None = None,
    *,
    text: bool = False,
) -> str:
    """A table, of which all but the first rows are folded; the cells of *rows* are HTML.

    *number* is that of all rows, if there are more. Without *text*, cells but the first are
    numbers.
    """
    head = "".join(f"<th scope=col>{escape(each)}" for each in heads)
    kind = " class=text" if text else ""

    def some(its: Sequence[Sequence[str]]) -> str:
        body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) + "\n" for row in its)
        return (
            f"<table{kind}><caption>{escape(caption)}</caption><thead><tr>{head}</thead>"
            f"<tbody>{body}</tbody></table>"
        )

    if not rows:
        return f"<p>{escape(label('none'))}"
    number = len(rows) if number is None else number
    if len(rows) <= _FIRST:
        return some(rows)
    others = some(rows[_FIRST:]) + more(number, label, len(rows), "p")
    return some(rows[:_FIRST]) + _folded(number - _FIRST, others, label)


def _folded(number: int, others: str, label: Labels) -> str:
    return f"<details><summary>{escape(label('more', number))}</summary>{others}</details>"
