"""What a fix may do to a document: declared by its rule, held against the document it leaves.

An effect has a method for each aspect of an :class:`Outline` that may differ, named as the
aspect; it gets the aspect before and after and the number of fixes applied, and says whether they
explain the difference. An aspect without a method must be as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from notelint.markdown.outline import Outline
from notelint.text.invisible import without
from notelint.workspace.urls import SITES, Site, canonical

Block = tuple[str, int]


class Effect:
    """Nothing that a reader sees: the same page, laid out otherwise."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """Why *fixes* fixes of this effect do not explain *after*; None if they do."""
        for aspect in Outline._fields:
            explains: Callable[[Any, Any, int], bool] = getattr(self, aspect, _same)
            if not explains(getattr(before, aspect), getattr(after, aspect), fixes):
                return f"it would change the {aspect}"
        return None

    def with_options(self, options: Any) -> Effect:
        """This effect for a rule with those *options*, where they make a difference."""
        return self


def _same(before: object, after: object, fixes: int) -> bool:
    return before == after


class Contents(Effect):
    """The table of contents is another one; the outlines compared are those without it."""


@dataclass(frozen=True)
class Readdresses(Effect):
    """One address a fix becomes another, where ``allowed(before, after)``."""

    allowed: Callable[[str, str], bool]

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        # one definition may stand behind any number of links
        return self._explained(before, after, len(before))

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return self._explained(before, after, len(before))

    def definitions(
        self, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], fixes: int
    ) -> bool:
        return [key for key, _ in before] == [key for key, _ in after] and self._explained(
            [target for _, target in before], [target for _, target in after], fixes
        )

    def _explained(self, before: Sequence[str], after: Sequence[str], most: int) -> bool:
        if len(before) != len(after):
            return False
        changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        return len(changed) <= most and all(self.allowed(*pair) for pair in changed)


class RemovesImages(Effect):
    """Images without a source go, and the blocks that held nothing else.

    Text that such a tag made part of an HTML block becomes a paragraph.
    """

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        shown = [source for source in before if source.strip()]
        return (
            shown == [source for source in after if source.strip()]
            and 0 <= len(before) - len(after) <= fixes
        )

    def blocks(self, before: Sequence[Block], after: Sequence[Block], fixes: int) -> bool:
        was, now = _as_paragraphs(before), _as_paragraphs(after)
        gone = _gone(was, now)
        return (
            is_part(now, was)
            and set(gone) <= {"paragraph_open"}
            and gone.total() <= fixes
            and _gone(before, after)["html_block"] <= fixes
        )


def _as_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    return [("paragraph_open" if kind == "html_block" else kind, depth) for kind, depth in blocks]


def _gone(before: Sequence[Block], after: Sequence[Block]) -> Counter[str]:
    """How many blocks of each kind there are no longer, at whatever depth."""
    return Counter(kind for kind, _ in before) - Counter(kind for kind, _ in after)


_LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True)
class RemovesEntries(Effect):
    """List items that were nothing but a link go; where it led, another link still leads.

    That one may stand in another file, where the rule looks ``across_files``.
    """

    sites: tuple[Site, ...] = SITES
    across_files: bool = False

    def with_options(self, options: Any) -> Effect:
        """This effect for links compared as *options* say."""
        return RemovesEntries(options.sites, options.across_files)

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        gone = list((Counter(before) - Counter(after)).elements())
        kept = {self._page(each) for each in after}
        return (
            is_part(after, before)
            and len(gone) <= fixes
            and (self.across_files or all(self._page(each) in kept for each in gone))
        )

    def _page(self, destination: str) -> str:
        return canonical(destination, self.sites) or destination

    def words(self, before: str, after: str, fixes: int) -> bool:
        return is_part(after, before)

    def blocks(self, before: Sequence[Block], after: Sequence[Block], fixes: int) -> bool:
        gone = _gone(before, after)
        return (
            is_part(after, before)
            and set(gone) <= {"list_item_open", "paragraph_open", *_LISTS}
            and all(number <= fixes for number in gone.values())
        )


class RemovesDefinitions(Effect):
    """Reference definitions go that no link uses: the links are the same without them."""

    def definitions(
        self, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], fixes: int
    ) -> bool:
        return is_part(after, before) and len(before) - len(after) <= fixes


class TakesEffect(Effect):
    """What stood there as literal markup takes effect: nothing but markup goes from the text."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and every letter must still be there, if only in an address."""
        lost = _letters(before) - _letters(after)
        return "it would lose words" if lost else super().objection(before, after, fixes)

    def words(self, before: str, after: str, fixes: int) -> bool:
        return is_part(after, before)

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return is_part(before, after)

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return is_part(before, after)

    def code(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return is_part(before, after)

    def blocks(self, before: Sequence[Block], after: Sequence[Block], fixes: int) -> bool:
        return True


class RestoresMarkup(Effect):
    """Lines of text become the headings, entries and quotes that they were meant to be.

    The headings that were there stay, in their order; of the text, only markup and what is
    invisible may go.
    """

    def headings(
        self, before: Sequence[tuple[Any, ...]], after: Sequence[tuple[Any, ...]], fixes: int
    ) -> bool:
        kept = [(level, *map(without, rest)) for level, *rest in before]
        now = [(level, *map(without, rest)) for level, *rest in after]
        return is_part(kept, now) and len(now) - len(kept) <= fixes

    def words(self, before: str, after: str, fixes: int) -> bool:
        was, now = without(before), without(after)
        lost = Counter(was) - Counter(now)
        return is_part(now, was) and not any(char.isalpha() for char in lost)

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return list(map(without, before)) == list(map(without, after))

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return self.links(before, after, fixes)

    def definitions(
        self, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], fixes: int
    ) -> bool:
        return [tuple(map(without, each)) for each in before] == [
            tuple(map(without, each)) for each in after
        ]

    def blocks(self, before: Sequence[Block], after: Sequence[Block], fixes: int) -> bool:
        # code and HTML would be other aspects; lists may join, paragraphs come apart
        return set(_gone(before, after)) <= {"paragraph_open", *_LISTS}


class Relinks(Effect):
    """Text becomes a link or an image, or a bare URL gives back the text that it had swallowed.

    Every letter stays, in the text or in an address, but the title of an image, which an outline
    leaves out.
    """

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and no letter may go or come."""
        old, new = (_folded(_letters(each)) for each in (before, after))
        if new - old or (old - new and len(before.images) == len(after.images)):
            return "it would change words"
        return super().objection(before, after, fixes)

    def words(self, before: str, after: str, fixes: int) -> bool:
        return True

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        lost, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        new = [each for each in come.elements() if not any(map(partial(_one_holds, each), lost))]
        return len(new) <= fixes and all(any(map(partial(_one_holds, each), come)) for each in lost)

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        return is_part(before, after) and len(after) - len(before) <= fixes


def _one_holds(one: str, other: str) -> bool:
    return one in other or other in one


def _folded(letters: Counter[str]) -> Counter[str]:
    folded: Counter[str] = Counter()
    for letter, number in letters.items():
        folded[letter.casefold()] += number
    return folded


def _letters(outline: Outline) -> Counter[str]:
    pieces = (outline.words, *outline.code, *outline.links, *outline.images)
    return Counter(char for piece in pieces for char in piece if char.isalpha())


def is_part(part: Sequence[Any], whole: Sequence[Any]) -> bool:
    """Whether *part* is *whole* with some elements left out, order kept."""
    rest = iter(whole)
    return all(any(each == other for other in rest) for each in part)
