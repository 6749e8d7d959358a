"""Edits as an editor applies them: ranges of the current text, and their new texts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from notelint.server.columns import split_lines
from notelint.text.source import LineIndex, Range, Span
from notelint.text.startup import NamedTuple

_COMPARED = 2_000  # lines that differ; of more, the whole is replaced
_Change = tuple[int, int, int, int]  # lines from and to, before and after


class TextEdit(NamedTuple):
    """A range and the text that replaces it."""

    where: Range
    text: str


def edits_between(before: LineIndex, after: str) -> list[TextEdit]:
    """The edits, of whole lines, that make *after* of the text of *before*."""
    old, new = split_lines(before.text), split_lines(after)
    first = last = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    starts = [*accumulate(map(len, old_part), initial=sum(map(len, old[:first])))]
    edits = []
    for a, b, c, d in _changes(old_part, new_part):
        span = Span(starts[a], starts[b])
        edits.append(TextEdit(before.range(span), "".join(new_part[c:d])))
    return edits


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    if max(len(old), len(new)) > _COMPARED:
        yield from _one_by_one(old, new, (0, len(old), 0, len(new)))
        return
    # of lines that are often there, such as blank ones, there are too many pairs to compare
    for tag, *change in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if tag != "equal":
            a, b, c, d = change
            yield from _one_by_one(old, new, (a, b, c, d))


def _one_by_one(old: list[str], new: list[str], change: _Change) -> Iterator[_Change]:
    """*change*, without the lines that are the same in it, if it is of as many lines as before."""
    a, b, c, d = change
    if b - a != d - c:
        yield change
        return
    first = None
    for number in range(b - a + 1):
        differs = number < b - a and old[a + number] != new[c + number]
        if differs and first is None:
            first = number
        elif not differs and first is not None:
            yield a + first, a + number, c + first, c + number
            first = None
