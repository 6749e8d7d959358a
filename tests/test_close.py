"""Close names: found while that is quick, and the same for every run."""

from __future__ import annotations

from notelint.text.close import Close

NAMES = ["usage", "usages", "install", "language"]
LONG = "".join(f"{number} " for number in range(1200))


def test_the_closest_comes_first() -> None:
    assert Close().to("usagess", NAMES, 3, 0.6) == ["usages", "usage"]
    assert Close().to("usagess", NAMES, 1, 0.6) == ["usages"]
    assert Close().to("usagess", NAMES, 3, 0.99) == []


def test_a_note_with_much_to_compare_is_told_no_names_after_a_while() -> None:
    close = Close()
    before = close.to("usagess", NAMES, 3, 0.6)
    assert close.to(LONG, [LONG + "x"], 1, 0.6) == []  # some 20 million pairs of characters
    assert close.to("instal", NAMES, 3, 0.6) == []
    assert close.to("usagess", NAMES, 3, 0.6) == before  # asked again, it says the same


def test_names_are_told_apart_by_who_holds_them() -> None:
    close = Close()
    assert close.to("usag", ["usage"], 1, 0.6) == ["usage"]
    assert close.to("usag", ["usages"], 1, 0.6) == ["usages"]
