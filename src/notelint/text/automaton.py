"""Patterns of many wildcards, matched without going back: all ways are followed at once."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.text.glob import Piece, Token


class Automaton:
    """Matches paths against the *pieces* of a pattern, or against the folder that it names.

    A state is a bit: a place in the pattern where a match may have come to. Those before a
    wildcard are left without a character, too.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._tokens: list[tuple[int, Token]] = []
        self._known: dict[str, int] = {}
        self._any = self._name = self._one_on = self._two_on = self._slash = 0
        bit = 1
        for piece in pieces:
            if piece == "**/":  # as well skipped as entered, and then left behind a `/` only
                self._one_on |= bit
                self._two_on |= bit
                bit <<= 1
                self._any |= bit
                self._slash |= bit
            elif piece == "**":
                self._any |= bit
                self._one_on |= bit
            elif piece == "*":
                self._name |= bit
                self._one_on |= bit
            elif not isinstance(piece, str):
                self._tokens.append((bit, piece))
            bit <<= 1
        self._end = bit

    def __call__(self, path: str) -> bool:
        """Whether *path* matches."""
        states = self._closed(1)
        for char in path:
            if char == "/" and states & self._end:
                return True
            stay = self._any if char == "/" else self._any | self._name
            states = self._closed(states & stay | (states & self._takers(char)) << 1)
            if not states:
                return False
        return bool(states & self._end)

    def _closed(self, states: int) -> int:
        before = 0
        while before != states:
            before = states
            states |= (states & self._one_on) << 1 | (states & self._two_on) << 2
        return states

    def _takers(self, char: str) -> int:
        known = self._known.get(char)
        if known is None:
            known = self._slash if char == "/" else 0
            for bit, token in self._tokens:
                if token.takes(char):
                    known |= bit
            self._known[char] = known
        return known
