"""A short diff of two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notelint.text.short_diff import short_diff


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


def test_no_ellipsis_stands_where_nothing_was_cut() -> None:
    end = "y" * 90
    assert short_diff(f"a{end}", f"b{end}") == [f"- a{end}", f"+ b{end}"]
    old, new = short_diff(f"a{end}{end}", f"b{end}{end}")
    assert (old, new) == (f"- a{end}{'y' * 9}…", f"+ b{end}{'y' * 9}…")
    old, new = short_diff(f"{end}{end}{end}a", f"{end}{end}{end}b")
    assert (old, new) == (f"- …{'y' * 20}a", f"+ …{'y' * 20}b")


def test_a_line_that_is_there_often_is_found_again() -> None:
    assert short_diff("a\n" * 300, "b\n" + "a\n" * 300) == ["+ b"]


def test_no_more_than_the_first_lines_are_compared() -> None:
    same = "a\n" * 499
    assert short_diff(f"{same}b\nc", f"{same}b\nd") == []
    assert short_diff(f"{same}b", f"{same}d") == ["- b", "+ d"]


@given(st.text("ab\n", max_size=40), st.text("ab\n", max_size=40))
def test_there_is_a_diff_where_lines_differ(old: str, new: str) -> None:
    lines = [[each for each in text.split("\n") if each] for text in (old, new)]
    assert bool(short_diff(old, new)) == (lines[0] != lines[1])
