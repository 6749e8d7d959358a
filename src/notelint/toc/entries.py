"""What a table of contents lists: which headings, under which text, nested how deep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from notelint.markdown.slug import Slugger
from notelint.text.named import NamedTuple
from notelint.toc.markers import TocBlock, excluded
from notelint.toc.options import TocOptions
from notelint.toc.text import entry_texts

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.headings import Heading

_HTML_LEVELS = 4  # doctoc's limit


class TocEntry(NamedTuple):
    """A line of the list: inline Markdown, the anchor as it is in the link, levels from 0."""

    text: str
    anchor: str
    depth: int


def entries(doc: Document, block: TocBlock | None, options: TocOptions) -> list[TocEntry]:
    """The entries for *block*, or for a new block at the top of *doc*.

    Listed are top-level headings below the block (with ``all`` also those above) of the levels
    asked for, unless they have no text or no anchor to link to.
    """
    if block is not None:
        options = block.options(options)
    listed = list(_listed(doc, block, options))
    depths = _depths([heading.level for heading, _ in listed], options)
    anchors = [_encoded(anchor) for _, anchor in listed]
    texts = entry_texts(doc, [heading for heading, _ in listed], anchors)
    return [TocEntry(*each) for each in zip(texts, anchors, depths, strict=True)]


def number_of(doc: Document, block: TocBlock | None, options: TocOptions) -> int:
    """How many entries there are, which is sooner told than their texts."""
    return sum(1 for _ in _listed(doc, block, block.options(options) if block else options))


# ---------------------------------------------------------------------- which


def _listed(
    doc: Document, block: TocBlock | None, options: TocOptions
) -> Iterable[tuple[Heading, str]]:
    whole = block is not None and block.style.whole  # mdformat-toc lists Markdown headings, all
    everywhere, with_html = options.all or whole, not whole
    below = block.span.end if block is not None else 0
    anchors = _anchors(doc, options)
    out = excluded(doc) | _title(doc, block, anchors, options)
    for index, heading in enumerate(doc.headings):
        if index in out or heading.nested or not heading.text.strip() or not anchors[index]:
            continue
        if not everywhere and heading.span.start < below:
            continue
        if not options.min_level <= heading.level <= options.max_level:
            continue
        if heading.html and not (with_html and _simple(heading)):
            continue
        yield heading, anchors[index]


def _title(
    doc: Document, block: TocBlock | None, anchors: Sequence[str], options: TocOptions
) -> frozenset[int]:
    """The heading that is the title of *block*, as an index, but where the list there has it.

    Never in the list is one that goes, or it would lead nowhere.
    """
    if block is None:
        return frozenset()
    start, end = block.inner
    inside = {at for at, each in enumerate(doc.headings) if start <= each.span.start < end}
    if not inside:
        return frozenset()
    from notelint.toc.own import own  # few tables have a heading in them

    found = own(doc, block)
    if found.title is None or found.foreign:  # then nothing is written
        return frozenset()
    goes = options.no_title or options.title not in (None, found.title.text)
    return frozenset(
        at
        for at in inside
        if doc.headings[at].lines[0] == found.title.lines[0]
        and (goes or not {f"#{anchors[at]}", f"#{_encoded(anchors[at])}"} & found.targets)
    )


def _simple(heading: Heading) -> bool:
    """Whether doctoc lists an HTML heading: on one line, and of the larger ones."""
    return heading.level <= _HTML_LEVELS and heading.lines[0] == heading.lines[1]


def _anchors(doc: Document, options: TocOptions) -> list[str]:
    if options.flavor != "github":
        slugger = Slugger(options.flavor)
        return [slugger.next(heading.text) for heading in doc.headings]
    ids = {
        tag.span.end: attribute.value
        for tag in doc.tags
        if tag.name[:1] == "h" and (attribute := tag.get("id"))
    }
    return [
        (heading.html and ids.get(heading.span.start)) or heading.slug for heading in doc.headings
    ]


# ---------------------------------------------------------------------- how deep


def _depths(levels: Sequence[int], options: TocOptions) -> list[int]:
    """Depths by rank, as doctoc has them, but never so deep that the list would break.

    An item is one only up to three spaces beyond the text of the item it belongs to; further in
    it is a code block or goes on with the line above.
    """
    lowest = min(levels, default=1)
    depths: list[int] = []
    around: list[tuple[int, int]] = []  # level and depth of the entries that this one is under
    for level in levels:
        while around and around[-1][0] >= level:
            around.pop()
        column = around[-1][1] * options.step + len(options.marker) + 1 if around else 0
        depth = min(level - lowest, (column + 3) // options.step)
        around.append((level, depth))
        depths.append(depth)
    return depths


def _encoded(anchor: str) -> str:
    """*anchor* as it stands in a link: non-ASCII characters percent-encoded, as doctoc does."""
    if anchor.replace("-", "").replace("_", "").isalnum() and anchor.isascii():
        return anchor
    from urllib.parse import quote

    return quote(anchor, safe="-_.!~*';/?:@&=+$,#")
