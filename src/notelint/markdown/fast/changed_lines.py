"""The lines that an edit of a text changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class ChangedLines(NamedTuple):
    """The first line that an edit changes, and the last one, before and after it; from 0."""

    first: int
    last_before: int
    last_after: int


def changed_lines(old: str, new: str) -> ChangedLines:
    """The lines that differ between *old* and *new*."""
    same = common_start(old, new)
    below = common_end(old, new, min(len(old), len(new)) - same)
    return ChangedLines(
        new.count("\n", 0, same),
        old.count("\n", 0, len(old) - below),
        new.count("\n", 0, len(new) - below),
    )


def common_start(old: str, new: str) -> int:
    """The number of equal characters at the start."""
    return _most(min(len(old), len(new)), lambda size: old.startswith(new[:size]))


def common_end(old: str, new: str, most: int) -> int:
    """The number of equal characters at the end, up to *most*."""
    return _most(most, lambda size: size == 0 or old.endswith(new[-size:]))


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to *limit* for which *holds* is True; it is for all smaller ones."""
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if holds(middle):
            low = middle
        else:
            limit = middle - 1
    return low
