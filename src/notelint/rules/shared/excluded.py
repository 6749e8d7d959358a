"""The spans in which nothing is judged: code, formulas, comments and front matter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from notelint.markdown.document import Document
from notelint.text.source import Span


class Covered:
    """The offsets that lie in one of *spans*; asked with ``in``."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]

    def meets(self, span: Span) -> bool:
        """Whether *span* shares a character with one of them."""
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and span.start < self._ends[at]


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
