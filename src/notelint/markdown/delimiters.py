"""Runs of ``*``, ``_`` and ``~``, and how GitHub pairs them: emphasis and strikethrough.

The rules are those of CommonMark, 6.2, and of cmark-gfm, whose extension strikes through text
between two single tildes as well as between two double ones. Punctuation is as in CommonMark 0.29,
which cmark-gfm follows: symbols beyond ASCII do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category

from notelint.markdown.prose import Prose
from notelint.text.startup import NamedTuple, lazy_regex

_RUN = lazy_regex(r"\\[!-/:-@\[-`{-~]|\*+|_+|~+")
_BRACKET = lazy_regex(r"\\.|[\[\]]", re.DOTALL)
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPACE = frozenset("\t\n\x0c\r \xa0\u1680\u202f\u205f\u3000") | frozenset(
    map(chr, range(0x2000, 0x200B))
)

Hole = tuple[int, int]


class Run(NamedTuple):
    """A run of one delimiter; ``opens`` and ``closes`` tell what its neighbors allow."""

    start: int
    end: int
    char: str
    opens: bool
    closes: bool

    @property
    def length(self) -> int:
        """The number of delimiters."""
        return self.end - self.start


class Pair(NamedTuple):
    """Delimiters that enclose text: the offsets of the opening and the closing ones."""

    char: str
    open: int
    close: int
    length: int


class Level(NamedTuple):
    """A text whose delimiters pair only with each other: a block, or the text of a link in it.

    It is ``text[start:end]``; nothing in ``holes``, which are in order, is a delimiter.
    """

    text: str
    start: int
    end: int
    holes: Sequence[Hole]

    def runs(self) -> list[Run]:
        """The runs of delimiters, in text order."""
        found: list[Run] = []
        at = self.start
        for start, end in (*self.holes, (self.end, self.end)):
            if start >= at:
                found += self._runs_in(at, start)
            at = max(at, end)
        return found

    def _runs_in(self, start: int, end: int) -> Iterator[Run]:
        for match in _RUN.finditer(self.text, start, end):
            char = match[0][0]
            if char != "\\":
                yield self._run(char, *match.span())

    def _run(self, char: str, start: int, end: int) -> Run:
        text, before, after = self.text, start, end
        if char != "~":  # tildes beside the run are skipped
            while before and text[before - 1] == "~":
                before -= 1
            while text[after : after + 1] == "~":
                after += 1
        last, following = text[before - 1 : before] or "\n", text[after : after + 1] or "\n"
        left, right = _flanks(last, following), _flanks(following, last)
        if char == "_":
            return Run(
                start,
                end,
                char,
                left and (not right or is_punctuation(last)),
                right and (not left or is_punctuation(following)),
            )
        return Run(start, end, char, left, right)


def _flanks(outer: str, inner: str) -> bool:
    """Whether a run between *outer* and *inner* may enclose the text that begins with *inner*."""
    return inner not in _SPACE and (
        not is_punctuation(inner) or outer in _SPACE or is_punctuation(outer)
    )


def is_punctuation(char: str) -> bool:
    """Whether GitHub treats *char* as punctuation."""
    return char in _ASCII_PUNCTUATION or (char > "\x7f" and category(char)[0] == "P")


def is_space(char: str) -> bool:
    """Whether GitHub treats *char* as whitespace beside a delimiter."""
    return char in _SPACE


def levels(prose: Prose) -> Iterator[Level]:
    """The levels of *prose*: the block, and the text of each link in it."""
    yield Level(prose.content, 0, len(prose.content), outermost(each.at for each in prose.nodes))
    for number, node in enumerate(prose.nodes):
        if node.kind in ("inline", "reference"):
            start, end = node.at
            inside = []
            for each in prose.nodes[number + 1 :]:
                if each.at[0] >= end:
                    break
                inside.append(each.at)
            holes = outermost(inside)
            stop = text_end(prose.content, start + 1, end, holes)
            yield Level(prose.content, start + 1, stop, [each for each in holes if each[1] <= stop])


def outermost(spans: Iterable[Hole]) -> list[Hole]:
    """Those of the sorted *spans* that are not inside another."""
    found: list[Hole] = []
    for start, end in spans:
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found


def text_end(text: str, start: int, end: int, holes: Sequence[Hole]) -> int:
    """The end of the link text that begins at *start*: the `]` of its `[`."""
    depth, at = 0, start
    for begin, stop in (*holes, (end, end)):
        for match in _BRACKET.finditer(text, at, max(begin, at)):
            if match[0] == "[":
                depth += 1
            elif match[0] == "]":
                if depth == 0:
                    return match.start()
                depth -= 1
        at = max(at, stop)
    return start


def pairs(runs: Sequence[Run]) -> list[Pair]:
    """The pairs that GitHub makes of *runs* of one level, in order of the closing delimiters."""
    return _Stack(runs).pairs()


class _Stack:
    """The stack of delimiters (CommonMark, appendix A)."""

    def __init__(self, runs: Sequence[Run]) -> None:
        # a run of three tildes or more is text
        self._runs = [each for each in runs if _counts(each)]
        size = len(self._runs)
        self._before = list(range(-1, size - 1))
        self._after = list(range(1, size + 1))
        self._first = [each.start for each in self._runs]  # what is left of each run
        self._left = [each.length for each in self._runs]
        # by kind of closer, the last run before which there is no opener for it
        self._bottom: dict[tuple[int, str], int] = {}

    def pairs(self) -> list[Pair]:
        found: list[Pair] = []
        closer = 0
        while closer < len(self._runs):
            run = self._runs[closer]
            if not run.closes:
                closer = self._after[closer]
                continue
            opener = self._opener(closer)
            if opener < 0:
                self._bottom[run.length % 3, run.char] = closer
                following = self._after[closer]
                if not run.opens:
                    self._remove(closer)
                closer = following
            elif run.char == "~":
                closer = self._strike(opener, closer, found)
            else:
                closer = self._emphasise(opener, closer, found)
        return found

    def _opener(self, closer: int) -> int:
        """The run that *closer* may close, or -1."""
        run = self._runs[closer]
        bottom = self._bottom.get((run.length % 3, run.char), 0)
        at = self._before[closer]
        while at >= bottom:
            other = self._runs[at]
            if (
                other.opens
                and other.char == run.char
                and (
                    not (run.opens or other.closes)
                    or run.length % 3 == 0
                    or (run.length + other.length) % 3
                )
            ):
                return at
            at = self._before[at]
        return -1

    def _strike(self, opener: int, closer: int, found: list[Pair]) -> int:
        following = self._after[closer]
        length = self._left[closer]
        if self._left[opener] == length:
            found.append(Pair("~", self._first[opener], self._first[closer], length))
        # runs of different lengths strike nothing through, but are used up
        self._remove_between(opener, closer)
        self._remove(opener)
        self._remove(closer)
        return following

    def _emphasise(self, opener: int, closer: int, found: list[Pair]) -> int:
        self._remove_between(opener, closer)
        length = 2 if self._left[opener] >= 2 and self._left[closer] >= 2 else 1
        self._left[opener] -= length
        self._left[closer] -= length
        start = self._first[opener] + self._left[opener]
        found.append(Pair(self._runs[opener].char, start, self._first[closer], length))
        self._first[closer] += length
        if not self._left[opener]:
            self._remove(opener)
        if self._left[closer]:
            return closer
        following = self._after[closer]
        self._remove(closer)
        return following

    def _remove(self, at: int) -> None:
        before, after = self._before[at], self._after[at]
        if before >= 0:
            self._after[before] = after
        if after < len(self._runs):
            self._before[after] = before

    def _remove_between(self, opener: int, closer: int) -> None:
        self._after[opener], self._before[closer] = closer, opener


def _counts(run: Run) -> bool:
    return run.char != "~" or (run.length <= 2 and (run.opens or run.closes))
