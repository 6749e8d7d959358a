"""Spans in which nothing is judged: code, formulas, comments and front matter."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.document import Document
from notelint.text.covered import Covered
from notelint.text.source import Span


def unjudged(doc: Document) -> Covered:
    """The offsets of *doc* that lie in code, a formula, a comment or front matter."""
    front_matter = [doc.lines.line_span(*doc.front_matter)] if doc.front_matter else []
    return Covered([*front_matter, *doc.formulas, *_code(doc)])


def in_code(doc: Document) -> Covered:
    """The offsets of *doc* that lie in code or a comment."""
    return Covered(_code(doc))


def _code(doc: Document) -> Iterator[Span]:
    for code in doc.codes:
        yield doc.lines.line_span(*code.lines)
    for comment in doc.comments:
        yield comment.span
    for node in doc.nodes:
        if node.kind == "code":
            yield node.span
    yield from _verbatim(doc)


def _verbatim(doc: Document) -> Iterator[Span]:
    """The spans between ``<code>`` and ``<pre>`` tags, as far as these pair up."""
    opened: dict[str, int] = {}
    for tag in doc.tags:
        if tag.name in ("code", "pre"):
            if not tag.closing:
                opened.setdefault(tag.name, tag.span.start)
            elif tag.name in opened:
                yield Span(opened.pop(tag.name), tag.span.end)
