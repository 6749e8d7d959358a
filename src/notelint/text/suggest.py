"""Suggestions for a name that is not known: "did you mean"."""

from __future__ import annotations

from collections.abc import Collection, Iterable

_BUDGET = 20_000_000  # pairs of characters to compare; about a second


def did_you_mean(*names: str) -> str:
    """The end of a message that suggests *names*, such as ``; did you mean `a`?``; may be empty."""
    return "; did you mean " + " or ".join(f"`{each}`" for each in names) + "?" if names else ""


def closest(word: str, names: Iterable[str], least: float = 0.6) -> list[str]:
    """The name among *names* that is most similar to *word*, in a list; empty if none is.

    *least* is the similarity that it needs, from 0 to 1.
    """
    from difflib import get_close_matches

    return get_close_matches(word, list(names), 1, least)


def hint(word: str, names: Iterable[str]) -> str:
    """The end of a message that suggests the closest of *names*; empty if none is like *word*."""
    return did_you_mean(*closest(word, names))


class Suggester:
    """Finds similar names for one note, within a budget.

    The budget counts comparisons, not time: the same note always gets the same messages.
    """

    def __init__(self) -> None:
        self._left = _BUDGET
        self._sizes: dict[int, tuple[Collection[str], int]] = {}
        self._found: dict[tuple[str, int, float], list[str]] = {}

    def closest(self, word: str, names: Collection[str], most: int, least: float) -> list[str]:
        """At most *most* of *names* with a similarity of *least* or more, closest first.

        *names* must be the same object in every call about the same names.
        """
        if id(names) not in self._sizes:
            # *names* are kept with their size, so that no other object gets their id
            self._sizes[id(names)] = names, sum(map(len, names))
        key = word, id(names), least
        if key not in self._found:
            self._found[key] = self._search(word, names, most, least)
        return self._found[key]

    def _search(self, word: str, names: Collection[str], most: int, least: float) -> list[str]:
        self._left -= len(word) * self._sizes[id(names)][1]
        if self._left < 0:
            return []
        from difflib import get_close_matches

        return get_close_matches(word, names, most, least)
