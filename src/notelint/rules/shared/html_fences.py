"""Code fences in lines that no parser has looked at."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.text.startup import lazy_regex

_FENCE = lazy_regex(r"[ \t]*(`{3,}|~{3,})([^`]*)$")


class Fences:
    """The fences in some lines, which count from 0."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._marks = [_FENCE.match(line) for line in lines]
        self._longest = self._closing()

    def _closing(self) -> dict[str, list[int]]:
        """For each line and character, how long a fence can be and still be closed below."""
        longest: dict[str, list[int]] = {"`": [0], "~": [0]}
        for mark in reversed(self._marks):
            for char, lengths in longest.items():
                closes = mark and mark[1][0] == char and not mark[2].strip()
                lengths.append(max(lengths[-1], len(mark[1]) if mark and closes else 0))
        return {char: lengths[::-1] for char, lengths in longest.items()}

    def opens(self, number: int) -> bool:
        """Whether a line may open fenced code."""
        return self._marks[number] is not None

    def end(self, number: int) -> int | None:
        """The line that closes the code that *number* opens; None where there is none."""
        mark = self._marks[number]
        if mark is None or self._longest[mark[1][0]][number + 1] < len(mark[1]):
            return None
        return next(
            other
            for other in range(number + 1, len(self._marks))
            if (end := self._marks[other]) and end[1].startswith(mark[1]) and not end[2].strip()
        )
