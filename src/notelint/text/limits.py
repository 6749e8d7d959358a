"""Limits for YAML and regular expressions that come from strangers.

A few lines of YAML can expand to more data than there is memory. A regular expression takes long
if its repetitions compete for the same characters: in how many ways it can match is computed
from its parsed form, and one with too many is refused.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Chars = frozenset[str]

_MAX_ALIASES = 30  # even nested, so few do not expand to much
MAX_BRACKETS = 1_000  # the time to parse grows with the square of their depth


def has_many_brackets(text: str, most: int = MAX_BRACKETS) -> bool:
    """Whether the YAML *text* may open more than *most* sequences and mappings in brackets."""
    return text.count("[") + text.count("{") > most


def is_small_yaml(text: str, characters: int, brackets: int = MAX_BRACKETS) -> bool:
    """Whether the YAML *text* is quick to parse: at most *characters* long, with few *brackets*."""
    return len(text) <= characters and not has_many_brackets(text, brackets)


def yaml_within_limits(text: str, characters: int) -> bool:
    """Whether *text* :func:`is_small_yaml` and has few aliases, so that it can be loaded.

    Raises yaml.YAMLError if it is not YAML.
    """
    if not is_small_yaml(text, characters):
        return False
    from notelint.text.yaml_loader import Loader, yaml  # slow to import

    events = yaml.parse(text, Loader)
    return sum(isinstance(each, yaml.AliasEvent) for each in events) <= _MAX_ALIASES


MAX_REGEX_CHARACTERS = 500  # of an expression, and of a text that it is matched with
_MAX_WAYS = 2 * MAX_REGEX_CHARACTERS  # one repetition that competes, and a choice
_OTHER = "\x80"  # stands for every character beyond ASCII
_ALL = frozenset(map(chr, range(129)))
_CASED_ELSEWHERE = frozenset("kKsSiI")  # letters that others are equal to but for case
_CATEGORIES = {
    "DIGIT": frozenset("0123456789"),
    "SPACE": frozenset(" \t\n\r\f\v"),
    "WORD": frozenset(each for each in map(chr, range(128)) if each.isalnum() or each == "_"),
}


class RegexRefused(ValueError):
    """A regular expression that is not used; the message says why."""


class _Part(NamedTuple):
    """A part of an expression.

    ``ways``: in how many ways it can match at most. ``first``: the characters that a match can
    start with, or, if the part can match the empty text (``empty``), that what follows can start
    with.
    """

    ways: int
    first: Chars
    empty: bool


@cache
def count_ways(expression: str) -> int:
    """The largest number of ways in which *expression* can match a text.

    The text has at most :data:`MAX_REGEX_CHARACTERS` characters. Raises :class:`RegexRefused` for
    an invalid expression, and for one that may take too long.
    """
    if len(expression) > MAX_REGEX_CHARACTERS:
        raise RegexRefused(f"is longer than {MAX_REGEX_CHARACTERS} characters")
    parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(expression)
            parsed = parser.parse(expression)
    except (re.error, OverflowError) as error:
        raise RegexRefused(f"is not valid: {fault(error)}") from None
    except RecursionError:
        raise RegexRefused("is nested too deeply") from None
    return _checked(_sequence(parsed, frozenset()).ways)


def fault(error: Exception) -> str:
    """The message of an *error* of :mod:`re`, without parts of the expression."""
    return re.split(r" at position |['<(?]", str(error), maxsplit=1)[0].rstrip()


def _checked(number: int) -> int:
    if number > _MAX_WAYS:
        raise RegexRefused("can take too long: its repetitions compete for the same characters")
    return number


def _sequence(items: Iterable[Any], after: Chars) -> _Part:
    """The sequence of *items*, followed by something that starts with a character of *after*."""
    whole = _Part(1, after, True)
    for item in reversed(list(items)):
        part = _part(item[0], item[1], whole.first)
        whole = _Part(_checked(part.ways * whole.ways), part.first, part.empty and whole.empty)
    return whole


def _part(kind: Any, about: Any, after: Chars) -> _Part:
    name = str(kind)
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
        return _Part(1, _characters(name, about), False)
    if name == "AT" or (name in ("ASSERT", "ASSERT_NOT") and about[0] < 0):
        return _Part(1, after, True)  # a look-behind has a fixed length
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _sequence(about[-1] if name == "SUBPATTERN" else about, after)
    if name == "BRANCH":
        return _choice([_sequence(each, after) for each in about[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = about
        return _repetition(least, min(int(most), MAX_REGEX_CHARACTERS), body, after)
    raise RegexRefused("looks ahead, or refers to a group")


def _choice(parts: list[_Part]) -> _Part:
    first: Chars = frozenset().union(*(each.first for each in parts))
    apart = sum(len(each.first) for each in parts) == len(first)
    number = max(each.ways for each in parts) if apart else sum(each.ways for each in parts)
    return _Part(_checked(number), first, any(each.empty for each in parts))


def _repetition(least: int, most: int, body: Any, after: Chars) -> _Part:
    again = _sequence(body, frozenset()).first if most > 1 else frozenset()
    part = _sequence(body, after | again)
    if most > 1 and (part.empty or part.ways > 1):
        raise RegexRefused("repeats what can match in several ways")
    # if the repeated part and what follows start differently, there is only one way to go on
    competes = part.empty or not part.first.isdisjoint(after)
    number = part.ways + (most - least if competes else 0)
    empty = part.empty or least == 0
    return _Part(_checked(number), part.first | (after if empty else frozenset()), empty)


def _characters(name: str, about: Any) -> Chars:
    """The characters that match when letter case does not count."""
    if name == "ANY":
        return _ALL
    if name == "IN":
        negated, members = str(about[0][0]) == "NEGATE", map(_member, about)
        found = frozenset().union(*members)
    else:
        negated, found = name == "NOT_LITERAL", _range(about, about)
    if negated:
        return _ALL - found | {_OTHER}
    cased = {each.swapcase() for each in found if each.isalpha()}
    return found | cased | ({_OTHER} if found & _CASED_ELSEWHERE else frozenset())


def _member(item: tuple[Any, Any]) -> Chars:
    name, about = str(item[0]), item[1]
    if name == "NEGATE":
        return frozenset()
    if name == "CATEGORY":
        category = str(about).removeprefix("CATEGORY_")
        known = _CATEGORIES.get(category.removeprefix("NOT_"), frozenset())
        return (_ALL - known if category.startswith("NOT_") else known) | {_OTHER}
    return _range(*(about if name == "RANGE" else (about, about)))


def _range(first: int, last: int) -> Chars:
    return frozenset(map(chr, range(first, min(last, 127) + 1))) | (
        {_OTHER} if last > 127 else frozenset()
    )
