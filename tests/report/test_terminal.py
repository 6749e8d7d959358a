"""A line of a note on a terminal: its columns, what is cut, and where the mark stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.report.terminal import excerpt


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        ("abc", 1, 2, ("abc", 1, 1)),
        ("", 0, 0, ("", 0, 1)),
        ("abc", 3, 3, ("abc", 3, 1)),
        ("中文字", 1, 2, ("中文字", 2, 2)),
        ("ａb", 1, 2, ("ａb", 2, 1)),
        ("e\u0301x", 2, 3, ("e\u0301x", 1, 1)),
        ("a\tb", 2, 3, ("a   b", 4, 1)),
        ("a\x1bb", 2, 3, ("a\\x1bb", 5, 1)),
        ("a\u200bb", 1, 2, ("a\\u200bb", 1, 6)),
        ("👩\u200d🚀x", 3, 4, ("👩\u200d🚀x", 4, 1)),
        ("abcdefghijklmnopqrstuvwxyz", 0, 1, ("abcdefghijklmnopqr…", 0, 1)),
        ("abcdefghijklmnopqrstuvwxyz", 25, 26, ("…ijklmnopqrstuvwxyz", 18, 1)),
        ("abcdefghijklmnopqrstuvwxyz", 13, 14, ("…fghijklmnopqrstuvw…", 9, 1)),
        ("abcdefghijklmnopqrstuvwxyz", 0, 26, ("abcdefghijklmnopqr…", 0, 18)),
    ],
)
def test_excerpts(line: str, start: int, end: int, shown: tuple[str, int, int]) -> None:
    assert excerpt(line, start, end, 20) == shown


@given(
    line=st.text(st.sampled_from("ab 中ａ\t\x07e\u0301\u200b"), max_size=90),
    where=st.tuples(st.integers(0, 90), st.integers(0, 90)),
    room=st.integers(20, 60),
)
def test_an_excerpt_fits_and_holds_the_mark(line: str, where: tuple[int, int], room: int) -> None:
    start, end = sorted(min(each, len(line)) for each in where)
    shown = excerpt(line, start, end, room)
    columns = sum({"中": 2, "ａ": 2, "\u0301": 0}.get(char, 1) for char in shown.text)
    assert columns <= room
    assert 0 <= shown.column <= columns
    assert shown.width >= 1
    assert shown.column + shown.width <= max(columns, shown.column + 1)
