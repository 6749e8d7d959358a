"""A short diff of two texts, for a message."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from notelint.text.source import LINE_END

_MAX_WIDTH = 100  # characters of a line that is shown
_MAX_LINES = 500  # compared of each text
_MAX_LINE_CHARACTERS = 10_000  # compared of each line
_MAX_PAIRS = 5_000_000  # of lines compared for one note, about a second
_CONTEXT = 20  # characters shown before the first difference of two lines


class Diffs:
    """Diffs for one note, as long as its budget of compared lines lasts."""

    def __init__(self) -> None:
        self._left = _MAX_PAIRS

    def of(self, old: str, new: str) -> list[str]:
        """The :func:`short_diff` of the two; empty once the budget is spent."""
        self._left -= min(old.count("\n") + 1, _MAX_LINES) * min(new.count("\n") + 1, _MAX_LINES)
        return short_diff(old, new) if self._left > 0 else []


def short_diff(old: str, new: str, most: int = 6) -> list[str]:
    """At most *most* lines, ``- `` before those of *old* and ``+ `` before those of *new*.

    Indents and spaces at line ends do not count. A long line is cut to the part that
    differs; a last line ``…`` says that there is more.
    """
    from difflib import SequenceMatcher  # slow to import, and only needed for a finding

    before, after = _lines(old), _lines(new)
    shown: list[str] = []
    for tag, first, stop, start, end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            shown += _pairs(before[first:stop], after[start:end])
    return [*shown[: most - 1], "…"] if len(shown) > most else shown


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Replaced lines, each followed by its replacement."""
    shown = []
    for at in range(max(len(old), len(new))):
        pair = [lines[at] for lines in (old, new) if at < len(lines)]
        same = _same(*pair) if len(pair) == 2 else 0
        if at < len(old):
            shown.append(f"- {_cut(old[at], same)}")
        if at < len(new):
            shown.append(f"+ {_cut(new[at], same)}")
    return shown


def _same(one: str, other: str) -> int:
    """The length of the common start of the two."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(line: str, same: int) -> str:
    if len(line) <= _MAX_WIDTH:
        return line
    start = max(0, same - _CONTEXT)
    end = start + _MAX_WIDTH
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _lines(text: str) -> list[str]:
    """The first lines of *text* that are not blank."""
    found: list[str] = []
    at = 0
    while at < len(text) and len(found) < _MAX_LINES:
        end = LINE_END.search(text, at)
        stop = end.start() if end else len(text)
        if line := text[at : min(stop, at + _MAX_LINE_CHARACTERS)].strip():
            found.append(line)
        at = end.end() if end else stop
    return found
