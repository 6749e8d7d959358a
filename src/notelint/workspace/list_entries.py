"""The links that list entries are about, not merely mention."""

from __future__ import annotations

import re

from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_MARKERS = lazy_regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_EMPHASIS = "*_~\"' \t"
_WORDS = lazy_regex(rf"[^{_EMPHASIS}]")
# What may follow the link that an entry is about: other links, and punctuation.
_BEHIND = lazy_regex(
    r"\[+[^\]\[]*\]+\([^()]*\)\]?|<[^<>]*>|https?://\S+"
    rf"|[{_EMPHASIS}\]）)。.,，;；|\r\n\\]+"
)
_BLANK = lazy_regex(r"\s*\Z")
# Pages where work is discussed: in a change log many entries refer to one of them.
_DISCUSSION = lazy_regex(r"/(?:commits?|pulls?|issues|merge_requests|discussions)/")
# A person, or the number of a request, issue or commit: credits and references.
_CREDIT = lazy_regex(r"@\S.*|[\w./-]*[#!]\d+|(?=.*\d)[0-9a-f]{7,40}")
_PERSON = lazy_regex(r"https?://github\.com/([\w-]+)/?", re.IGNORECASE)


class Entries:
    """The list entries of *doc*."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._begins: dict[int, int] = {}  # line -> offset of the first word of its item
        self._ends: dict[int, bool] = {}  # offset -> whether only links and punctuation follow

    def is_about(self, link: Link) -> bool:
        """Whether *link* is what its list item is about.

        The item begins with the link, or ends with it as a label, not as part of a sentence:
        ``Title [paper](…)``, ``Title: https://…``.
        """
        doc = self._doc
        if link.item < 0 or link.kind == "definition":
            return False
        if _CREDIT.fullmatch(link.text):
            return False
        number = doc.items[link.item].lines[0]
        line = doc.lines.line_span(number)
        if not line.covers(link.span):
            return False
        if self._begin(number, line) >= link.span.start:
            return True
        if not self._ends_behind(link.span.end, line.end) or _DISCUSSION.search(link.destination):
            return False
        person = _PERSON.fullmatch(link.destination)
        if person and person[1] == link.text:
            return False
        if link.kind in ("bare", "autolink") or self._is_label(link, line):
            return True
        return len(link.text.split()) == 1 and "`" not in doc.slice(link.span)

    def _begin(self, number: int, line: Span) -> int:
        if number not in self._begins:
            text = self._doc.source.text
            marker = _MARKERS.match(text, *line)
            found = _WORDS.search(text, marker.end() if marker else line.start, line.end)
            self._begins[number] = found.start() if found else line.end
        return self._begins[number]

    def _ends_behind(self, at: int, end: int) -> bool:
        passed: list[int] = []
        while at < end and at not in self._ends:
            passed.append(at)
            token = _BEHIND.match(self._doc.source.text, at, end)
            at = token.end() if token else -1
            if token is None:
                break
        ends = at >= end or self._ends.get(at, False)
        self._ends.update(dict.fromkeys(passed, ends))
        return ends

    def _is_label(self, link: Link, line: Span) -> bool:
        text, at = self._doc.source.text, link.span.start
        while at > line.start and text[at - 1] in _EMPHASIS:
            at -= 1
        return at > line.start and text[at - 1] in _OPENING

    def alone(self, link: Link) -> Span | None:
        """The span of the lines of the item of *link*, if it holds nothing else; else None."""
        doc = self._doc
        lines = doc.lines.line_span(*doc.items[link.item].lines)
        text, (start, end) = doc.source.text, link.span
        if not lines.covers(link.span) or _BLANK.match(text, end, lines.end) is None:
            return None
        marker = _MARKERS.match(text, lines.start, start)
        return lines if (marker.end() if marker else lines.start) == start else None


_OPENING = frozenset(":：-–—|[(（,，、/")
