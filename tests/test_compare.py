"""A short diff of two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notelint.text.compare import short_diff


def test_layout_is_no_difference() -> None:
    assert short_diff("a\n  b\n\nc", "  a\r\nb  \r\nc\r\n") == []


def test_a_line_stands_above_the_one_in_its_place() -> None:
    assert short_diff("a\nb\nc", "a\nx\ny\nc") == ["- b", "+ x", "+ y"]
    assert short_diff("a\nb\nc", "a\nc") == ["- b"]
    assert short_diff("a\nc", "a\nb\nc") == ["+ b"]


def test_a_long_diff_ends() -> None:
    assert short_diff("a\nb\nc\nd", "1\n2\n3\n4") == ["- a", "+ 1", "- b", "+ 2", "- c", "…"]


def test_a_long_line_is_cut_to_where_it_differs() -> None:
    same = "x" * 200
    old, new = short_diff(f"{same}old{same}", f"{same}new{same}")
    assert old == f"- …{'x' * 20}old{'x' * 77}…"
    assert new == f"+ …{'x' * 20}new{'x' * 77}…"


@given(st.text("ab\n", max_size=40), st.text("ab\n", max_size=40))
def test_there_is_a_diff_where_lines_differ(old: str, new: str) -> None:
    lines = [[each for each in text.split("\n") if each] for text in (old, new)]
    assert bool(short_diff(old, new)) == (lines[0] != lines[1])
