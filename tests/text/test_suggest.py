"""Suggestions: found within a budget, and the same in every run."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import product

from notelint.text.suggest import Suggester, closest, did_you_mean

NAMES = ["usage", "usages", "install", "language"]
LONG = "".join(f"{number} " for number in range(1200))


def test_the_closest_comes_first() -> None:
    assert Suggester().closest("usagess", NAMES, 3, 0.6) == ["usages", "usage"]
    assert Suggester().closest("usagess", NAMES, 1, 0.6) == ["usages"]
    assert Suggester().closest("usagess", NAMES, 3, 0.99) == []


def test_names_are_those_that_the_standard_library_finds() -> None:
    names = ["".join(each) for each in product("ab-", repeat=4)] + NAMES
    for word, most, least in product(["abba", "b-a", "aabbx", "usagess"], (1, 3), (0.6, 0.8)):
        found = Suggester().closest(word, names, most, least)
        assert found == get_close_matches(word, names, most, least)


def test_a_message_ends_with_what_is_close() -> None:
    assert did_you_mean(*closest("usagess", NAMES)) == "; did you mean `usages`?"
    assert did_you_mean("a", "b") == "; did you mean `a` or `b`?"
    assert did_you_mean("a", "b", "c") == "; did you mean `a`, `b` or `c`?"
    assert did_you_mean(*closest("xyz", NAMES)) == ""


def test_a_note_with_much_to_compare_is_told_no_names_after_a_while() -> None:
    suggester = Suggester()
    before = suggester.closest("usagess", NAMES, 3, 0.6)
    # some 70 million steps
    assert suggester.closest(LONG, [LONG + "x"], 1, 0.6) == []
    assert suggester.closest("instal", NAMES, 3, 0.6) == []
    assert suggester.closest("usagess", NAMES, 3, 0.6) == before  # asked again, it says the same


def test_equal_names_are_kept_once_for_all_notes() -> None:
    listings = [dict.fromkeys(NAMES, False) for _ in range(2)]
    kept = []
    for names in listings:
        suggester = Suggester()
        assert suggester.closest("usagess", names, 1, 0.6) == ["usages"]
        kept += [each for _, each in suggester._names.values()]
    assert kept[0] is kept[1]


def test_names_are_told_apart_by_who_holds_them() -> None:
    suggester = Suggester()
    assert suggester.closest("usag", ["usage"], 1, 0.6) == ["usage"]
    assert suggester.closest("usag", ["usages"], 1, 0.6) == ["usages"]
