"""Suggestions for a name that is not known: "did you mean"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

# What one note may cost, and each step of it, in units of about 50 ns.
_BUDGET = 8_000_000
_LENGTH = 20  # to compare two lengths
_LETTER = 12  # to count a letter
_PAIR = 3  # to compare a letter with another


def did_you_mean(*names: str) -> str:
    """The end of a message that suggests *names*, such as ``; did you mean `a`?``; may be empty."""
    return f"; did you mean {listed([f'`{each}`' for each in names], 'or')}?" if names else ""


def listed(names: Sequence[str], word: str) -> str:
    """*names* with *word* before the last one: ``a, b or c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


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
        self._names: dict[int, tuple[Collection[str], frozenset[str]]] = {}
        self._found: dict[tuple[str, int, float], list[str]] = {}

    def closest(self, word: str, names: Collection[str], most: int, least: float) -> list[str]:
        """At most *most* of *names* with a similarity of *least* or more, closest first.

        *names* must be the same object in every call about the same names.
        """
        if id(names) not in self._names:
            # *names* are kept as well, so that no other object gets their id
            self._names[id(names)] = names, _shared(frozenset(names))
        key = word, id(names), least
        if key not in self._found:
            self._found[key] = self._search(word, self._names[id(names)][1], most, least)
        return self._found[key]

    def _search(self, word: str, names: frozenset[str], most: int, least: float) -> list[str]:
        if self._left < 0:
            return []
        found, cost = _similar(word, names, most, least)
        self._left -= cost
        return found if self._left >= 0 else []


@lru_cache(16)
def _shared(names: frozenset[str]) -> frozenset[str]:
    """*names*, or an equal set of an earlier call, so that the cache below holds one of them."""
    return names


@lru_cache(4096)  # each round of a fix asks again
def _similar(word: str, names: frozenset[str], most: int, least: float) -> tuple[list[str], int]:
    """The matches of ``get_close_matches`` among *names*, and the cost; none over the budget."""
    from difflib import SequenceMatcher

    matcher: SequenceMatcher[str] = SequenceMatcher()
    matcher.set_seq2(word)
    bounds: list[tuple[float, str]] = []  # no name is closer than its letters, in any order
    cost = _LENGTH * len(names)
    for name in names if cost <= _BUDGET else ():
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= least:
            cost += _LETTER * len(name)
            if (bound := matcher.quick_ratio()) >= least:
                bounds.append((bound, name))
        if cost > _BUDGET:
            break
    close: list[tuple[float, str]] = []
    for bound, name in sorted(bounds, reverse=True) if cost <= _BUDGET else ():
        if len(close) == most and bound < close[-1][0]:
            break
        cost += _PAIR * len(word) * len(name)
        if cost > _BUDGET:
            break
        matcher.set_seq1(name)
        if (ratio := matcher.ratio()) >= least:
            close = sorted([*close, (ratio, name)], reverse=True)[:most]
    return ([name for _, name in close], cost) if cost <= _BUDGET else ([], cost)
