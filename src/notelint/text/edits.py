"""Edits of a text, and fixes that consist of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from notelint.text.source import Span
from notelint.text.startup import NamedTuple


class Edit(NamedTuple):
    """A replacement of ``span`` by ``text``; an empty span inserts, an empty text removes."""

    span: Span
    text: str


class Fix(NamedTuple):
    """The repair of a finding; its edits are applied all together or not at all.

    ``safe`` fixes are applied by ``notelint fix``, the others only with ``--unsafe``.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


def select(fixes: Iterable[Fix]) -> list[Fix]:
    """The *fixes* that can be applied together; of two that overlap, the first in the text."""
    chosen: list[Fix] = []
    taken: list[Span] = []  # sorted, without overlaps
    for fix in sorted(fixes, key=lambda fix: sorted(fix.edits)):
        spans = sorted(edit.span for edit in fix.edits)
        if not any(_clashes(span, taken) for span in spans):
            chosen.append(fix)
            for span in spans:
                insort(taken, span)
    return chosen


def _clashes(span: Span, taken: list[Span]) -> bool:
    # Two insertions at one place clash as well: their order is not known.
    at = bisect_left(taken, Span(span.start, span.start))
    after = at < len(taken) and (taken[at].start < span.end or taken[at].start == span.start)
    return after or (at > 0 and taken[at - 1].end > span.start)


def applied_in(text: str, span: Span, edits: Iterable[Edit]) -> str:
    """The part of *text* in *span*, with the *edits*, all of which lie in it, applied."""
    within = (Edit(each.span.moved(-span.start), each.text) for each in edits)
    return edited(text[span.start : span.end], within)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """*text* with all edits of *fixes*, which must not overlap (see :func:`select`)."""
    return edited(text, (edit for fix in fixes for edit in fix.edits))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """*text* with *edits*, which must not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join([*pieces, text[at:]])
