"""Emphasis that is meant, and that its markers do not make."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

from notelint.markdown.delimiters import Level, Run, is_punctuation, is_space, levels, pairs
from notelint.markdown.prose import WORD, Prose
from notelint.text.startup import NamedTuple, lazy_regex

# Letters, punctuation and full-width forms of Chinese, Japanese and Korean.
_LETTERS = "\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
WIDE = lazy_regex(f"[{_LETTERS}\u2018-\u201f\u3000-\u303f\ufe30-\uffef]")
_TWO_WIDE = lazy_regex(f"[{_LETTERS}][^{_LETTERS}]*[{_LETTERS}]")
_LETTER = lazy_regex(r"[^\W\d_]|\0")
_PLACEHOLDER = lazy_regex(r"\{\{|\{%|\$\{")
_CODE = frozenset("/\\=|")  # what stands beside the asterisks of a path or an operator
_ENDS = frozenset(":.!?")  # in languages that have blanks, one follows these
_MOVED = "：，。；、！？,.:;!?"  # punctuation that need not be in the emphasis

Change = tuple[int, int, str]  # the text that replaces a stretch
Two = tuple[int, int]


class Side(NamedTuple):
    """A run with what stands beside it, ``outer`` and ``inner``; a line end at the edge.

    ``fits`` tells whether the run can be the beginning, or the end, of emphasis.
    """

    run: Run
    outer: str
    inner: str
    fits: bool

    @property
    def is_blank(self) -> bool:
        """Whether a blank inside is at fault."""
        return not self.fits and is_space(self.inner)

    @property
    def is_edge(self) -> bool:
        """Whether outside of it a blank is, or punctuation."""
        return is_space(self.outer) or is_punctuation(self.outer)

    @property
    def is_wide(self) -> bool:
        """Whether Chinese, Japanese or Korean stands beside it."""
        return any(WIDE.match(each) for each in (self.outer, self.inner))


class Meant(NamedTuple):
    """Emphasis that was meant in the text of *level*, from one of its runs to another."""

    level: Level
    runs: Sequence[Run]
    pair: Two
    open: Side
    close: Side

    @property
    def at(self) -> tuple[int, int]:
        """Where it is, with its markers."""
        return self.open.run.start, self.close.run.end

    @property
    def mark(self) -> str:
        """The marker."""
        return self.level.text[self.open.run.start : self.open.run.end]

    def changes(self) -> list[Change]:
        """The least changes after which it is shown; none if there are no such."""
        return next((each for each in self._candidates() if self._is_shown(each)), [])

    def _candidates(self) -> Iterator[list[Change]]:
        """Blanks outside of the markers; or the punctuation outside."""
        text, (start, end) = self.level.text, self.close.run[:2]
        opening, closing = self._opening(), self._closing()
        yield [*opening, *closing]
        inside = text[self.open.run.end : start]
        kept = inside.rstrip(_MOVED)
        if closing and kept and kept != inside:
            at = self.open.run.end + len(kept)
            yield [*opening, (at, at, self.mark), (start, end, "")]

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

    def _is_shown(self, changes: list[Change]) -> bool:
        """Whether it is shown with *changes*, and all else that was shown still is."""
        after = _changed(self.level, sorted(changes))
        runs = emphasis_runs(after)
        if len(runs) != len(self.runs):
            return False
        before, now = (_matched(each, _uses(each)) for each in (self.runs, runs))
        return self.pair in now and all(set(self.pair) & set(each) for each in before - now)


def _outside(at: tuple[int, int], gap: tuple[int, int], side: Side) -> list[Change]:
    removed = [(*gap, "")] if gap[0] < gap[1] else []
    if is_space(side.outer) or (removed and is_punctuation(side.outer)):
        return removed
    return [(*at, " "), *removed]


def _changed(level: Level, changes: Sequence[Change]) -> Level:
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


def _uses(runs: Sequence[Run]) -> Counter[Two]:
    """How many markers of two of *runs* enclose emphasis, by their indexes."""
    starts = [each.start for each in runs]
    used: Counter[Two] = Counter()
    for each in pairs(runs):
        pair = bisect_right(starts, each.open) - 1, bisect_right(starts, each.close) - 1
        used[pair] += each.length
    return used


def _matched(runs: Sequence[Run], uses: Counter[Two]) -> set[Two]:
    """Which of *runs* are emphasis from the one to the other, with nothing left of them."""
    return {
        (opener, closer)
        for (opener, closer), number in uses.items()
        if number == runs[opener].length == runs[closer].length
    }


def _left(runs: Sequence[Run], uses: Counter[Two]) -> set[int]:
    """Which of *runs* stay on the page, as a whole or in part."""
    left = {at: run.length for at, run in enumerate(runs)}
    for pair, number in uses.items():
        for at in pair:
            left[at] -= number
    return {at for at, number in left.items() if number}


def meant_emphasis(prose: Prose) -> Iterator[Meant]:
    """The emphasis in *prose* that is meant and not shown."""
    for level in levels(prose):
        runs = emphasis_runs(level)
        if len(runs) < 2 or all(map(_fits, runs, cycle((True, False)))):
            continue
        uses = _uses(runs)
        shown, left = _matched(runs, uses), _left(runs, uses)
        if not left:
            continue
        for group in _groups(level, runs):
            broken = [_meant(level, runs, pair) for pair in group if pair not in shown]
            if all(_is_plausible(each, prose) for each in broken):
                for each in broken:
                    if left & {*each.pair} and not (each.open.fits and each.close.fits):
                        yield each


def _fits(run: Run, opening: bool) -> bool:
    return run.opens if opening else run.closes


def _groups(level: Level, runs: Sequence[Run]) -> Iterator[list[Two]]:
    """The pairs that runs of one marker make in turn, by the lines that hold an even number."""
    kinds: dict[tuple[str, int], list[int]] = {}
    for at, run in enumerate(runs):
        if run.char != "~" and run.length <= 3:
            kinds.setdefault((run.char, run.length), []).append(at)
    for kind, found in kinds.items():
        if kind == ("_", 1) or (kind == ("*", 1) and len(found) > 2):
            continue
        group: list[int] = []
        line = -1
        for at in found:
            begins = level.text.rfind("\n", 0, runs[at].start)
            if begins != line and len(group) % 2 == 0:
                yield list(zip(group[::2], group[1::2], strict=True))
                group = []
            line = begins
            group.append(at)
        if len(group) % 2 == 0:
            yield list(zip(group[::2], group[1::2], strict=True))


def _meant(level: Level, runs: Sequence[Run], pair: Two) -> Meant:
    text, (opener, closer) = level.text, (runs[each] for each in pair)
    before = text[max(opener.start - 1, level.start) : opener.start] or "\n"
    after = text[closer.end : min(closer.end + 1, level.end)] or "\n"
    open_side = Side(opener, before, text[opener.end], opener.opens)
    close_side = Side(closer, after, text[closer.start - 1], closer.closes)
    return Meant(level, runs, pair, open_side, close_side)


def _is_plausible(meant: Meant, prose: Prose) -> bool:
    """Whether it can be nothing but emphasis."""
    opening, closing = meant.open, meant.close
    inside = meant.level.text[opening.run.end : closing.run.start]
    word = _LETTER if opening.is_wide or closing.is_wide else WORD
    beside = {opening.outer, opening.inner, closing.inner, closing.outer}
    if (
        not _CODE.isdisjoint(beside)
        or not word.search(prose.masked, opening.run.end, closing.run.start)
        or _PLACEHOLDER.search(inside)
    ):
        return False
    if meant.mark == "*" or meant.mark[0] == "_":
        return (
            not (opening.is_blank or closing.is_blank)
            and _TWO_WIDE.search(inside) is not None
            and _is_no_operand(opening.outer)
            and _is_no_operand(closing.outer)
        )
    return _opens(opening, closing) and _closes(closing, opening, inside) and _is_alone(meant)


def _is_no_operand(char: str) -> bool:
    return not char.isalnum() or WIDE.match(char) is not None


def _is_alone(meant: Meant) -> bool:
    """Whether its end is no operator, with blanks and operands around it."""
    text, closing = meant.level.text, meant.close
    start, end = meant.at
    inside = text[meant.open.run.end : closing.run.start].strip()
    behind = text[end:].partition("\n")[0].strip()
    if not closing.is_blank or not is_space(closing.outer) or not behind[:1].isalnum():
        return True
    if WIDE.match(inside[-1]) or WIDE.match(behind):
        return True
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() and inside[-2:].isalpha()


def _opens(opening: Side, closing: Side) -> bool:
    if opening.fits:
        return True
    if not opening.is_blank:
        return opening.is_wide
    return opening.is_edge and (opening.is_wide or closing.is_edge)


def _closes(closing: Side, opening: Side, inside: str) -> bool:
    if closing.fits:
        return True
    starts = is_space(opening.outer)
    if not closing.is_blank:
        english = closing.inner in _ENDS and closing.outer.isalpha() and starts
        return closing.is_wide or english
    if not opening.is_edge and not opening.is_wide:
        return False
    if inside.rstrip()[-1] in ":：":
        return True
    wide = closing.is_wide or WIDE.match(inside.rstrip()[-1]) is not None
    return (wide or starts) and (closing.is_edge or wide)
