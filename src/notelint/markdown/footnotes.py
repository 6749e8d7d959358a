"""Footnotes: their definitions, and references to them.

GitHub compares labels without case, uses the first of several definitions, and shows a reference
without a definition as text (cmark-gfm, ``process_footnotes``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.markdown.definitions import label_key
from notelint.markdown.inline_spans import is_escaped
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.prose import Prose

_REFERENCE = lazy_regex(r"\[\^([^\]\[\s\x00]+)\]")


class FootnoteDefinition(NamedTuple):
    """The definition of a footnote.

    ``key`` is the label as compared, ``span`` covers the marker, from ``[`` to ``:``, and ``label``
    the text in it after the ``^``. ``lines`` are the first and the last line, from 1, without
    trailing blank ones.
    """

    key: str
    span: Span
    label: Span
    lines: tuple[int, int]


class FootnoteReference(NamedTuple):
    """A reference to a footnote; one that is not ``defined`` is text."""

    key: str
    span: Span
    label: Span
    defined: bool


class Footnotes(NamedTuple):
    """The footnotes of a document, in order."""

    definitions: list[FootnoteDefinition]
    references: list[FootnoteReference]


def footnotes(
    marks: Sequence[tuple[str, tuple[int, int]]], prose: Sequence[Prose], index: LineIndex
) -> Footnotes:
    """The footnotes in *prose*; *marks* are the labels and lines of their definitions."""
    definitions = list(_definitions(marks, index))
    keys = {each.key for each in definitions}
    references = [each for one in prose if "[^" in one.content for each in _references(one, keys)]
    return Footnotes(definitions, references)


def _definitions(
    marks: Sequence[tuple[str, tuple[int, int]]], index: LineIndex
) -> Iterator[FootnoteDefinition]:
    text = index.text.replace("\0", "\ufffd")  # as in the labels
    line, at = 0, 0
    for label, lines in marks:
        if lines[0] != line:  # of two on a line, the second is inside the first
            line, at = lines[0], index.line_span(lines[0]).start
        start = text.index(f"[^{label}]:", at)
        at = start + len(label) + 4
        yield FootnoteDefinition(label_key(label), Span(start, at), Span(start + 2, at - 2), lines)


def _references(prose: Prose, keys: set[str]) -> Iterator[FootnoteReference]:
    """The texts in the form of a reference, outside of code, tags, links and escapes."""
    for match in _REFERENCE.finditer(prose.content):
        at = match.span()
        over = [node for node in prose.over(*at) if node.kind != "footnote"]
        if over or is_escaped(prose.content, at[0]):
            continue
        key = label_key(match[1])
        yield FootnoteReference(key, prose.span(*at), prose.span(*match.span(1)), key in keys)
