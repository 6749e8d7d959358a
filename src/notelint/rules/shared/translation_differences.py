"""The first thing in which two notes that are translations of each other differ."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.rules.shared.translation_sections import Alignment, Part, align
from notelint.text.startup import NamedTuple


class Drift(NamedTuple):
    """A difference.

    ``here`` is the section of the translation that it is in, or that is before it, ``there``
    that of the original; either may be None. ``kind`` says what it is: a section of the original
    that is ``missing``, ``moved``, or ``added`` in the translation, or another number of
    ``sections``; or what differs in a section of both, a ``code block``, ``picture`` or ``link``.
    ``numbers`` are those here and there, ``link`` is what is missing.
    """

    kind: str
    here: Part | None
    there: Part | None
    numbers: tuple[int, int] = (0, 0)
    link: str = ""


def first_drift(translation: Sequence[Part], original: Sequence[Part]) -> Drift | None:
    """The first difference, None without one, or where the two are not parallel."""
    found = align(original, translation)
    if found is None:
        return None
    return _sections(translation, original, found) or _content(translation, original, found)


def _sections(
    translation: Sequence[Part], original: Sequence[Part], found: Alignment
) -> Drift | None:
    missing, extra = _unpaired(found, len(original), len(translation))
    missing = [a for a in missing if not original[a].title]
    extra = [b for b in extra if not translation[b].title]
    # an aside that has no counterpart may be where another section seems to be missing
    asides = sum(each.aside for each in original) - sum(each.aside for each in translation)
    spare = (sum(a not in found.sure[0] for a in missing) <= asides,
             sum(b not in found.sure[1] for b in extra) <= -asides)  # fmt: skip
    missing = [a for a in missing if not original[a].aside and (a in found.sure[0] or not spare[0])]
    extra = [b for b in extra if not translation[b].aside and (b in found.sure[1] or not spare[1])]
    if missing:
        first = missing[0]
        above = [b for a, b in found.pairs if a < first]
        here, there = translation[above[-1]] if above else None, original[first]
        for b in extra:
            if _same(there, translation[b]):
                return Drift("moved", translation[b], there)
        if first in found.sure[0]:
            return Drift("missing", here, there)
        return _number(here, there, translation, original)
    if extra:
        here = translation[extra[0]]
        if extra[0] in found.sure[1]:
            return Drift("added", here, None)
        return _number(here, None, translation, original)
    return None


def _unpaired(found: Alignment, left: int, right: int) -> tuple[list[int], list[int]]:
    """The sections that are in no pair: of *left* ones of the original, of *right* ones here.

    Between two pairs, sections of both notes are another wording, or another level, of the same.
    """
    missing: list[int] = []
    extra: list[int] = []
    last_a = last_b = -1
    for a, b in (*found.pairs, (left, right)):
        between_a, between_b = range(last_a + 1, a), range(last_b + 1, b)
        if not (between_a and between_b):
            missing += between_a
            extra += between_b
        last_a, last_b = a, b
    return missing, extra


def _number(
    here: Part | None, there: Part | None, translation: Sequence[Part], original: Sequence[Part]
) -> Drift | None:
    """Another number of sections; None where that is the same, but for asides."""
    one, other = (sum(not each.aside for each in parts) for parts in (translation, original))
    return Drift("sections", here, there, (one, other)) if one != other else None


def _same(one: Part, other: Part) -> bool:
    words = (bool(one.words) and one.words == other.words) or one.text == other.text
    return one.level == other.level and (words or len(one.links & other.links) > 1)


def _content(
    translation: Sequence[Part], original: Sequence[Part], found: Alignment
) -> Drift | None:
    codes = sum(each.codes for each in original) != sum(each.codes for each in translation)
    pictures = sum(each.pictures for each in original) != sum(each.pictures for each in translation)
    every = frozenset().union(*(each.links for each in translation))
    for a, b in found.pairs:
        there, here = original[a], translation[b]
        if there.aside or here.aside:
            continue
        if codes and there.codes != here.codes:
            return Drift("code block", here, there, (here.codes, there.codes))
        if pictures and there.pictures != here.pictures:
            return Drift("picture", here, there, (here.pictures, there.pictures))
        # a note here may have another name in the other language
        lost = sorted(each for each in there.links - every if each.startswith("//"))
        if lost and here.linked < there.linked and here.links <= there.links:
            return Drift("link", here, there, link=lost[0].removeprefix("//"))
    return None
