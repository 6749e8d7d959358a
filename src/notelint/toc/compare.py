"""Differences between a table of contents and the headings, as a reader notices them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from notelint.text.source import LINE_END
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.toc.entries import entries, levels_of
from notelint.toc.markers import TocBlock
from notelint.toc.options import TocOptions
from notelint.toc.render import item_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notelint.markdown.document import Document

_ITEM = lazy_regex(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d+[.)])[ \t]+(?P<rest>(?:[^ \t].*)?)")
_MARKUP = lazy_regex(r"<[^<>\s][^<>]*>|[\s\\*_`~]+")
_ZWJ = "\u200d"
_MAX_INDENT = 4  # spaces a level
_MAX_NAMES = 20  # entries named in a summary


class Item(NamedTuple):
    """A line of the list, as a reader notices it; ``text`` is as written, ``depth`` from 1."""

    text: str
    words: str
    anchor: str
    depth: int


class Differences(NamedTuple):
    """The texts of entries that are missing, too many, or lead elsewhere.

    ``moved``: only order or nesting differ.
    """

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    misled: tuple[str, ...] = ()
    moved: bool = False

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.misled or self.moved)

    def summary(self) -> str:
        """The differences in a phrase: ``missing: `A`, `B`; too many: `C```."""
        parts = [
            f"{what}: {_names(texts)}"
            for what, texts in (
                ("missing", self.missing),
                ("too many", self.extra),
                ("leading elsewhere", self.misled),
            )
            if texts
        ]
        return "; ".join(parts) or "order or nesting differs"


def _names(texts: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{text.strip('`')}`" for text in texts[:_MAX_NAMES])
    more = len(texts) - _MAX_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def differences(doc: Document, block: TocBlock, options: TocOptions) -> Differences:
    """How the list in *block* differs from the one that belongs there.

    Not counted: the title, blank lines, bullets, the width of the indentation, emphasis, and
    whether an anchor is percent-encoded.
    """
    wanted = _items(item_lines(entries(doc, block, options), options))
    found = _items(LINE_END.split(doc.slice(block.inner)))
    if [item[1:] for item in wanted] == [item[1:] for item in found]:  # all but texts
        return Differences()
    missing, extra = _without(wanted, found), _without(found, wanted)
    misled = Counter(item.words for item in missing) & Counter(item.words for item in extra)
    result = Differences(
        missing=tuple(_others(missing, misled)),
        extra=tuple(_others(extra, misled)),
        misled=tuple(item.text for item in missing if item.words in misled),
    )
    return result or Differences(moved=True)


def stale(doc: Document, block: TocBlock, options: TocOptions) -> tuple[TocOptions, Differences]:
    """The options of *block*, as far as its list shows, and how it differs with these."""
    difference = differences(doc, block, options)
    another = guess_options(doc, block, options) if difference else options
    if another == options:
        return options, difference
    return another, differences(doc, block, another)


def message(difference: Differences, blocked_by: str | None = None) -> str:
    """The message for a stale table, which is not refreshed for the reason *blocked_by*."""
    fault, summary = "table of contents differs from the headings", difference.summary()
    if blocked_by is None:
        return f"{fault}; {summary}"
    return f"{fault} ({summary}), but {blocked_by}"


def guess_options(doc: Document, block: TocBlock, options: TocOptions) -> TocOptions:
    """*options* with the order, bullet and levels of the list in *block*.

    The markers do not hold the options of the call that made it. The levels are those of its
    entries that are headings, unless half of the headings of these levels are missing in it.
    """
    if block.style.whole:
        return options  # its marker has options
    lines = LINE_END.split(doc.slice(block.inner))
    options = _with_marks(lines, options)
    items = _items(lines)
    for everywhere in (False, True):
        found = _with_levels(doc, block, items, replace(options, all=options.all or everywhere))
        if found and not differences(doc, block, found):
            return found
    return _with_levels(doc, block, items, options) or options


def _with_marks(lines: Iterable[str], options: TocOptions) -> TocOptions:
    """*options* with the order, bullet and indent of the items on *lines*, if all have the same."""
    items = [match for line in lines if (match := _ITEM.fullmatch(line))]
    marks = {match["mark"][-1] for match in items}
    if len(marks) != 1:
        return options
    (mark,) = marks
    bullet = options.bullet if mark in ".)" else mark
    found = replace(options, ordered=mark in ".)", bullet=bullet)
    step = min((len(match["indent"]) for match in items if match["indent"]), default=0)
    return replace(found, indent=step) if found.step < step <= _MAX_INDENT else found


def _with_levels(
    doc: Document, block: TocBlock, items: Sequence[Item], options: TocOptions
) -> TocOptions | None:
    """*options* with the levels of the headings that *items* lead to; None if that is unclear.

    An item that leads to none, nested deeper or less than all others, was of one more level.
    """
    every = replace(options, min_level=1, max_level=TocOptions().max_level)
    levels = [(level, _anchor(anchor)) for level, anchor in levels_of(doc, block, every)]
    there, known = {item.anchor for item in items}, {anchor for _, anchor in levels}
    found = [level for level, anchor in levels if anchor in there]
    if not found:
        return None
    low, high = min(found), max(found)
    if 2 * len(found) < sum(low <= level <= high for level, _ in levels):
        return None
    depths = [item.depth for item in items]
    right = [item.depth for item in items if item.anchor in known]
    starts = min(depths) == min(right) and any(level < low for level, _ in levels)
    ends = max(depths) == max(right) and any(level > high for level, _ in levels)
    return replace(
        options,
        min_level=low if starts else min(low, options.min_level),
        max_level=high if ends else max(high, options.max_level),
    )


def _without(items: list[Item], others: list[Item]) -> list[Item]:
    """The *items* without an equal in *others*, in any order."""
    left = Counter((other.words, other.anchor) for other in others)
    rest = []
    for item in items:
        key = item.words, item.anchor
        if left[key]:
            left[key] -= 1
        else:
            rest.append(item)
    return rest


def _others(items: list[Item], misled: Counter[str]) -> Iterable[str]:
    left = misled.copy()
    for item in items:
        if left[item.words]:
            left[item.words] -= 1
        else:
            yield item.text


def _items(lines: Iterable[str]) -> list[Item]:
    items, indents = [], [-1]
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            continue
        indent = len(match["indent"].expandtabs(4))
        while indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        text, anchor = _link(match["rest"].rstrip(" \t"))
        items.append(Item(text, _MARKUP.sub("", text), _anchor(anchor), len(indents)))
    return items


def _link(item: str) -> tuple[str, str]:
    """The text and the anchor of *item*, a link into the note; else all of it, and no anchor."""
    at = max(item.rfind("](#"), item.rfind("](<#"))
    if at < 0 or item[0] != "[" or item[-1] != ")":
        return item, ""
    return item[1:at], item[item.index("#", at) + 1 : -1].removesuffix(">")


def _anchor(written: str) -> str:
    from urllib.parse import unquote

    return unquote(written).replace(_ZWJ, "")
