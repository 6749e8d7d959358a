"""Parts of a document that can be parsed alone, as they are in it.

A part begins and ends where a block begins that is not indented, below a blank line and in no other
block. How the lines above such a place are read does not depend on those below it, nor the other
way round; but for definitions, which a part is given, and for lists next to each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Sequence

from notelint.markdown.document import Document
from notelint.text.edits import Edit, Fix, apply
from notelint.text.late import late
from notelint.text.named import NamedTuple
from notelint.text.source import Source
from notelint.text.span import Span

_ITEM = late(r"[-+*]|\d{1,9}[.)]")
_UNINDENTED = late(r"(?:[ \t]*[\r\n])*[^ \t\r\n]")
_BELOW = "x\n"  # a paragraph that shows that all above it has come to an end


class Part(NamedTuple):
    """Lines of a document, from ``first`` on, and what is around them."""

    span: Span
    first: int
    below_list: bool
    next_line: str


class Parts:
    """The parts of *doc* that edits are in."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._firsts = [each.lines[0] for each in doc.blocks]
        self._alone: dict[Part, Document | None] = {}
        # an edit below may make front matter of what is on top
        self._whole = doc.source.text.startswith("---") and doc.front_matter is None

    def around(self, edits: Sequence[Edit]) -> Part | None:
        """The least part with all that *edits* touch; None where that is as good as the whole."""
        lines, total = self._doc.lines, len(self._doc.lines)
        first = lines.position(min(edit.span.start for edit in edits)).line
        last = lines.position(max(edit.span.end for edit in edits)).line
        while not self._begins(first):
            first = (self._around(first) or (first - 1, 0))[0]
        last += 1
        while last <= total and not self._begins(last):
            last = (self._around(last) or (0, last))[1] + 1
        span = lines.line_span(first, min(last - 1, total))
        if self._whole or 2 * (span.end - span.start) > len(lines.text):
            return None
        at = bisect_left(self._firsts, first)
        below_list = at > 0 and self._doc.blocks[at - 1].is_list
        return Part(span, first, below_list, lines.line(last) if last <= total else "")

    def _begins(self, line: int) -> bool:
        """Whether a part may begin with *line*."""
        if line == 1:
            return True
        lines = self._doc.lines
        if lines.line(line)[:1] in ("", " ", "\t") or lines.line(line - 1).strip(" \t"):
            return False
        return self._around(line) is None

    def _around(self, line: int) -> tuple[int, int] | None:
        """The lines of the block in which *line* is, and that it does not begin."""
        at = bisect_left(self._firsts, line)
        if at and self._doc.blocks[at - 1].lines[1] >= line:
            return self._doc.blocks[at - 1].lines
        return None

    def before(self, part: Part) -> Document | None:
        """*part* as a document of its own; None where it would be read otherwise."""
        if part not in self._alone:
            self._alone[part] = self._parsed(part, self._doc.slice(part.span))
        return self._alone[part]

    def after(self, part: Part, edits: Sequence[Edit]) -> Document | None:
        """The same with *edits*."""
        start = part.span.start
        shifted = (Edit(Span(*(at - start for at in each.span)), each.text) for each in edits)
        return self._parsed(part, apply(self._doc.slice(part.span), [Fix("", tuple(shifted))]))

    def _parsed(self, part: Part, text: str) -> Document | None:
        begins = _UNINDENTED.match(text)
        if begins is None or "[^" in text:  # footnotes are counted through all the document
            return None
        if part.first == 1 and text.startswith("-"):  # front matter, maybe
            return None
        if part.below_list and _ITEM.match(text, begins.end() - 1):
            return None
        whole = "\n" + text  # so that no front matter is seen
        if part.next_line:
            if not _ends_blank(text):
                return None
            whole += _BELOW
        doc = Document(Source(whole), references=ChainMap({}, self._doc.references))
        return doc if _is_closed(doc, part) and not doc.definitions else None


def _ends_blank(text: str) -> bool:
    above = text.removesuffix("\n").removesuffix("\r")
    last = max(above.rfind("\n"), above.rfind("\r")) + 1
    return above != text and not above[last:].strip(" \t")


def _is_closed(doc: Document, part: Part) -> bool:
    """Whether what comes below *part*, parsed alone as *doc*, is no part of its last block."""
    if not part.next_line:
        return True
    *above, last = doc.blocks
    if last.lines != (len(doc.lines), len(doc.lines)) or last.is_list:
        return False
    return not (above and above[-1].is_list and _ITEM.match(part.next_line))
