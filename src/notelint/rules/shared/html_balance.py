"""The HTML tags of a document without a partner, or with the wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from notelint.markdown.html import Tag
from notelint.rules.shared.html_names import WRAPPERS
from notelint.text.startup import NamedTuple

# Elements that need an end tag (HTML, 13.1.2.4); a reader sees that it is missing: the rest of
# the page goes into the fold, the table, the heading. `p`, `li`, `tr`, `td` and the like may stay
# open; `span` shows nothing.
_BLOCKS = WRAPPERS | {"details", "dl", "ol", "pre", "summary", "table", "ul"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Browsers mend what crosses among these, so only their number counts, not their order.
_INLINE = frozenset(
    {"a", "b", "big", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp", "small"}
    | {"strike", "strong", "sub", "sup", "tt", "u"}
)
_NESTING = _BLOCKS - {"pre", "summary"}

Kind = Literal["open", "reopened", "stray", "crossed"]


class Fault(NamedTuple):
    """A tag at fault.

    ``open``: never closed; ``other`` is the closing tag of an element around it, if that came.
    ``reopened``: opened where ``other``, of the same name, should have been closed. ``stray``:
    closes a `<details>` that was never opened, as ``other``, a `<summary>`, shows. ``crossed``:
    comes after ``other``, which closed an element around its own.
    """

    kind: Kind
    tag: Tag
    other: Tag | None = None


def faults(tags: Iterable[Tag]) -> list[Fault]:
    """The faults among the *tags* of a document, which are in order; the faults are, too.

    An end tag that nothing opened is none: every browser drops it. Linear: a tag is pushed and
    popped at most once.
    """
    balance = _Balance()
    for tag in tags:
        if tag.name in _BLOCKS or tag.name in _HEADINGS or tag.name in _INLINE:
            balance.take(tag)
    return sorted(balance.done(), key=lambda fault: fault.tag.span)


def nests(tag: Tag) -> bool:
    """Whether an element may be in another of its name."""
    return tag.name in _NESTING


class _Balance:
    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._blocks: list[Tag] = []
        self._open: dict[str, int] = {}  # how many of _blocks there are of a family
        self._inline: dict[str, list[Tag]] = {}
        self._crossed: dict[str, list[tuple[Tag, Tag]]] = {}
        self._orphan: Tag | None = None  # a `<summary>` outside `<details>`

    def take(self, tag: Tag) -> None:
        family = _family(tag)
        if tag.closing:
            self._close(tag, family)
        elif tag.self_closing:
            return  # `<div/>` is closed for JSX, open for a browser
        elif tag.name in _INLINE:
            self._inline.setdefault(family, []).append(tag)
        else:
            if family == "summary" and not self._open.get("details"):
                self._orphan = tag
            self._blocks.append(tag)
            self._open[family] = self._open.get(family, 0) + 1

    def _close(self, tag: Tag, family: str) -> None:
        if self._inline.get(family):
            self._inline[family].pop()
        elif self._open.get(family):
            self._close_block(tag, family)
        elif crossed := self._crossed.get(family):
            self._found.append(Fault("crossed", tag, crossed.pop()[1]))
        elif self._orphan and family in ("details", "summary"):
            self._found.append(Fault("stray", tag, self._orphan))
            self._orphan = None

    def _close_block(self, tag: Tag, family: str) -> None:
        while True:
            last = self._blocks.pop()
            self._open[_family(last)] -= 1
            if _family(last) == family:
                return
            self._crossed.setdefault(_family(last), []).append((last, tag))

    def done(self) -> list[Fault]:
        opened = [Fault("open", tag) for tag in self._blocks]
        opened += [Fault("open", *pair) for pairs in self._crossed.values() for pair in pairs]
        opened += [Fault("open", tag) for tags in self._inline.values() for tag in tags]
        # an `<a>` without an address is an anchor: open or closed, it is invisible
        return self._found + [
            fault for fault in opened if fault.tag.name != "a" or fault.tag.get("href")
        ]


def _family(tag: Tag) -> str:
    return "h" if tag.name in _HEADINGS else tag.name  # any of them closes any other
