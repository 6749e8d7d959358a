"""The first thing in which two notes that are translations of each other differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from notelint.rules.shared.skeleton import Alignment, Part, align
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
    left, right = {a for a, _ in found.pairs}, {b for _, b in found.pairs}
    missing = [a for a in range(len(original)) if a not in left]
    extra = [b for b in range(len(translation)) if b not in right]
    # what is in one gap is another wording, or another level, of the same
    gaps = _gaps(found, missing, extra)
    missing = [a for a in missing if not gaps[_gap(found, a, 0)] and not original[a].title]
    extra = [b for b in extra if not gaps[_gap(found, b, 1)] and not translation[b].title]
    # an aside that has no counterpart may be where another section seems to be missing
    asides = sum(each.aside for each in original) - sum(each.aside for each in translation)
    spare = (sum(a not in found.sure[0] for a in missing) <= asides,
             sum(b not in found.sure[1] for b in extra) <= -asides)  # fmt: skip
    missing = [a for a in missing if not original[a].aside and (a in found.sure[0] or not spare[0])]
    extra = [b for b in extra if not translation[b].aside and (b in found.sure[1] or not spare[1])]
    for a in missing:
        part = original[a]
        here = _before(found, a, 0)
        near = translation[here] if here is not None else None
        for b in extra:
            if _same(part, translation[b]):
                return Drift("moved", translation[b], part)
        if a in found.sure[0]:
            return Drift("missing", near, part)
        return _number(near, part, translation, original)
    for b in extra:
        if b in found.sure[1]:
            return Drift("added", translation[b], None)
        return _number(translation[b], None, translation, original)
    return None


def _number(
    here: Part | None, there: Part | None, translation: Sequence[Part], original: Sequence[Part]
) -> Drift | None:
    """Another number of sections; None where that is the same, but for asides."""
    one, other = (sum(not each.aside for each in parts) for parts in (translation, original))
    return Drift("sections", here, there, (one, other)) if one != other else None


def _same(one: Part, other: Part) -> bool:
    words = (bool(one.words) and one.words == other.words) or one.text == other.text
    return one.level == other.level and (words or len(one.links & other.links) > 1)


def _gap(found: Alignment, at: int, side: int) -> int:
    """The number of the gap between pairs that the section *at* is in; *side* is 0 or 1."""
    return sum(1 for pair in found.pairs if pair[side] < at)


def _gaps(found: Alignment, missing: Sequence[int], extra: Sequence[int]) -> Counter[int]:
    """The gaps in which both notes have sections of their own."""
    one = Counter(_gap(found, a, 0) for a in missing)
    other = Counter(_gap(found, b, 1) for b in extra)
    return one & other


def _before(found: Alignment, at: int, side: int) -> int | None:
    """The number, in the translation, of the last section before the gap that *at* is in."""
    before = [pair[1] for pair in found.pairs if pair[side] < at]
    return before[-1] if before else None


def _content(
    translation: Sequence[Part], original: Sequence[Part], found: Alignment
) -> Drift | None:
    codes = _total(original, "codes") != _total(translation, "codes")
    pictures = _total(original, "pictures") != _total(translation, "pictures")
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


def _total(parts: Sequence[Part], field: str) -> int:
    return sum(getattr(each, field) for each in parts)
