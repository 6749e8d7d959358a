"""HTML comments on lines of their own, such as markers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.html import Comment


def lone_comments(doc: Document) -> Iterator[Comment]:
    """The comments that start at the margin and have nothing after them."""
    text = doc.source.text
    for comment in doc.comments:
        start, end = comment.span
        at_margin = start == 0 or text[start - 1] in "\r\n"
        if comment.closed and at_margin and not text[end : doc.lines.line_around(end).end].strip():
            yield comment
