"""A search for many substrings at once, in time nearly independent of their number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

_HEAD = 4  # characters that candidates are found by
_LONG = 10_000  # characters; longer texts are few, and each is searched for separately
_MAX_STEPS = 3_000_000  # then the search ends; only texts made for it need so many


class Substrings:
    """The *texts* to search for; ``found`` collects those that occurred."""

    def __init__(self, texts: Iterable[str]) -> None:
        every = set(texts)
        self.found: set[str] = set()
        self._empty = "" in every
        self._long = [each for each in every if len(each) > _LONG]
        self._texts = sorted(each for each in every if 0 < len(each) <= _LONG)
        self._head = min(_HEAD, *map(len, self._texts)) if self._texts else _HEAD
        self._heads = {each[: self._head] for each in self._texts}
        self._left = _MAX_STEPS
        # for each text, by index, the longest other text that it starts with; -1 for none
        self._parents: list[int] = []
        for at, text in enumerate(self._texts):
            parent = at - 1
            while parent >= 0 and not text.startswith(self._texts[parent]):
                parent = self._parents[parent]
            self._parents.append(parent)

    def search(self, text: str) -> bool:
        """Whether any of the texts is in *text*."""
        found = [each for each in self._long if each in text]
        self.found.update(found, [""] if self._empty else [])
        in_it = bool(found) or self._empty
        for start in range(len(text) - self._head + 1):
            if text[start : start + self._head] in self._heads and self._begins(text, start):
                in_it = True
        return in_it

    def _begins(self, text: str, start: int) -> bool:
        """Whether any of the texts is in *text* at *start*."""
        rest = text[start : start + _LONG]
        at, begins = bisect_right(self._texts, rest) - 1, False
        while at >= 0 and self._left > 0:
            self._left -= 1
            piece = self._texts[at]
            if rest.startswith(piece):
                begins = True
                if piece in self.found:
                    break  # and so are all texts that it starts with
                self.found.add(piece)
            at = self._parents[at]
        return begins
