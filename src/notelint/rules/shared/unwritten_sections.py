"""Empty sections that nobody forgot: not written yet, or with the text of the next heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.text.startup import lazy_regex

# Blocks without anything to read.
_NOTHING = lazy_regex(r"(?:[-*_][ \t]*){3,}|<!-- notelint-.*", re.DOTALL)
# What waits at the end of a note, or of a part of it, for what may come.
_NAME = (
    r"(?:(?:useful|further|additional|related|external|other|more|learning)\s+)?"
    r"(?:others?|misc(?:ellaneous|ellanea)?|etc|resources?|links?|readings?|references?|sources"
    r"|bibliography|see also|related|credits|acknowledge?ments?|appendix|notes?|to ?dos?)"
    r"|(?:其他|其它|相关|相關|延伸|扩展|更多|推荐|学习)?(?:参考|參考)?"
    r"(?:资料|資料|文献|文獻|资源|資源|链接|連結|阅读|閱讀|引用)"
    r"|其他|其它|其余|杂项|雜項|未分类|参考|參考|附录|附錄|致谢"
    r"|その他|参考リンク|関連(?:リンク|資料)|기타|참고\s*(?:자료|문헌|링크|사이트)?"
    r"|другое|разное|прочее|ссылки|источники|литература|см\. также"
)
_RUBRIC = lazy_regex(rf"[\W\d_]*(?:{_NAME})(?:[\W\d_]+(?:{_NAME}))?[\W\d_]*", re.IGNORECASE)


class UnwrittenSections:
    """The sections of *doc*; those in *empty* have no content."""

    def __init__(self, doc: Document, empty: Sequence[Heading]) -> None:
        self._doc = doc
        self._headings = [each for each in doc.headings if not each.nested and not each.html]
        self._at = {each.span.start: at for at, each in enumerate(self._headings)}
        self._empty = {self._at[each.span.start] for each in empty}

    def is_intended(self, heading: Heading) -> bool:
        """Whether the section of *heading* is empty on purpose, or for now."""
        at = self._at[heading.span.start]
        return (
            self._is_stub
            or at in self._in_runs
            or self._shares(at)
            or (self._is_last(at) and _RUBRIC.fullmatch(heading.text) is not None)
        )

    @cached_property
    def _lines(self) -> list[int]:
        """The lines at which something begins that is to be read, and is no heading."""
        doc = self._doc
        first, last = doc.front_matter or (0, 0)
        known = {each.lines[0] for each in self._headings}
        return [
            line
            for line, *_ in doc.blocks
            if line not in known
            and not first <= line <= last
            and not _NOTHING.fullmatch(doc.lines.line(line).strip())
        ]

    @property
    def _is_stub(self) -> bool:
        """Whether the note has headings and nothing else, but for one block above them."""
        first = self._headings[0].lines[0]
        return not self._lines or (len(self._lines) == 1 and self._lines[0] < first)

    @cached_property
    def _in_runs(self) -> set[int]:
        """The sections next to another one of their parent that has nothing in it, either."""
        children, nothing = self._children, set(self._empty)
        for at in reversed(range(len(self._headings))):
            if (below := children[at]) and nothing.issuperset(below) and not self._has_text(at):
                nothing.add(at)
        found: set[int] = set()
        for siblings in children.values():
            for one, next_one in pairwise(siblings):
                if one in nothing and next_one in nothing:
                    found |= {one, next_one}
        for at in range(len(self._headings)):  # and all that is in them
            if at in found:
                found.update(children[at])
        return found

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        """The sections by the one around them, -1 for none."""
        children: dict[int, list[int]] = {at: [] for at in range(-1, len(self._headings))}
        around: list[int] = []
        for at, heading in enumerate(self._headings):
            while around and self._headings[around[-1]].level >= heading.level:
                around.pop()
            children[around[-1] if around else -1].append(at)
            around.append(at)
        return children

    def _has_text(self, at: int) -> bool:
        """Whether something is between the heading and the next one."""
        after = self._headings[at + 1 : at + 2]
        found = bisect_left(self._lines, self._headings[at].lines[1])
        return found < len(self._lines) and not (after and self._lines[found] > after[0].lines[0])

    def _shares(self, at: int) -> bool:
        """Whether the heading has the text of one in the line below, as a translation has."""
        line = self._headings[at].lines[0]
        if line > 1 and self._doc.lines.line(line - 1).strip():
            return False  # in this note, no heading is set apart
        last = at
        while last in self._empty and self._goes_on(last):
            last += 1
        return last not in self._empty

    def _goes_on(self, at: int) -> bool:
        if at + 1 == len(self._headings):
            return False
        this, following = self._headings[at : at + 2]
        return following.lines[0] == this.lines[1] + 1 and following.level <= this.level

    def _is_last(self, at: int) -> bool:
        """Whether the part around the heading, or the note, ends with its section."""
        this, *after = self._headings[at : at + 2]
        return not after or after[0].level < this.level
