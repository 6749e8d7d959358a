"""Edits: which fixes can go in together, and what is left when they have."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from notelint.text.edits import Edit, Fix, apply, select
from notelint.text.source import Span

TEXT = "0123456789"


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("do it", tuple(Edit(Span(start, end), text) for start, end, text in edits))


def together(*given: Fix) -> str:
    return apply(TEXT, select(given))


def test_edits_replace_insert_and_remove() -> None:
    assert together(fix((7, 8, "x"), (0, 2, ""), (3, 3, "y"))) == "2y3456x89"


def test_the_first_in_the_text_goes_in_and_what_overlaps_it_waits() -> None:
    assert together(fix((2, 5, "x")), fix((4, 6, "y"))) == "01x56789"
    assert together(fix((4, 6, "y")), fix((2, 5, "x"))) == "01x56789"
    assert together(fix((1, 9, "x")), fix((3, 4, "y"))) == "0x9"
    assert together(fix((5, 6, "x")), fix((5, 6, "y"))) == "01234x6789"


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert together(fix((2, 4, "x")), fix((4, 6, "y"))) == "01xy6789"
    assert together(fix((2, 4, "x")), fix((4, 4, "y"))) == "01xy456789"
    assert together(fix((0, 1, "x")), fix((1, 2, "y")), fix((2, 3, "z"))) == "xyz3456789"


def test_nothing_says_which_of_two_comes_first_in_one_place() -> None:
    assert together(fix((4, 4, "x")), fix((4, 4, "y"))) == "0123x456789"
    assert together(fix((4, 4, "x")), fix((4, 6, "y"))) == "0123x456789"


def test_a_fix_goes_in_whole_or_not_at_all() -> None:
    assert together(fix((0, 1, "a")), fix((0, 1, "b"), (8, 9, "b")), fix((8, 9, "c"))) == (
        "a1234567c9"
    )


def share(one: Edit, other: Edit) -> bool:
    """Whether two edits change the same place, told character by character."""
    (start, end), (first, last) = one.span, other.span
    return (
        start == first
        or bool(set(range(start, end)) & set(range(first, last)))
        or start < first == last < end
        or first < start == end < last
    )


def clash(one: Fix, other: Fix) -> bool:
    return any(share(*pair) for pair in product(one.edits, other.edits))


spans = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda ends: Span(*sorted(ends)))
edits = st.lists(st.builds(Edit, spans, st.sampled_from(["", "x"])), min_size=1, max_size=3)
whole = edits.filter(lambda edits: not any(share(*pair) for pair in combinations(edits, 2)))


@given(st.lists(whole.map(lambda edits: Fix("do it", tuple(edits))), max_size=6))
def test_what_goes_in_is_free_of_overlaps_and_what_waits_is_in_the_way(given: list[Fix]) -> None:
    chosen = select(given)
    for fix in given:
        goes_in = any(each is fix for each in chosen)
        assert any(clash(fix, each) for each in chosen if each is not fix) == (not goes_in)
