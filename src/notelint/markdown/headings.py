"""Headings: Markdown's and HTML's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notelint.markdown.html import visible
from notelint.markdown.inline import Node
from notelint.markdown.stitch import Stitched
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_HTML_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
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
    for match in _HTML_HEADING.finditer(source.content):
        yield int(match[1]), visible(match[2]), match[2], source.span(*match.span(2))
