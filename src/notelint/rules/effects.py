"""The changes that a fix may make: declared by its rule, compared with the document it leaves.

An effect has a method for each aspect of an :class:`Outline` that may differ, named as the
aspect; it gets the aspect before and after and the number of fixes applied, and says whether they
explain the difference. An aspect without a method must be as it was.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import ne
from typing import Any

from notelint.markdown.document import Document
from notelint.markdown.outline import Outline
from notelint.workspace.resolve import page_at
from notelint.workspace.sites import SITES, Site
from notelint.workspace.urls import unquote

OutlineBlock = tuple[str, int]
Blocks = Sequence[OutlineBlock]
Text = tuple[int, str]
Definitions = Sequence[tuple[str, str]]
Elements = Sequence[Any]


class Effect:
    """What fixes may change. This one allows nothing that a reader sees to change."""

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """Why *fixes* fixes of this effect do not explain *after*; None if they do."""
        for aspect in before._fields:
            explains: Callable[[Any, Any, int], bool] = getattr(self, aspect, _same)
            if not explains(getattr(before, aspect), getattr(after, aspect), fixes):
                return f"it would change the {aspect}"
        return None

    def with_options(self, options: Any) -> Effect:
        """This effect for a rule with those *options*, where they make a difference."""
        return self

    def beside(self, destinations: Destinations) -> Effect:
        """This effect for a part of a document in which all links have these *destinations*."""
        return self


def _same(before: object, after: object, fixes: int) -> bool:
    return before == after


# Methods of effects for aspects that are sequences.


def may_lose(effect: Effect, before: Elements, after: Elements, fixes: int) -> bool:
    """Whether elements may only go."""
    return is_part(after, before)


def may_gain(effect: Effect, before: Elements, after: Elements, fixes: int) -> bool:
    """Whether elements may only come."""
    return is_part(before, after)


def may_lose_one_each(effect: Effect, before: Elements, after: Elements, fixes: int) -> bool:
    """Whether elements may only go, one for each fix."""
    return is_part(after, before) and len(before) - len(after) <= fixes


def may_gain_one_each(effect: Effect, before: Elements, after: Elements, fixes: int) -> bool:
    """Whether elements may only come, one for each fix."""
    return is_part(before, after) and len(after) - len(before) <= fixes


def not_compared(effect: Effect, before: object, after: object, fixes: int) -> bool:
    """Always true: the effect looks at this aspect together with others."""
    return True


class ReplacesBlock(Effect, ABC):
    """Generated lines are replaced; the outlines are compared without them."""

    @abstractmethod
    def own_lines(self, doc: Document) -> frozenset[int]:
        """The generated lines in *doc*."""


class ReplacesToc(ReplacesBlock):
    """The list in a table of contents is replaced; if *titled*, the title above it as well."""

    def __init__(self, *, titled: bool = False) -> None:
        self.titled = titled

    def with_options(self, options: Any) -> Effect:
        """This effect for a table that is made as *options* say."""
        another = options.no_title or options.title is not None
        return ReplacesToc(titled=True) if another else self

    def own_lines(self, doc: Document) -> frozenset[int]:
        """The lines of the table of contents that is kept up to date, less what is not its own."""
        from notelint.toc.block import own_lines
        from notelint.toc.markers import find_markers  # most fixes are of something else

        found = find_markers(doc)  # a marker alone asks for a table, and is part of it then
        blocks = found.blocks or found.alone
        return own_lines(doc, blocks[0], titled=self.titled) if blocks else frozenset()


class ReplacesIndex(ReplacesBlock):
    """The list in an index of notes is replaced."""

    def own_lines(self, doc: Document) -> frozenset[int]:
        """The lines of the index block."""
        from notelint.workspace.index_block import own_lines

        return own_lines(doc)


class Readdresses(Effect):
    """Each fix changes one address to one that ``allowed(before, after)`` accepts."""

    def __init__(self, allowed: Callable[[str, str], bool]) -> None:
        self.allowed = allowed

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        # one definition may be after any number of links
        return len(before) == len(after) and all(
            old == new or self.allowed(old, new) for old, new in zip(before, after, strict=True)
        )

    images = links

    def definitions(self, before: Definitions, after: Definitions, fixes: int) -> bool:
        same = [key for key, _ in before] == [key for key, _ in after]
        old, new = ([target for _, target in each] for each in (before, after))
        return same and sum(map(ne, old, new)) <= fixes and self.links(old, new, fixes)


def same_but_case(before: str, after: str) -> bool:
    """Whether two addresses differ in nothing but letter case and percent-encoding."""
    return unquote(before).casefold() == unquote(after).casefold()


class RemovesImages(Effect):
    """Images without a source go, the blocks that held nothing else, and hard breaks behind them.

    Text that such a tag made part of an HTML block becomes a paragraph.
    """

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; with each image, one hard break may go."""
        images = len(before.images) - len(after.images)
        gone = Counter(before.marks) - Counter(after.marks)
        if 0 < gone["hardbreak"] == gone.total() <= images and is_part(after.marks, before.marks):
            before = before._replace(marks=after.marks)
        return super().objection(before, after, fixes)

    def images(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        shown = [source for source in before if source.strip()]
        return (
            shown == [source for source in after if source.strip()]
            and 0 <= len(before) - len(after) <= fixes
        )

    texts = not_compared  # an HTML block becomes paragraphs, of the same words

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        was, now = _as_paragraphs(before), _as_paragraphs(after)
        gone = gone_from(was, now)
        return (
            is_part(now, was)
            and set(gone) <= {"paragraph_open", "list_item_open", "bullet_list_open"}
            and all(number <= fixes for number in gone.values())
            and gone["bullet_list_open"] <= gone["list_item_open"]
            and gone_from(before, after)["html_block"] <= fixes
        )


def _as_paragraphs(blocks: Blocks) -> list[OutlineBlock]:
    return [("paragraph_open" if kind == "html_block" else kind, depth) for kind, depth in blocks]


def gone_from(before: Blocks, after: Blocks) -> Counter[str]:
    """The number of blocks of each kind that are gone, at any depth."""
    return Counter(kind for kind, _ in before) - Counter(kind for kind, _ in after)


class Destinations:
    """The destinations of the links in a document."""

    def __init__(self, links: Iterable[str]) -> None:
        self._links = links
        self._pages: Counter[str] | None = None

    def pages(self, page: Callable[[str], str]) -> Counter[str]:
        """How many links lead to each *page*, which is the same for addresses of one."""
        if self._pages is None:
            self._pages = Counter(map(page, self._links))
        return self._pages


class RemovesEntries(Effect):
    """List items that were nothing but a link go; where it led, another link still leads."""

    def __init__(
        self, sites: tuple[Site, ...] = SITES, *, whole: Destinations | None = None
    ) -> None:
        self.sites = sites
        self._whole = whole

    def with_options(self, options: Any) -> Effect:
        """This effect for links compared as *options* say."""
        return RemovesEntries(options.sites)

    def beside(self, destinations: Destinations) -> RemovesEntries:
        """This effect for a part: another link may lead on from beside it."""
        return RemovesEntries(self.sites, whole=destinations)

    def links(self, before: Sequence[str], after: Sequence[str], fixes: int) -> bool:
        gone = list((Counter(before) - Counter(after)).elements())
        return is_part(after, before) and len(gone) <= fixes and self.lead_on(gone, after)

    def lead_on(self, gone: Iterable[str], after: Iterable[str]) -> bool:
        """Whether another link leads to where each of *gone* led, one of *after* for example."""
        if self._whole:
            pages = self._whole.pages(self._page)
            return all(
                pages[page] > number for page, number in Counter(map(self._page, gone)).items()
            )
        kept = {self._page(each) for each in after}
        return all(self._page(each) in kept for each in gone)

    def _page(self, destination: str) -> str:
        return page_at(destination, self.sites) or destination

    def objection(self, before: Outline, after: Outline, fixes: int) -> str | None:
        """As for any effect; and every item that goes takes one link with it."""
        items = gone_from(before.blocks, after.blocks)["list_item_open"]
        if items != len(before.links) - len(after.links) or (not items and before != after):
            return "it would change more than entries"
        if len(before.texts) - len(after.texts) > items:
            return "it would change the texts"
        return super().objection(before, after, fixes)

    words = not_compared
    texts = marks = titles = may_lose
    code = may_lose  # in a link; blocks of code may not go

    def blocks(self, before: Blocks, after: Blocks, fixes: int) -> bool:
        gone = gone_from(before, after)
        return (
            is_part(after, before)
            and set(gone) <= {"list_item_open", "paragraph_open"}
            and all(number <= fixes for number in gone.values())
        )


class RemovesDefinitions(Effect):
    """Reference definitions go that no link uses: the links are the same without them."""

    definitions = may_lose_one_each


def is_part(part: Sequence[Any], whole: Sequence[Any]) -> bool:
    """Whether *part* is *whole* with some elements left out, order kept."""
    rest = iter(whole)
    return all(any(each == other for other in rest) for each in part)
