"""The plain text of a block, for rules on markup that did not take effect."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left

from notelint.markdown.inline import Node
from notelint.markdown.stitch import Stitched
from notelint.text.span import Span
from notelint.text.startup import lazy_regex

MASK = "\0"
"""What stands for a character that is no plain text; the parser lets no NUL into a content."""

CONTAINERS = lazy_regex(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
"""What of a line may stand before a block: indents, and the marks of quotes and lists."""

_ESCAPE = lazy_regex(r"\\[!-/:-@\[-`{-~]")
# Between these tags text is shown as it is written.
_VERBATIM = lazy_regex(r"<(code|kbd|samp|pre|tt|var|math|svg)\b[^>]*>", re.IGNORECASE)
# Templates, and maths as GitHub finds it: no blank inside the dollars, no digit behind them.
_FOREIGN = lazy_regex(
    r"""\{\{.{0,300}?\}\} | \{%.{0,300}?%\} | \$\{[^}\n]{0,300}\} | \$\$.{1,3000}?\$\$
      | (?<![\w$])\$(?![\s$])[^$]*(?<![\s$])\$(?![\d$])
    """,
    re.DOTALL | re.VERBOSE,
)


class Prose:
    """The inline content of a paragraph, a heading or a table cell.

    ``content`` is without the prefixes of containers, ``nodes`` are the constructs in it, and
    ``item`` is the innermost list item around it, as an index into ``Document.items``, else -1.
    """

    __slots__ = ("_masked", "_outer", "heading", "item", "nodes", "source")

    def __init__(self, source: Stitched, nodes: list[Node], item: int, *, heading: bool) -> None:
        self.source = source
        self.nodes = nodes
        self.item = item
        self.heading = heading
        self._masked: str | None = None
        self._outer: list[Node] | None = None

    @property
    def content(self) -> str:
        """All of the block's inline content, as it is written."""
        return self.source.content

    @property
    def masked(self) -> str:
        """The content with :data:`MASK` for every character that is no plain text.

        Constructs (links, images, code, tags, footnote marks) are masked whole, and so are
        escapes, what ``<code>`` and the like enclose, maths and template placeholders. Offsets
        are those of ``content``, lines end with ``\\n``.
        """
        if self._masked is None:
            self._masked = self._mask()
        return self._masked

    def span(self, start: int, end: int) -> Span:
        """Where ``content[start:end]`` is on disk."""
        return self.source.span(start, end)

    def over(self, start: int, end: int) -> list[Node]:
        """The constructs, but for those inside others, that share a character with a range."""
        if self._outer is None:
            self._outer, at = [], 0
            for node in self.nodes:
                if node.at[1] > at:
                    self._outer.append(node)
                    at = node.at[1]
        first = bisect(self._outer, start, key=lambda node: node.at[1])
        stop = bisect_left(self._outer, end, key=lambda node: node.at[0])
        return self._outer[first:stop]

    def _mask(self) -> str:
        text = self._without_constructs() if self.nodes else self.content
        if "\\" in text:
            text = _ESCAPE.sub(_hidden, text)
        return _FOREIGN.sub(_hidden, text) if "$" in text or "{" in text else text

    def _without_constructs(self) -> str:
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


def _hidden(match: re.Match[str]) -> str:
    return MASK * len(match[0])
