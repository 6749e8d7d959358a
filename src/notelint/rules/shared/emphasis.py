"""Emphasis as it was meant, and the changes of text after which it is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from notelint.markdown.delimiters import Level, Run, is_punctuation, is_space, pairs
from notelint.text.startup import NamedTuple, lazy_regex

# Letters, punctuation and full-width forms of Chinese, Japanese and Korean.
WIDE_LETTERS = "\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
WIDE = lazy_regex(f"[{WIDE_LETTERS}\u2018-\u201f\u3000-\u303f\ufe30-\uffef]")

Change = tuple[int, int, str]  # the text that replaces a stretch
Two = tuple[int, int]


class Side(NamedTuple):
    """A run with what is beside it, ``outer`` and ``inner``; a line end at the edge.

    ``fits`` tells whether the run can be the beginning, or the end, of emphasis.
    """

    run: Run
    outer: str
    inner: str
    fits: bool

    @property
    def is_blank(self) -> bool:
        """Whether a space inside is at fault."""
        return not self.fits and is_space(self.inner)

    @property
    def is_edge(self) -> bool:
        """Whether outside of it a space is, or punctuation."""
        return is_space(self.outer) or is_punctuation(self.outer)

    @property
    def is_wide(self) -> bool:
        """Whether Chinese, Japanese or Korean is beside it."""
        return any(WIDE.match(each) for each in (self.outer, self.inner))


class Meant(NamedTuple):
    """Emphasis that was meant in the text of *level*, from one of its runs to another.

    ``uses`` are those of all ``runs`` as they are, see :func:`uses_of`.
    """

    level: Level
    runs: Sequence[Run]
    uses: Counter[Two]
    pair: Two
    open: Side
    close: Side

    @property
    def at(self) -> tuple[int, int]:
        """The span, with its markers."""
        return self.open.run.start, self.close.run.end

    @property
    def mark(self) -> str:
        """The marker."""
        return self.level.text[self.open.run.start : self.open.run.end]

    def changes(self) -> list[Change]:
        """The changes by which it should be shown: spaces outside of the markers."""
        return [*self._opening(), *self._closing()]

    def _opening(self) -> list[Change]:
        text, (start, end) = self.level.text, self.open.run[:2]
        if self.open.fits:
            return []
        gap = end
        while is_space(text[gap]):
            gap += 1
        return _outside((start, start), (end, gap), self.open)

    def _closing(self) -> list[Change]:
        text, (start, end) = self.level.text, self.close.run[:2]
        if self.close.fits:
            return []
        gap = start
        while is_space(text[gap - 1]):
            gap -= 1
        return _outside((end, end), (gap, start), self.close)


class Tries:
    """How many characters may still be looked at to try changes: each may need all of a text.

    Only a note made to take long uses them up.
    """

    def __init__(self) -> None:
        self._left = 1_000_000

    def may(self, times: int, text: str) -> bool:
        """Whether *times* changes of *text* may be tried, which then uses up what it takes."""
        needed = times * len(text)
        affordable = needed <= self._left
        self._left -= needed if affordable else 0
        return affordable


def are_shown(group: Sequence[Meant], changes: Sequence[Change]) -> bool:
    """Whether all of *group* is shown with *changes*, and all else that was shown still is."""
    level, runs, uses = group[0][:3]
    after = emphasis_runs(changed(level, sorted(changes)))
    if len(after) != len(runs):
        return False
    uses_after = uses_of(after)
    if uses_after.total() <= uses.total():
        return False  # as many markers stay on the page
    if _strikes(runs, uses) != _strikes(after, uses_after):
        return False
    before, now = matched(runs, uses), matched(after, uses_after)
    own = {at for each in group for at in each.pair}
    return now.issuperset(each.pair for each in group) and all(
        own & {*pair} for pair in before - now
    )


def _outside(at: tuple[int, int], gap: tuple[int, int], side: Side) -> list[Change]:
    removed = [(*gap, "")] if gap[0] < gap[1] else []
    if is_space(side.outer) or (removed and is_punctuation(side.outer)):
        return removed
    return [(*at, " "), *removed]


def changed(level: Level, changes: Sequence[Change]) -> Level:
    """*level* with *changes*, which are in order and in none of its holes."""
    pieces: list[str] = []
    at, starts, shifts = 0, [0], [0]
    for start, end, text in changes:
        pieces += level.text[at:start], text
        at = end
        starts.append(end)
        shifts.append(shifts[-1] + len(text) - (end - start))
    pieces.append(level.text[at:])

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset) - 1]

    holes = [(moved(start), moved(end - 1) + 1) for start, end in level.holes]
    return Level("".join(pieces), level.start, level.end + shifts[-1], holes)


def emphasis_runs(level: Level) -> list[Run]:
    """The runs of *level* that may be about emphasis."""
    return [each for each in level.runs() if each.char != "~" or each.length <= 2]


def uses_of(runs: Sequence[Run]) -> Counter[Two]:
    """How many markers of two of *runs* enclose emphasis, by their indexes."""
    starts = [each.start for each in runs]
    used: Counter[Two] = Counter()
    for each in pairs(runs):
        pair = bisect_right(starts, each.open) - 1, bisect_right(starts, each.close) - 1
        used[pair] += each.length
    return used


def matched(runs: Sequence[Run], uses: Counter[Two]) -> set[Two]:
    """The pairs of *runs* that are emphasis, with nothing left of them."""
    return {
        (opener, closer)
        for (opener, closer), number in uses.items()
        if number == runs[opener].length == runs[closer].length
    }


def _strikes(runs: Sequence[Run], uses: Counter[Two]) -> set[Two]:
    """The pairs of *runs* that strike text through."""
    return {pair for pair in uses if runs[pair[0]].char == "~"}


def left_of(runs: Sequence[Run], uses: Counter[Two]) -> set[int]:
    """The *runs* that stay on the page, as a whole or in part."""
    left = {at: run.length for at, run in enumerate(runs)}
    for pair, number in uses.items():
        for at in pair:
            left[at] -= number
    return {at for at, number in left.items() if number}
