"""HTML blocks parsed alone, without the indent of the list that they are in.

What stands above an HTML block, and around the list, has no say in how its lines are read while its
first line and the indent stay; what stands below is read as before if a blank line and no deeper
indent comes between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.markdown.document import Document
from notelint.markdown.stretch import ITEM
from notelint.text.edits import Edit, applied_in
from notelint.text.source import LINE_END, Source
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.elements import HtmlBlock

_OPEN_ENDED = lazy_regex(r"<[!?]|<(?:script|pre|style|textarea)\b", re.IGNORECASE)
_MOST = 10_000  # characters


def alone(text: str) -> Document:
    """*text* as a document of its own. A rule asks, and then the gate."""
    return _kept(text) if len(text) <= _MOST else _parsed(text)


def _parsed(text: str) -> Document:
    return Document(Source(text), references={})


_kept = lru_cache(32)(_parsed)


class HtmlAlone:
    """The HTML blocks of *doc* that edits are in."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    def with_edits(self, edits: Sequence[Edit]) -> tuple[Document, Document] | None:
        """The block that *edits* are in, without and with them; None where that says too little."""
        block = self._around(edits)
        if block is None:
            return None
        text, span = self._doc.source.text, self._doc.lines.line_span(*block.lines)
        prefix = text[span.start : block.source.span(0, 1).start]
        before = _outdented(self._doc.slice(span), prefix)
        after = _outdented(applied_in(text, span, edits), prefix)
        if (
            before is None
            or after is None
            or before.rstrip("\n") != block.source.content.rstrip("\n")
            or before.partition("\n")[0] != after.partition("\n")[0]
            or not self._is_plain(after)
        ):
            return None
        old, new = alone(before), alone(after)
        same = len(old.html_blocks) == len(old.blocks) == 1
        return (old, new) if same and self._ends(new, block.lines[1], len(prefix)) else None

    def _around(self, edits: Sequence[Edit]) -> HtmlBlock | None:
        """The HTML block with all *edits*, below which there is a blank line or nothing."""
        lines, total = self._doc.lines, len(self._doc.lines)
        start = lines.position(min(edit.span.start for edit in edits)).line
        at = bisect_right(self._doc.html_blocks, start, key=_first) - 1
        if at < 0:
            return None
        block = self._doc.html_blocks[at]
        last = block.lines[1]
        end = max(edit.span.end for edit in edits)
        if end > lines.line_span(last).end or (last < total and lines.line(last + 1).strip(" \t")):
            return None
        return block

    def _is_plain(self, text: str) -> bool:
        """Whether how *text* is read depends on nothing that is not in it."""
        referring = "[" in text and bool(self._doc.references)
        return not referring and "[^" not in text and not _OPEN_ENDED.search(text)

    def _ends(self, after: Document, last: int, indent: int) -> bool:
        """Whether what comes below line *last* is no part of what *after* ends with."""
        if after.definitions or not all(each.closed for each in after.codes):
            return False
        lines = self._doc.lines
        for number in range(last + 1, len(lines) + 1):
            line = lines.line(number)
            if text := line.lstrip(" \t"):
                blanks = line[: len(line) - len(text)]
                joins = after.blocks[-1][2] and ITEM.match(text)
                return len(blanks) <= indent and "\t" not in blanks and not joins
        return True


def _first(block: HtmlBlock) -> int:
    return block.lines[0]


def _outdented(text: str, prefix: str) -> str | None:
    """*text* without the indent that all its lines have below *prefix*; None if one has not."""
    first, *lines = LINE_END.sub("\n", text.removeprefix(prefix)).split("\n")
    indent = " " * len(prefix)
    if "\t" in prefix or ">" in prefix:
        return None
    if any(each.strip(" \t") and not each.startswith(indent) for each in lines):
        return None
    return "\n".join([first, *(each[len(prefix) :] for each in lines)])
