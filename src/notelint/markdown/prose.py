"""The plain text of a block, for rules that look for markup without effect."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left

from notelint.markdown.inline_spans import Node
from notelint.markdown.source_map import MappedText
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

MASK = "\0"
"""Replaces characters that are not plain text. The parser replaces NUL, so none is real."""

WORD = lazy_regex(r"[^\W\d_]{2}|[\u2e80-\uffdc]|\0")
"""Matches letters or an element in :attr:`Prose.masked`, as in the text of a link."""

YEAR_OR_KEY = r".*\b(?:1[89]|20)\d\d[a-z]?$|[A-Z][A-Za-z+]*\d\d[a-z]?$"
"""An expression for a citation in brackets: ``Knuth 1997a``, ``Knu97``."""

CONTAINERS = lazy_regex(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
"""Matches the start of a line before a block: indent, and markers of quotes and lists."""

_ESCAPE = lazy_regex(r"\\[!-/:-@\[-`{-~]")
# Text inside these tags is shown as written.
_VERBATIM = lazy_regex(r"<(code|kbd|samp|pre|tt|var|math|svg)\b[^>]*>", re.IGNORECASE)
_PLACEHOLDER = lazy_regex(r"\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|\$\{[^}\n]{0,300}\}", re.DOTALL)


class Prose:
    """The inline content of a paragraph, a heading or a table cell.

    ``content`` is without container prefixes, ``nodes`` are the inline elements in it, and ``item``
    is the index in ``Document.items`` of the innermost list item around it, or -1.
    """

    __slots__ = ("_masked", "_outer", "content", "heading", "item", "nodes", "source")

    def __init__(self, source: MappedText, nodes: list[Node], item: int, *, heading: bool) -> None:
        self.source = source
        self.content = source.content
        self.nodes = nodes
        self.item = item
        self.heading = heading
        self._masked: str | None = None
        self._outer: list[Node] | None = None

    @property
    def masked(self) -> str:
        """The content with :data:`MASK` in place of every character that is not plain text.

        Inline elements are masked completely, and so are escapes, the text inside ``<code>`` and
        similar tags, and placeholders of templates. Offsets are the same as in ``content``.
        """
        if self._masked is None:
            self._masked = self._mask()
        return self._masked

    def span(self, start: int, end: int) -> Span:
        """The span of ``content[start:end]`` in the text on disk."""
        return self.source.span(start, end)

    def over(self, start: int, end: int) -> list[Node]:
        """The outermost inline elements that overlap ``content[start:end]``."""
        if self._outer is None:
            self._outer, at = [], 0
            for node in self.nodes:
                if node.at[1] > at:
                    self._outer.append(node)
                    at = node.at[1]
        first = bisect(self._outer, start, key=lambda node: node.at[1])
        stop = bisect_left(self._outer, end, key=lambda node: node.at[0])
        return self._outer[first:stop]

    def element_at(self, offset: int) -> Node | None:
        """The outermost inline element that contains ``content[offset]``; None if it is text."""
        return next(iter(self.over(offset, offset + 1)), None)

    def _mask(self) -> str:
        text = self._without_elements() if self.nodes else self.content
        if "\\" in text:
            text = _ESCAPE.sub(_stand_in, text)
        return _PLACEHOLDER.sub(_stand_in, text) if "{" in text else text

    def _without_elements(self) -> str:
        content, at, until = self.content, 0, ""
        pieces: list[str] = []
        for node in self.nodes:
            start, end = node.at
            if end <= at:
                continue  # inside the last one
            pieces += MASK * (start - at) if until else content[at:start], MASK * (end - start)
            at = end
            if node.kind == "html":
                tag = content[start:end].lower()
                if until:
                    until = "" if tag.startswith(until) else until
                elif match := _VERBATIM.match(tag):
                    until = f"</{match[1]}"
        pieces.append(MASK * (len(content) - at) if until else content[at:])
        return "".join(pieces)


def _stand_in(match: re.Match[str]) -> str:
    return MASK * len(match[0])
