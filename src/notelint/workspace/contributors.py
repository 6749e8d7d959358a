"""The lists of contributors that a bot keeps in a note."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.text.source import Span

# The bot links each contribution to an anchor that does not exist.
_BOT = "<!-- ALL-CONTRIBUTORS-LIST:"


def contributors(doc: Document) -> list[Span]:
    """The spans of the lists that the bot keeps, from comment to comment, in document order."""
    if _BOT not in doc.source.text:
        return []
    found, start = [], None
    for comment in doc.comments:
        name, _, end = comment.text.partition(":")
        if name != "ALL-CONTRIBUTORS-LIST":
            continue
        if end.lstrip().startswith("START"):
            start = comment.span.start
        elif start is not None:
            found.append(Span(start, comment.span.end))
            start = None
    return found


def is_in(spans: Sequence[Span], link: Link) -> bool:
    """Whether *link* lies in one of *spans*, which are in order and do not overlap."""
    at = bisect_right(spans, link.span.start, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].covers(link.span)
