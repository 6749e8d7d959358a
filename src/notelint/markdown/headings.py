"""Headings: Markdown's and HTML's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.markdown.html import visible
from notelint.markdown.inline import Node
from notelint.markdown.stitch import Stitched
from notelint.text.span import Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPENING = lazy_regex(r"<h([1-6])\b[^>]*>", re.IGNORECASE)
_CLOSING = lazy_regex(r"</h([1-6])\s*>", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading. ``slug`` is its anchor on GitHub, unique in the document.

    ``text`` is what a reader sees, ``raw`` the inline Markdown (or HTML) as written, ``span``
    covers it; the span of an empty heading covers its marker. ``lines`` are the first and the
    last line, from 1. ``nested`` is True inside a list, a quote or a footnote.
    """

    level: int
    text: str
    raw: str
    span: Span
    lines: tuple[int, int]
    html: bool = False
    nested: bool = False
    nodes: tuple[Node, ...] = ()
    slug: str = ""

    @property
    def has_component(self) -> bool:
        """Whether a site generator puts something of its own into it: `<Badge text="beta" />`."""
        return any(each.kind == "html" and each.written[1:2].isupper() for each in self.nodes)


def rendered(children: list[Token]) -> str:
    """What a reader sees of inline tokens: no markup, no images, no tags; code stays."""
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" " if token.type == "softbreak" else "")
    return "".join(parts)


def html_headings(source: Stitched) -> Iterator[tuple[int, str, str, Span]]:
    """Level, text, inner HTML and span of the ``<h1>`` to ``<h6>`` of one HTML block."""
    if "<h" not in source.content and "<H" not in source.content:
        return
    content = source.content
    closings: dict[str, list[tuple[int, int]]] = {}
    for match in _CLOSING.finditer(content):
        closings.setdefault(match[1], []).append(match.span())
    for spans in closings.values():
        spans.reverse()
    done = 0
    for match in _OPENING.finditer(content, 0, content.rfind(">") + 1):
        if match.start() < done:
            continue
        left = closings.get(match[1], [])
        while left and left[-1][0] < match.end():
            left.pop()  # nor does it close a heading that opens later
        if not left:
            continue
        end, done = left[-1]
        inner = content[match.end() : end]
        yield int(match[1]), visible(inner), inner, source.span(match.end(), end)
