"""Texts that a regular expression takes long over, made from the expression itself.

For every part that may repeat there are pumps: what it repeats, and what leads to it. A text is a
pump many times, behind what leads to the part and before what lets the match fail.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice, product
from time import process_time
from typing import Any

_PARTS = ("re._compiler", "re._constants", "re._parser")
_OLD = ("sre_compile", "sre_constants", "sre_parse")  # as they are called before Python 3.11
compiler, op, parser = map(import_module, _PARTS if sys.version_info >= (3, 11) else _OLD)

# Characters. Where each one doubles the time, the first are more than enough; where each meets
# each, the last take milliseconds.
SIZES = (24, 240, 3000)
SLOW = 0.0006  # seconds; below, no time tells anything
GROWTH = 3.0  # times as long for twice the text; 2 is in proportion, 4 is each meets each
_FEW = 6  # samples of a part
_MANY = 1000  # repetitions that are bound to end
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None)}
_CHARS = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}
_ASSERTS = {op.ASSERT, op.ASSERT_NOT}
_PROBES = "aA1_ \t\n\r\"'`<>()[]{}/\\!#&*+-.,:;=?@^|~%$\0é，中\u3000\u200b"
_ENDS = ("", "\n\0")


def slow(pattern: re.Pattern[Any], ways: Iterable[str]) -> str | None:
    """A text that *pattern*, used in one of these *ways*, takes more than in proportion over."""
    attacks = product(ways, Pumps(pattern).found, _ENDS)
    attack = next((each for each in attacks if _grows(pattern, *each)), None)
    if attack is None:
        return None
    way, (lead, pump), end = attack
    return f"{way}: {lead!r} + {pump!r} * n + {end!r}"


def _grows(pattern: re.Pattern[Any], way: str, pumped: tuple[str, str], end: str) -> bool:
    lead, pump = pumped

    def time(size: int) -> float:
        text = lead + pump * (size // len(pump)) + end
        given = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
        took = _once(pattern, way, given)
        # the least, as a run may have had to wait
        return took if took < SLOW else min(took, _once(pattern, way, given))

    for size in SIZES:
        if (last := time(size)) > SLOW:
            if size == SIZES[0]:
                return True
            twice, more = time(2 * size), time(4 * size)
            return twice > GROWTH * last and more > GROWTH * twice
    return False


def _once(pattern: re.Pattern[Any], way: str, text: Any) -> float:
    start = process_time()
    found = getattr(pattern, way)(text)
    if way == "finditer":
        for _ in found:
            pass
    return process_time() - start


class Pumps:
    """The pumps of one pattern, each with what leads to it."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        text = pattern.pattern
        text = text.decode("latin-1") if isinstance(text, bytes) else text
        self._tree = parser.parse(text, pattern.flags & ~re.ASCII)
        self._flags = self._tree.state.flags
        self._groups: dict[int, str] = {}
        self._kinds = self._representatives()
        self.found: dict[tuple[str, str], None] = {}
        self._walk(self._tree, [""])

    def _walk(self, sequence: Iterable[Any], leads: list[str]) -> list[str]:
        """Note the pumps of *sequence*, which *leads* lead to; what leads behind it."""
        for kind, value in sequence:
            leads = self._step(kind, value, leads)
        return leads

    def _step(self, kind: Any, value: Any, leads: list[str]) -> list[str]:
        if kind in _REPEATS:
            least, most, inner = value
            if most >= _MANY:
                self._pump(inner, leads)
            after = self._walk(inner, leads)
            if least > 1:
                after = _few(a + b * least for a, b in product(leads, self._samples(inner)))
            return _few([*after, *leads] if least == 0 else after)
        if kind is op.BRANCH:
            return _few(_in_turn([self._walk(one, leads) for one in value[1]]))
        if kind is op.SUBPATTERN:
            return self._walk(value[-1], leads)
        if kind in _ASSERTS:
            self._walk(value[1], leads)
            return leads
        more = self._samples([(kind, value)])
        return _few(a + b for a, b in product(leads, more))

    def _pump(self, inner: Any, leads: list[str]) -> None:
        bodies = [body for body in self._samples(inner, 16) if body]
        for lead, body in product(leads, bodies):
            self._add(lead, body)
            self._add("", lead + body)
            self._add(lead, body + lead)
        for lead in leads:
            self._add("", lead)
        for one, other in product(bodies[:_FEW], bodies[:_FEW]):
            self._add(leads[0], one + other)

    def _add(self, lead: str, pump: str) -> None:
        if pump:
            self.found[lead, pump] = None

    def _samples(self, sequence: Iterable[Any], most: int = _FEW) -> list[str]:
        """Texts that *sequence* may match, of different kinds."""
        found = [""]
        for kind, value in sequence:
            more = self._of(kind, value, most)
            found = _few((a + b for b, a in product(more, found)), most)
        return found

    def _of(self, kind: Any, value: Any, most: int) -> list[str]:
        if kind in _CHARS:
            return self._chars(kind, value, most)
        if kind in _REPEATS:
            once = self._samples(value[2], most)
            return [each * max(value[0], 1) for each in once] + [""] * (value[0] == 0)
        if kind is op.BRANCH:
            return _few(_in_turn([self._samples(one, most) for one in value[1]]), most)
        if kind is op.SUBPATTERN:
            found = self._samples(value[-1], most)
            self._groups[value[0]] = found[0]
            return found
        if kind is op.GROUPREF:
            return [self._groups.get(value, "")]
        if kind is getattr(op, "ATOMIC_GROUP", None):
            return self._samples(value, most)
        return [""]  # assertions and anchors

    def _chars(self, kind: Any, value: Any, most: int) -> list[str]:
        if kind is op.LITERAL:
            return [chr(value)]
        matches = self._matcher(kind, value)
        return [char for char in self._kinds if matches(char)][:most]

    def _matcher(self, kind: Any, value: Any) -> Any:
        """What tells whether a character is in a set."""
        tree = parser.SubPattern(self._tree.state, [(kind, value)])
        return compiler.compile(tree, self._flags).fullmatch

    def _representatives(self) -> list[str]:
        """A character for each combination of the sets of the pattern that have one in common.

        Anchors tell letters and line ends from the others.
        """
        anchors = (re.compile(each).fullmatch for each in (r"\w", r"\n"))
        sets = [*anchors, *(self._matcher(*each) for each in _sets(self._tree))]
        chars = dict.fromkeys([*_PROBES, *_literals(self._tree)])
        kinds: dict[tuple[bool, ...], str] = {}
        for char in chars:
            kinds.setdefault(tuple(each(char) is not None for each in sets), char)
        return list(kinds.values())


def _few(texts: Iterable[str], most: int = _FEW) -> list[str]:
    return list(islice(dict.fromkeys(texts), most))


def _in_turn(lists: list[list[str]]) -> Iterator[str]:
    for at in range(max(map(len, lists))):
        yield from (each[at] for each in lists if at < len(each))


def _below(kind: Any, value: Any) -> Iterator[Any]:
    if kind in _REPEATS:
        yield value[2]
    elif kind is op.BRANCH:
        yield from value[1]
    elif kind is op.SUBPATTERN:
        yield value[-1]
    elif kind in _ASSERTS:
        yield value[1]
    elif kind is getattr(op, "ATOMIC_GROUP", None):
        yield value


def _sets(sequence: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for kind, value in sequence:
        if kind in _CHARS:
            yield kind, value
        for inner in _below(kind, value):
            yield from _sets(inner)


def _literals(sequence: Iterable[Any]) -> Iterator[str]:
    for kind, value in _sets(sequence):
        for one, what in value if kind is op.IN else [(kind, value)]:
            if one in (op.LITERAL, op.NOT_LITERAL):
                yield chr(what)
            elif one is op.RANGE:
                yield chr(what[0])
