"""Which links are what a list entry is about, and not merely mentioned in it."""

from __future__ import annotations

import re

from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.text.late import late
from notelint.text.span import Span

_MARKERS = late(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_OTHER_LINKS = late(r"\[+[^\]\[]*\]+\([^()]*\)\]?|<[^<>]*>|https?://\S+")
_EMPHASIS = "*_~\"' \t"
# Where work was discussed or done: in a change log many entries refer to one of them.
_DISCUSSION = late(r"/(?:commits?|pulls?|issues|merge_requests|discussions)/")
# Who did something, and a request, an issue or a commit by its number: thanks and references.
_CREDIT = late(r"@\S.*|[\w./-]*[#!]\d+|(?=.*\d)[0-9a-f]{7,40}")
_PERSON = late(r"https?://github\.com/([\w-]+)/?", re.IGNORECASE)


def is_entry(doc: Document, link: Link) -> bool:
    """Whether *link* is what its list item is about.

    That is when the item begins with it, or ends with it as a label: ``Title [paper](…)``,
    ``Title: https://…``, and not as a part of a sentence.
    """
    if link.item < 0 or link.kind == "definition":
        return False
    if _CREDIT.fullmatch(link.text):
        return False
    line = doc.lines.line_span(doc.items[link.item].lines[0])
    if not line.covers(link.span):
        return False
    before = doc.source.text[line.start : link.span.start]
    before = before[_marker_end(before) :]
    if not before.strip(_EMPHASIS):
        return True
    after = _OTHER_LINKS.sub("", doc.source.text[link.span.end : line.end])
    if after.strip(_EMPHASIS + "]）)。.,，;；|\r\n\\") or _DISCUSSION.search(link.destination):
        return False
    person = _PERSON.fullmatch(link.destination)
    if person and person[1] == link.text:
        return False
    if link.kind in ("bare", "autolink") or before.rstrip(_EMPHASIS).endswith(_OPENING):
        return True
    return len(link.text.split()) == 1 and "`" not in doc.slice(link.span)


_OPENING = tuple(":：-–—|[(（,，、/")


def alone(doc: Document, link: Link) -> Span | None:
    """The lines of the item that holds nothing but *link*, from margin to line end."""
    first, last = doc.items[link.item].lines
    lines = doc.lines.line_span(first, last)
    if not lines.covers(link.span):
        return None
    before = doc.source.text[lines.start : link.span.start]
    after = doc.source.text[link.span.end : lines.end]
    return lines if _marker_end(before) == len(before) and not after.strip() else None


def _marker_end(text: str) -> int:
    match = _MARKERS.match(text)
    return match.end() if match else 0
