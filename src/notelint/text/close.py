"""Close names, for messages that ask "did you mean"."""

from __future__ import annotations

from collections.abc import Collection

ENOUGH = 20_000_000  # pairs of characters; about a second


class Close:
    """Looks for names like a word, for one note, until that has taken long enough.

    What a message says may depend on the note and on what it is compared with, not on the time.
    """

    def __init__(self) -> None:
        self._left = ENOUGH
        self._sizes: dict[int, tuple[Collection[str], int]] = {}
        self._found: dict[tuple[str, int, float], list[str]] = {}

    def to(self, word: str, names: Collection[str], most: int, least: float) -> list[str]:
        """At most *most* of *names*, closest first, with at least *least* of 1 in common.

        *names* must be the same object in every call that is about the same names.
        """
        if id(names) not in self._sizes:
            self._sizes[id(names)] = names, sum(map(len, names))  # held, so that the id stays
        key = word, id(names), least
        if key not in self._found:
            self._found[key] = self._look(word, names, most, least)
        return self._found[key]

    def _look(self, word: str, names: Collection[str], most: int, least: float) -> list[str]:
        self._left -= len(word) * self._sizes[id(names)][1]
        if self._left < 0:
            return []
        from difflib import get_close_matches

        return get_close_matches(word, names, most, least)
