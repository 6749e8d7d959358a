"""Edits as an editor applies them: ranges of the current text, and their new texts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from notelint.text.source import LINE_END, LineIndex, Range, Span
from notelint.text.startup import NamedTuple

_COMPARED = 2_000  # lines that differ; of more, the whole is replaced


class TextEdit(NamedTuple):
    """A range and the text that replaces it."""

    where: Range
    text: str


def edits_between(before: LineIndex, after: str) -> list[TextEdit]:
    """The edits, of whole lines, that make *after* of the text of *before*."""
    old, new = _lines(before.text), _lines(after)
    first = last = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    edits = []
    for a, b, c, d in _changes(old_part, new_part):
        start = sum(map(len, old[: first + a]))
        span = Span(start, start + sum(map(len, old_part[a:b])))
        edits.append(TextEdit(before.range(span), "".join(new_part[c:d])))
    return edits


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    if max(len(old), len(new)) > _COMPARED:
        yield 0, len(old), 0, len(new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a, b, c, d


def _lines(text: str) -> list[str]:
    ends = [match.end() for match in LINE_END.finditer(text)]
    return [text[a:b] for a, b in pairwise([0, *ends, len(text)]) if a < b]
