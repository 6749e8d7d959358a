"""Glob patterns as ``.gitignore`` and editors understand them.

Patterns may come from a stranger's configuration: to match one takes time proportional to its
length times that of the path, at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Matcher = Callable[[str], object]
    Piece: TypeAlias = "str | Token"  # a wildcard, or a piece that matches one character

MAX_PATTERN_CHARACTERS = 1_000  # characters of a pattern
_MAX_QUICK_CHARACTERS = 256  # of a path: `re` is quick then, though two wildcards compete


class PatternError(ValueError):
    """An invalid pattern; the message says why."""


def matches(pattern: str, path: str) -> bool:
    """Whether *path* (with ``/``) matches: ``*`` within a name, ``**`` across folders.

    A pattern without ``/`` matches a name at any depth; one that names a folder, all below it.
    Raises :class:`PatternError`.
    """
    return bool(_matcher(pattern)(path))


def check(pattern: str) -> None:
    """Check that *pattern* is valid. Raises :class:`PatternError`."""
    _matcher(pattern)


class Token:
    """A piece of a pattern that matches one character: ``?``, a set, or the character."""

    def __init__(self, text: str) -> None:
        if len(text) < 3:
            self.negated, self.ranges = text == "?", [("/", "/") if text == "?" else (text, text)]
            return
        inside = text[1:-1]
        self.negated = inside[0] in "!^"
        self.ranges = list(_ranges(inside[1:] if self.negated else inside))

    def takes(self, char: str) -> bool:
        """Whether *char* is one of its characters."""
        return any(low <= char <= high for low, high in self.ranges) != self.negated

    def expression(self) -> str:
        """The equivalent regular expression."""
        if not self.negated and self.ranges[0][0] == self.ranges[0][1] and len(self.ranges) == 1:
            return re.escape(self.ranges[0][0])
        body = "".join(f"{re.escape(low)}-{re.escape(high)}" for low, high in self.ranges)
        return f"[{'^' if self.negated else ''}{body}]"


_EXPRESSIONS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}


@cache
def _matcher(pattern: str) -> Matcher:
    pieces = pieces_of(pattern)
    competing = _competing(pieces)
    body = "".join(
        each.expression() if isinstance(each, Token) else _EXPRESSIONS[each] for each in pieces
    )
    quick = re.compile(f"{body}(?:/.*)?", re.DOTALL).fullmatch
    if competing < 2:
        return quick
    steady = Automaton(pieces)
    if competing > 2:
        return steady
    return lambda path: quick(path) if len(path) <= _MAX_QUICK_CHARACTERS else steady(path)


def pieces_of(pattern: str) -> list[Piece]:
    """Split *pattern* into pieces, with each run of wildcards reduced to its shortest form.

    Raises :class:`PatternError`.
    """
    if len(pattern) > MAX_PATTERN_CHARACTERS:
        raise PatternError(f"longer than {MAX_PATTERN_CHARACTERS} characters")
    found: list[Piece] = [] if "/" in pattern.rstrip("/") else ["**/"]
    text = pattern.removeprefix("./").strip("/")
    for part in re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]{1,500}\])", text):
        if part in _EXPRESSIONS:
            _add_wildcard(found, part)
        elif part == "?" or (len(part) > 2 and part[0] == "[" and part[-1] == "]"):
            found.append(Token(part))
        else:
            found += map(Token, part)
    return found


def _add_wildcard(pieces: list[Piece], new: str) -> None:
    while pieces and isinstance(last := pieces[-1], str) and (last, new) != ("*", "**/"):
        pieces.pop()
        # `**/` before `*` is any path; else the one that means more is enough
        new = new if last == new else "**"
    pieces.append(new)


def _competing(pieces: list[Piece]) -> int:
    """The number of wildcards that compete for the same characters.

    Each multiplies the ways in which a backtracking matcher tries them.

    A ``*`` that a ``/`` ends has no choice, if nothing else in its name is a wildcard.
    """
    found = free = 0
    for piece in pieces:
        if piece == "*":
            free += 1
        elif isinstance(piece, str):
            found, free = found + free + 1, 0
        elif piece.ranges == [("/", "/")] and not piece.negated:
            found, free = found + max(free - 1, 0), 0
        elif piece.takes("/"):
            return sum(isinstance(each, str) for each in pieces)
    return found + max(free - 1, 0)


def _ranges(inside: str) -> list[tuple[str, str]]:
    """The first and the last character of each range in a set."""
    if not inside:
        raise PatternError("an empty set")
    found, at = [], 0
    while at < len(inside):
        is_range = inside[at + 1 : at + 2] == "-" and at + 2 < len(inside)
        low, high = inside[at], inside[at + 2] if is_range else inside[at]
        if low > high:
            raise PatternError("bad character range")
        found.append((low, high))
        at += 3 if is_range else 1
    return found


class Automaton:
    """Matches a path, or a folder above it, against the *pieces* of a pattern without backtracking.

    All possible matches are followed at once. A state is a bit: a position in the pattern that a
    match may have reached. A state before a wildcard is also left without a character.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._tokens: list[tuple[int, Token]] = []
        self._known: dict[str, int] = {}
        self._any = self._name = self._one_on = self._two_on = self._slash = 0
        bit = 1
        for piece in pieces:
            if piece == "**/":  # skipped, or entered and left only after a `/`
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
