"""Passages: parts of a document that can be parsed alone with the same result.

A passage begins and ends at a top-level block that is not indented and below a blank line. Lines
above such a place are parsed independently of those below it, and the other way round, except for
definitions, which a passage gets from the document, and for lists next to each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Sequence

from notelint.markdown.document import Document
from notelint.markdown.front_matter import MARKS
from notelint.text.edits import Edit, applied_in
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple, lazy_regex

ITEM = lazy_regex(r"[-+*]|\d{1,9}[.)]")
_BEGINS = lazy_regex(r"(?:\n|\r(?!\n))[ \t]*(?:\r\n?|\n)(?=[^ \t\r\n])")
_UNINDENTED = lazy_regex(r"(?:[ \t]*[\r\n])*[^ \t\r\n]")
_MAX_BLOCKS = 20  # with blank lines, one right below the other, that are tried
_BELOW = "x\n"  # a paragraph to check that all blocks above it have ended


class Passage(NamedTuple):
    """The place of a passage. ``after_list``: the block above is a list. ``next_line`` is below."""

    span: Span
    after_list: bool
    next_line: str


class Passages:
    """The passages of *doc*, found around edits."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._alone: dict[Passage, Document | None] = {}
        text = doc.source.text
        self._cuts = [match.end() for match in _BEGINS.finditer(text)]
        if text.startswith(MARKS) and doc.front_matter is None:
            self._cuts = []  # the top may become front matter
        elif text[:1] not in ("", " ", "\t", "\r", "\n", "-", "+", "{"):
            self._cuts.insert(0, 0)

    def around(self, edits: Sequence[Edit]) -> Passage | None:
        """The smallest passage around *edits*; None if it is more than half of the document."""
        text, lines, blocks = self._doc.source.text, self._doc.lines, self._doc.blocks
        start = self._start(min(edit.span.start for edit in edits))
        end = self._end(max(edit.span.end for edit in edits))
        if start is None or end is None or 2 * (end - start) > len(text):
            return None
        at = bisect_left(blocks, (lines.position(start).line,)) - 1
        below = lines.line(lines.position(end).line) if end < len(text) else ""
        return Passage(Span(start, end), at >= 0 and blocks[at][2], below)

    def _start(self, offset: int) -> int | None:
        """The last place at or above *offset* where a passage may begin or end."""
        for _ in range(_MAX_BLOCKS):
            at = bisect_right(self._cuts, offset) - 1
            if at < 0:
                return None
            offset = self._cuts[at]
            around = self._around(offset)
            if around is None:
                return offset
            offset = self._doc.lines.line_span(around[0]).start
        return None

    def _end(self, offset: int) -> int | None:
        """The first such place below *offset*, or the end of the text."""
        for _ in range(_MAX_BLOCKS):
            at = bisect_right(self._cuts, offset)
            if at == len(self._cuts):
                return len(self._doc.source.text)
            offset = self._cuts[at]
            around = self._around(offset)
            if around is None:
                return offset
            offset = self._doc.lines.line_span(around[1]).end - 1
        return None

    def _around(self, offset: int) -> tuple[int, int] | None:
        """The first and last line of the block that has the line at *offset* inside it, if any."""
        line, blocks = self._doc.lines.position(offset).line, self._doc.blocks
        at = bisect_left(blocks, (line,)) - 1
        return blocks[at][:2] if at >= 0 and blocks[at][1] >= line else None

    def before(self, passage: Passage) -> Document | None:
        """*passage* as a separate document; None if it would be parsed differently."""
        if passage not in self._alone:
            self._alone[passage] = self._parsed(passage, self._doc.slice(passage.span))
        return self._alone[passage]

    def after(self, passage: Passage, edits: Sequence[Edit]) -> Document | None:
        """The same after *edits*."""
        return self._parsed(passage, applied_in(self._doc.source.text, passage.span, edits))

    def _parsed(self, passage: Passage, text: str) -> Document | None:
        begins = _UNINDENTED.match(text)
        if begins is None and (text.strip() or passage.next_line):
            return None  # unless it is blank and at the end of the note
        if "[^" in text:  # footnotes are numbered throughout the document
            return None
        if passage.span.start == 0 and text.startswith(("-", "+", "{")):  # perhaps front matter
            return None
        if begins and passage.after_list and ITEM.match(text, begins.end() - 1):
            return None
        if passage.next_line and not _ends_blank(text):
            return None
        if passage.next_line:
            text += _BELOW
        # the line end before it keeps it from being front matter
        doc = Document(Source(f"\n{text}"), references=ChainMap({}, self._doc.references))
        return doc if _is_closed(doc, passage) and not doc.definitions else None


def _ends_blank(text: str) -> bool:
    above = text.removesuffix("\n").removesuffix("\r")
    last = max(above.rfind("\n"), above.rfind("\r")) + 1
    return above != text and not above[last:].strip(" \t")


def _is_closed(doc: Document, passage: Passage) -> bool:
    """Whether the text below *passage*, parsed as *doc*, is not part of its last block."""
    if not passage.next_line:
        return True
    *above, last = doc.blocks
    if last != (len(doc.lines), len(doc.lines), False):
        return False
    return not (above and above[-1][2] and ITEM.match(passage.next_line))
