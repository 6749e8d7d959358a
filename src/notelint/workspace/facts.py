"""What other files need to know of a note: small, without its text, fit to be stored."""

from __future__ import annotations

import re
from typing import NamedTuple

from notelint.markdown.document import Document
from notelint.markdown.links import Link, LinkKind
from notelint.text.span import Span


class LinkFact(NamedTuple):
    """A link as the rules across files see it.

    ``entry`` tells that it stands in a list item, ``badge`` that an image is what is clicked.
    ``alone`` covers the lines of the list item when it holds nothing but this link, else None.
    """

    kind: LinkKind
    image: bool
    destination: str
    span: Span
    target: Span
    entry: bool
    badge: bool
    alone: Span | None


class FileFacts(NamedTuple):
    """A note in brief. ``path`` is relative to the root of its workspace, with ``/``."""

    path: str
    lines: int
    anchors: frozenset[str]
    links: tuple[LinkFact, ...]


def facts_of(path: str, doc: Document) -> FileFacts:
    """The facts of the note at *path*."""
    return FileFacts(
        path=path,
        lines=len(doc.lines),
        anchors=doc.anchors,
        links=tuple(_link_fact(doc, link) for link in doc.links),
    )


def _link_fact(doc: Document, link: Link) -> LinkFact:
    return LinkFact(
        kind=link.kind,
        image=link.image,
        destination=link.destination,
        span=link.span,
        target=link.target,
        entry=link.item >= 0,
        badge=link.images > 0,
        alone=_alone(doc, link) if link.item >= 0 else None,
    )


_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?$")


def _alone(doc: Document, link: Link) -> Span | None:
    """The whole lines of the item, when marker and link are all that is on them."""
    first, last = doc.items[link.item].lines
    span, lines = link.span, doc.lines.line_span(first, last)
    if span not in lines:
        return None
    before = doc.source.text[lines.start : span.start]
    after = doc.source.text[span.end : lines.end]
    return lines if _MARKER.match(before) and not after.strip() else None
