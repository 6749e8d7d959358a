"""The anchors that are like one which is not there, and the one that is meant by it."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from notelint.markdown.anchors import slug
from notelint.rules.shared.jumps import Jump
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester

_DIGITS = lazy_regex(r"\d+")
_NUMBER = lazy_regex(r"-\d+$")
_SHORT = 4  # letters; in a word of no more, two others make another word
_ABBREVIATION = 3  # letters; in one of no more, one other does
_LONGEST = 60
_CJK = "\u2e80"  # from here on, a sign is a word
_MIN_START = 2  # letters that say where a heading begins
_LEAST = 0.7  # similarity


def close_anchors(jump: Jump, suggester: Suggester) -> tuple[str | None, list[str]]:
    """The anchor that *jump* means, if that is plain, and those that are close to its fragment."""
    anchors, fragment = jump.note.folded_anchors, jump.fragment.casefold()
    close = suggester.closest(fragment, anchors, 3, _LEAST)
    named = (jump.link.only or jump.link.named).casefold()
    same = by_bare(jump.note.anchors).get(bare(fragment), [])
    if not same and named != fragment:  # else the heading of that name is gone
        # the words of a link to another note may be the title of that
        own = jump.link.destination[0] == "#" or named in close
        same = [named] if named and named in anchors and own else []
        same = same or [each for each in close if _differ_in_a_word(fragment, each)]
    longer = _beginning(fragment, jump.note.anchors)
    close = list(dict.fromkeys((*same, *close, *longer)))[:3]
    meant = anchors[same[0]] if len(same) == 1 and _is_named(jump, anchors[same[0]]) else None
    return meant, [anchors[each] for each in close]


def _is_named(jump: Jump, anchor: str) -> bool:
    """Whether *anchor* is of a heading that *jump* can mean by its text."""
    if jump.link.only is not None:
        return jump.link.only == anchor
    if bare(jump.fragment.casefold()) == bare(anchor.casefold()):
        return True
    # several headings have, or had, the text of the link: any of them may be meant
    numbered = _NUMBER.search(jump.fragment) is not None
    return not numbered and f"{anchor.casefold()}-1" not in jump.note.folded_anchors


@lru_cache(256)
def by_bare(anchors: frozenset[str]) -> dict[str, list[str]]:
    """Anchors, without letter case, by their bare form; without those whose bare form is empty."""
    found: dict[str, list[str]] = {}
    for each in _in_order(anchors):
        found.setdefault(bare(each), []).append(each)
    found.pop("", None)
    return found


def _beginning(fragment: str, anchors: frozenset[str]) -> list[str]:
    """The first three anchors, without letter case, that have further words after *fragment*."""
    if len(fragment) < _MIN_START:
        return []
    known, start = _in_order(anchors), f"{fragment}-"
    at = bisect_left(known, start)
    return [each for each in known[at : at + 3] if each.startswith(start)]


@lru_cache(256)
def _in_order(anchors: frozenset[str]) -> list[str]:
    return sorted({anchor.casefold() for anchor in anchors})


def bare(anchor: str) -> str:
    """*anchor* without hyphens, punctuation, emoji and the digits in front."""
    letters = slug(anchor).replace("-", "").replace("_", "").replace("\ufe0f", "")
    return letters.lstrip("0123456789")


def _differ_in_a_word(one: str, other: str) -> bool:
    """Whether two anchors are equal but for one or two letters of one word."""
    words = [*zip(one.split("-"), other.split("-"), strict=False)]
    if one.count("-") != other.count("-"):
        return False
    different = [pair for pair in words if pair[0] != pair[1]]
    return len(different) == 1 and _is_misspelt(*different[0])


def _is_misspelt(one: str, other: str) -> bool:
    """Whether one word is the other with a slip; a number is right, and so is the first letter."""
    if one[:1] != other[:1] or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    if max(one + other) >= _CJK or max(len(one), len(other)) > _LONGEST:
        return False
    length = min(len(one), len(other))
    most = 0 if length <= _ABBREVIATION else 1 if length <= _SHORT else 2
    return _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """How many letters to change, to add and to take away make one word the other."""
    row: list[int] = [*range(len(other) + 1)]
    for number, letter in enumerate(one, 1):
        before, row = row, [number]
        for at, there in enumerate(other):
            row.append(min(before[at + 1] + 1, row[at] + 1, before[at] + (letter != there)))
    return row[-1]
