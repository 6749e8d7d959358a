"""Texts found in others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notelint.text.substrings import Substrings

TEXTS = st.lists(st.text("ab/", max_size=9), max_size=9)


@given(TEXTS, TEXTS)
def test_what_is_in_any_of_the_others(some: list[str], others: list[str]) -> None:
    pieces = Substrings(some)
    assert [pieces.search(each) for each in others] == [
        any(piece in each for piece in some) for each in others
    ]
    assert pieces.found == {piece for piece in some if any(piece in each for each in others)}


def test_very_long_ones() -> None:
    pieces = Substrings(["a" * 20_000, "b"])
    assert pieces.search("x" + "a" * 30_000)
    assert not pieces.search("a" * 19_999)
    assert pieces.found == {"a" * 20_000}
