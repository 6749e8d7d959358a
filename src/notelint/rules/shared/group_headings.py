"""Headings that group the sections after them, though these have the same level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from notelint.markdown.elements import Heading
from notelint.text.startup import NamedTuple, lazy_regex

_MOST = 50  # sections that a group may have
_NUMBER = lazy_regex(
    r"[\W_]*(?:(?:step|part|phase|stage)\s+)?(?:第\s*)?"
    r"(?:(\d{1,3}(?:\.\d{1,3}){0,5})|([一二三四五六七八九十])|([A-Za-z]))"
    r"(?:[.．)）、\]】]|[:：](?!\d)|[章节節步部]|(?<=\d)(?=\s)|(?<=\d)$)",
    re.IGNORECASE,
)
_CHINESE = "一二三四五六七八九十"
# What promises several things, in the names of few sections that have a text of their own.
_SEVERAL = lazy_regex(
    r"(?:\b(?:approaches|categories|conventions|kinds|options|parts|reasons|solutions|strategies"
    r"|techniques|types|variants)|分类|分類|类型|類型|种类|種類|解决方案|유형|종류|해결책)\W*$",
    re.IGNORECASE,
)
# Sections that hold a text, or a list, of their own wherever they are found.
_ALONE = lazy_regex(
    r"\W*(?:(?:table of )?contents|toc|index|introduction|intro|abstract|summary|overview|preface"
    r"|background|motivation|目录|目錄|目次|차례|목차|前言|引言|摘要|简介|簡介|介绍|介紹|概述|序"
    r"|はじめに|소개|개요)\W*$",
    re.IGNORECASE,
)
_WORD = lazy_regex(r"\w+")
_NO_WORDS = frozenset({"the", "a", "an", "in", "on", "of", "to", "for", "and", "how", "what"})
_CJK = lazy_regex(r"[\u3040-\u30ff\u4e00-\u9fff]")


class _Number(NamedTuple):
    style: str
    value: tuple[int, ...]


class Groups:
    """The headings of a document that are outside containers and in Markdown."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._headings = [each for each in headings if not each.nested and not each.html]
        self._at = {each.span.start: at for at, each in enumerate(self._headings)}

    @cached_property
    def _times(self) -> Counter[tuple[int, str]]:
        return Counter((each.level, each.text.strip()) for each in self._headings)

    def heads(self, heading: Heading) -> bool:
        """Whether *heading*, which is directly before another of its level, is that of a group."""
        siblings = list(islice(self._siblings(heading), _MOST))
        if not siblings or _ALONE.match(_plain(heading)) or _follows(heading, siblings[0]):
            return False
        return (
            _counts_on(heading, siblings)
            or _names_alike(heading, siblings)
            or _SEVERAL.search(heading.text) is not None
            or self._recurs(heading, siblings[0])
        )

    def _siblings(self, heading: Heading) -> Iterator[Heading]:
        """The sections after that of *heading* on its level, if the first comes at once."""
        at = self._at[heading.span.start] + 1
        if at < len(self._headings) and self._headings[at].level == heading.level:
            for each in self._headings[at : at + 4 * _MOST]:
                if each.level < heading.level:
                    return
                if each.level == heading.level:
                    yield each

    def _recurs(self, heading: Heading, first: Heading) -> bool:
        """Whether *first* is a label, as of a part that every group has."""
        times = self._times[heading.level, heading.text.strip()]
        return times == 1 < self._times[first.level, first.text.strip()]


def _counts_on(heading: Heading, siblings: Sequence[Heading]) -> bool:
    """Whether the next section begins a numbering of its own, or is left out of one."""
    own, first = _number(heading), _number(siblings[0])
    if first is None:
        return own is not None and any(_number(each) == _next(own) for each in siblings)
    if own is None or own.style != first.style:
        return first.value[-1] in (0, 1)
    return first.value[:-1] == own.value


def _follows(heading: Heading, first: Heading) -> bool:
    """Whether both are numbered, one after the other."""
    number = _number(heading)
    return number is not None and _number(first) == _next(number)


def _names_alike(heading: Heading, siblings: Sequence[Heading]) -> bool:
    """Whether the next ones begin alike, and otherwise, or the next goes on from *heading*."""
    own, *others = map(_plain, (heading, *siblings[:3]))
    if len(own) > 1 and own != others[0] and own.rstrip("s") in others[0]:
        return True
    if len(others) < 2 or any(map(str.isdigit, own)):
        return False
    if _CJK.match(others[0]):
        return own[:2] != others[0][:2] == others[1][:2]
    # two words of two sections, or one of three
    mine, one, two, *more = (_WORD.findall(each)[:2] for each in (own, *others))
    same = one[:1] == two[:1] != mine[:1] and not _NO_WORDS.intersection(one[:1])
    return same and ((len(one) > 1 and one == two) or any(one[:1] == each[:1] for each in more))


def _plain(heading: Heading) -> str:
    number = _NUMBER.match(heading.text)
    return heading.text[number.end() if number else 0 :].strip().casefold()


def _number(heading: Heading) -> _Number | None:
    match = _NUMBER.match(heading.text)
    if match is None:
        return None
    if match[1]:
        return _Number("1", tuple(map(int, match[1].split("."))))
    if match[2]:
        return _Number("一", (_CHINESE.index(match[2]) + 1,))
    return _Number("a", (ord(match[3].lower()) - ord("a") + 1,))


def _next(number: _Number) -> _Number:
    return _Number(number.style, (*number.value[:-1], number.value[-1] + 1))
