"""Pieces of the page: links, lists and tables, as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import unquote

from notelint.collection.collection import Collection, Note
from notelint.collection.drawings import shown
from notelint.collection.labels import Labels
from notelint.text.startup import lazy_regex

MOST_ITEMS = 60  # items of a list
_FIRST = 15  # shown, the others are folded
_ROOM = 8_000  # bytes of a list
_ENCODED = lazy_regex(r"(?:%[89A-F][0-9A-F])+")  # of characters beyond ASCII


def link(text: str, address: str) -> str:
    """*text*, a link to *address* if there is one; in either case one element."""
    if not address:
        return f"<span>{shown(text)}</span>"
    return f'<a href="{escape(_decoded(address))}">{shown(text)}</a>'


def _decoded(address: str) -> str:
    """*address* with letters instead of their percent-encoding, as browsers show it."""

    def decode(match: re.Match[str]) -> str:
        text = unquote(match[0], errors="replace")
        return match[0] if "\ufffd" in text or not text.isprintable() else text

    return _ENCODED.sub(decode, address)


def note_link(note: Note) -> str:
    """The path of *note*."""
    return link(note.path, note.address)


def note_list(collection: Collection, numbers: Sequence[int], label: Labels) -> str:
    """The notes *numbers*, as many as there is room for; nothing for none."""
    items = fitting(
        [f"<li>{note_link(collection.notes[each])}" for each in numbers[:MOST_ITEMS]], _ROOM
    )
    if not items:
        return ""
    first, others = items[: 2 * _FIRST], items[2 * _FIRST :]
    hidden = more(len(numbers), label, len(items))
    if not others:
        return f"<ul class=cols>{''.join(first)}{hidden}</ul>"
    folded = f"<ul class=cols>{''.join(others)}{hidden}</ul>"
    return f"<ul class=cols>{''.join(first)}</ul>" + _folded(
        len(numbers) - len(first), folded, label
    )


def fitting(items: Sequence[str], room: int) -> Sequence[str]:
    """The first of *items*, at least one if there are any, that fit in *room* bytes together."""
    for index, each in enumerate(items):
        room -= len(each.encode())
        if room < 0:
            return items[: max(index, 1)]
    return items


def rest(number: int, most: int, label: Labels) -> str:
    """The end of a list in a sentence: how many of *number* are not among the first *most*."""
    return f" … {escape(label('more', number - most))}" if number > most else ""


def more(number: int, label: Labels, most: int = MOST_ITEMS, tag: str = "li") -> str:
    """The end of a list: how many of *number* are not among the first *most*."""
    return f"<{tag} class=dim>{escape(label('more', number - most))}" if number > most else ""


def table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    label: Labels,
    number: int | None = None,
    *,
    room: int = _ROOM,
    kind: str = "",
) -> str:
    """A table, of which all but the first rows are folded; the cells of *rows* are HTML.

    It has as many rows as fit in *room* bytes; *number* is that of all, if *rows* are not all.
    Cells but the first are numbers; in a table of the *kind* ``text`` they are text, and in one of
    ``groups``, whose first cell is a number, too.
    """
    if not rows:
        return f"<p>{escape(label('none'))}"
    head = "".join(f"<th scope=col>{escape(each)}" for each in heads)
    lines = ["<tr>" + "".join(f"<td>{cell}" for cell in row) + "\n" for row in rows]
    lines = [*fitting(lines, room)]
    number = len(rows) if number is None else number
    hidden = more(number, label, len(lines), "p")

    def some(its: Sequence[str]) -> str:
        return (
            f"<table{f' class={kind}' if kind else ''}><caption>{escape(caption)}</caption>"
            f"<thead><tr>{head}</thead><tbody>{''.join(its)}</tbody></table>"
        )

    if len(lines) <= _FIRST:
        return some(lines) + hidden
    return some(lines[:_FIRST]) + _folded(number - _FIRST, some(lines[_FIRST:]) + hidden, label)


def _folded(number: int, others: str, label: Labels) -> str:
    return f"<details><summary>{escape(label('more', number))}</summary>{others}</details>"
