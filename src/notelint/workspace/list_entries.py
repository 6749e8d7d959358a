"""List entries: the link that each is about, and the title of its page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.text.source import Span
from notelint.text.startup import lazy_regex
from notelint.toc.markers import is_end, is_start
from notelint.workspace.index_block import MARKERS as INDEX_MARKERS
from notelint.workspace.urls import canonical

_MARKERS = lazy_regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]+)?")
_DONE = lazy_regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+\[[xX]\]")
_EMPHASIS = "*_~\"' \t"
_MARKS = "*_~\"'.,;:()[] \t\r\n"
_WORDS = lazy_regex(rf"[^{_EMPHASIS}]")
# Text that may follow the link that an entry is about: other links, and punctuation.
_AFTER = lazy_regex(
    r"\[+[^\]\[]*\]+\([^()]*\)\]?|<[^<>]*>|https?://\S+"
    rf"|[{_EMPHASIS}\]）)。.,，;；|\r\n\\]+"
)
_BLANK = lazy_regex(r"\s*\Z")
# Pages where work is discussed: many entries of a changelog refer to the same one.
_DISCUSSION = lazy_regex(r"/(?:commits?|pulls?|issues|merge_requests|discussions)/")
# Credits and references: a person, or the number of a request, issue, commit or source.
_CREDIT = lazy_regex(r"@\S.*|[\w./-]*[#!]\d+|(?=.*\d)[0-9a-f]{7,40}|[\[\](){}\\\s\d,;.*†‡–-]*")
_PERSON = lazy_regex(r"https?://github\.com/([\w-]+)/?", re.IGNORECASE)
# The page of a person, about whom an entry says something.
_PROFILE = lazy_regex(
    r"https?://(?:www\.)?(?:(?:github|twitter|x)\.com/[\w-]+|[\w.]*linkedin\.com/in/[^/?#]+"
    r"|[^?#]*/(?:@[\w.-]+|(?:team|users?|people|profiles?|authors?)/[^/?#]+))/?",
    re.IGNORECASE,
)
# A request in the documentation of an API, where several methods share an address.
_METHOD = lazy_regex(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[\s`*_:]*\Z")
# The rest of a record of DNS, in which a host is no link.
_RECORD = lazy_regex(
    r"\.?[ \t]+(?:\d+[ \t]+)?(?:IN[ \t]+)?"
    r"(?:A[ \t]+\d|AAAA[ \t]+[\da-fA-F]*:|(?:CNAME|MX|NS|PTR|SOA|SRV|TXT)[ \t]+[\w\"])"
)
_VARIABLE = lazy_regex(r"\$\w")  # a template fills it in
# Words that label a link of an entry; another word may be a name in a sentence.
_LABEL = lazy_regex(
    r"""(?:papers?|pdf|code|slides?|video|blog|post|article|demo|web|website|site|home ?page|page
      |project|github|repo|repository|source|docs?|documentation|book|tutorial|arxiv|abs|html|model
      |dataset|data|link|url|doi|notes?|download|论文|代码|源码|链接|原文|地址|网址|视频|博客|文章
      |官网|主页|文档|项目|教程|下载|링크|논문|코드|문서|リンク|論文|コード|資料|动画|课件)s?""",
    re.IGNORECASE | re.VERBOSE,
)
# Text after a link that continues the sentence that begins with it.
_GOES_ON = lazy_regex(
    r"[*_~]{0,3}(?:[ \t]+(?!(?:by|from|in|via|at|with|for|on)[ \t])[a-z]+[ \t]"
    r"|[ \t]*[是可会在和与为有被的])"
)
# Text before a link that makes it a part of the sentence.
_LEADS_ON = lazy_regex(
    r"\b(?:an?|and|at|by|for|from|in|my|of|on|open|or|our|see|the|this|to|use|via|visit|with|your)"
    r"[\s*_\"'(]*\Z|[在到从于用由和与见的看至][\s*_\"'(]*\Z",
    re.IGNORECASE,
)
# A line above a list that serves as a heading: bold, with a colon at its end, or not a sentence.
_HEADING = lazy_regex(
    r"(?:\*\*|__).*(?:\*\*|__)|.*(?:[:：][*_]*|</summary>)|</?(?:details|summary)\b.*"
    r"|(?:[^<|#*+!-].{0,60})?[^.。!！,，;；>|]",
    re.DOTALL,
)
_MAX_LABEL = 300  # characters before a link that labels an entry
_ABOVE = 6  # lines above a list that are searched for its heading; blank ones are skipped
_ADDRESS = lazy_regex(r"\s*(?:https?://|www\.)[^\s]+\s*", re.IGNORECASE)


class ListEntries:
    """The list entries of *doc*."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._first_words: dict[int, int] = {}  # by line, the offset of the first word of its item
        self._ends: dict[int, bool] = {}  # by offset, whether only links and punctuation follow

    @cached_property
    def _sections(self) -> list[int]:
        """The lines at which sections begin: headings, lists below a line that serves as one."""
        lines = [each.lines[0] for each in self._doc.headings]
        seen = -1
        for item in self._doc.items:
            if item.parent < 0 and item.list > seen:
                seen = item.list
                if self._has_heading(item.lines[0]):
                    lines.append(item.lines[0])
        return sorted(lines)

    def _has_heading(self, first: int) -> bool:
        for above in range(first - 1, max(0, first - 1 - _ABOVE), -1):
            if line := self._doc.lines.line(above).strip(" \t>"):
                return _HEADING.fullmatch(line) is not None and not _MARKERS.match(line)
        return False

    @cached_property
    def _generated(self) -> list[int]:
        """The lines of the markers of generated lists: start, end, start, end …"""
        found: list[int] = []
        for comment in self._doc.comments:
            is_marker = is_end if len(found) % 2 else is_start
            if is_marker(comment.text) or comment.text == INDEX_MARKERS[len(found) % 2]:
                found.append(self._doc.lines.position(comment.span.start).line)
        return found

    def section(self, line: int) -> int:
        """The number of the section that contains *line*."""
        return bisect_right(self._sections, line)

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
        if not line.covers(link.span) or bisect_left(self._generated, number) % 2:
            return False
        if _VARIABLE.search(link.destination) or (
            doc.source.text.startswith("www.", link.span.start)
            and _RECORD.match(doc.source.text, link.span.end)
        ):
            return False
        if self._first_word(number, line) >= link.span.start:
            return not self._continues(link, line.end)
        if link.span.start - line.start > _MAX_LABEL:
            return False  # too long for a title
        lead = doc.source.text[line.start : link.span.start]
        if _METHOD.search(lead) or _LEADS_ON.search(lead):
            return False
        if not self._only_links_follow(link.span.end, line.end) or _DISCUSSION.search(
            link.destination
        ):
            return False
        person = _PERSON.fullmatch(link.destination)
        if person and person[1] == link.text:
            return False
        if self._is_label(link, line):
            return True
        if link.kind in ("bare", "autolink"):
            return not doc.items[link.item].ordered  # it may be a step of instructions
        return _LABEL.fullmatch(link.text) is not None

    def title(self, link: Link, *, entry: bool) -> str:
        """The title that *link* gives to its page; empty for an address.

        In an *entry*, the text before the link is part of it.
        """
        bare = link.kind in ("bare", "autolink") or _is_address_of(link)
        lead = ""
        if entry:
            number = self._doc.items[link.item].lines[0]
            begin = self._first_word(number, self._doc.lines.line_span(number))
            lead = self._doc.source.text[begin : link.span.start]
        return lead if bare else lead + link.text

    def _continues(self, link: Link, end: int) -> bool:
        """Whether a sentence continues after *link*, or says something about a person."""
        text, at = self._doc.source.text, link.span.end
        if _PROFILE.fullmatch(link.destination):
            return bool(text[at:end].strip(_MARKS))
        return _GOES_ON.match(text, at, end) is not None

    def _first_word(self, number: int, line: Span) -> int:
        if number not in self._first_words:
            text = self._doc.source.text
            marker = _MARKERS.match(text, *line)
            found = _WORDS.search(text, marker.end() if marker else line.start, line.end)
            self._first_words[number] = found.start() if found else line.end
        return self._first_words[number]

    def _only_links_follow(self, at: int, end: int) -> bool:
        passed: list[int] = []
        while at < end and at not in self._ends:
            passed.append(at)
            token = _AFTER.match(self._doc.source.text, at, end)
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

    def is_done(self, link: Link) -> bool:
        """Whether the item of *link* is a checked task."""
        line = self._doc.lines.line(self._doc.items[link.item].lines[0])
        return _DONE.match(line) is not None

    def alone(self, link: Link) -> Span | None:
        """The lines of the item of *link* if it holds only that link, else None.

        None also for a numbered item: removing it would change the numbers below it.
        """
        doc = self._doc
        if doc.items[link.item].ordered:
            return None
        lines = doc.lines.line_span(*doc.items[link.item].lines)
        text, (start, end) = doc.source.text, link.span
        if not lines.covers(link.span) or _BLANK.match(text, end, lines.end) is None:
            return None
        marker = _MARKERS.match(text, lines.start, start)
        return lines if (marker.end() if marker else lines.start) == start else None


def _is_address_of(link: Link) -> bool:
    """Whether the text of *link* is the address that it leads to."""
    if not _ADDRESS.fullmatch(link.text):
        return False
    text = link.text.strip()
    written = text if "://" in text else f"https://{text}"
    return canonical(written) == canonical(link.destination)


_OPENING = frozenset(":：-–—|[(（,，、/")
