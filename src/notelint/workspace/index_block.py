"""The index block of a note: its markers, and the entries between them."""

from __future__ import annotations

from notelint.markdown.comments import lone_comments
from notelint.markdown.document import Document
from notelint.text.source import LINE_END, Span
from notelint.text.startup import NamedTuple, lazy_regex

START, END = "<!-- index:start -->", "<!-- index:end -->"
MARKERS = ("index:start", "index:end")

IndexItem = tuple[int, int, str]
"""An item of the list: its line, counted from the start marker, its depth from 0, and the
destination of its first link, empty for an item without a link. Plain values."""

_KINDS = (
    ("#", "a heading"),
    (("<!--", "-->"), "a comment"),
    ("|", "a table"),
    (("```", "~~~"), "code"),
    (">", "a quote"),
    ("<", "HTML"),
)
_TASK = lazy_regex(r"\[[ xX]\][ \t]")


class IndexBlock(NamedTuple):
    """A list of notes between two markers, or a marker alone.

    ``span`` covers the block with its markers, ``line`` is its first line, from 1. ``inner`` and
    ``text`` are what is between the markers. ``foreign`` names the first thing there that is not an
    entry, with its line. ``fault`` says what is wrong with the markers; then there are no entries.
    ``second`` is the start marker of another block, which is not refreshed.
    """

    span: Span
    line: int = 1
    inner: Span = Span(0, 0)
    text: str = ""
    entries: tuple[IndexItem, ...] = ()
    foreign: str = ""
    fault: str = ""
    second: Span | None = None

    @property
    def lines(self) -> list[str]:
        """The lines between the markers; the first one is the rest of the line of the marker."""
        return LINE_END.split(self.text)


def index_block(doc: Document) -> IndexBlock | None:
    """The first index block of *doc*; None without a marker."""
    if "index:" not in doc.source.text:  # a quick test first
        return None
    markers = [each for each in lone_comments(doc) if each.text in MARKERS]
    if not markers:
        return None
    start = markers[0]
    if start.text != MARKERS[0]:
        return IndexBlock(start.span, fault=f"has no start marker above it, `{START}`")
    if len(markers) == 1 or markers[1].text != MARKERS[1]:
        return IndexBlock(start.span, fault=f"has no end marker, `{END}`")
    line = doc.lines.position(start.span.start).line
    inner = Span(start.span.end, markers[1].span.start)
    entries, foreign = _entries(doc, inner)
    span = Span(start.span.start, markers[1].span.end)
    second = next((each.span for each in markers[2:] if each.text == MARKERS[0]), None)
    return IndexBlock(span, line, inner, doc.slice(inner), entries, foreign, second=second)


def own_lines(doc: Document) -> frozenset[int]:
    """The lines, from 1, of the index block of *doc* with its markers."""
    block = index_block(doc)
    if block is None or block.fault or block.foreign:
        return frozenset()
    first, last = (doc.lines.position(offset).line for offset in block.span)
    return frozenset(range(first, last + 1))


def _entries(doc: Document, inner: Span) -> tuple[tuple[IndexItem, ...], str]:
    """The entries in *inner*, and the first thing there that is not an entry, or empty."""
    first = doc.lines.position(inner.start).line
    last = doc.lines.position(inner.end).line
    depths: dict[int, int] = {}  # by the number of an item
    items: dict[int, int] = {}  # the first item that begins on a line
    for number, item in enumerate(doc.items):
        depths[number] = depths[item.parent] + 1 if item.parent >= 0 else 0
        if first < item.lines[0] < last and not item.quoted:
            items.setdefault(item.lines[0], number)
    links: dict[int, str] = {}
    for link in doc.links:
        if inner.covers(link.span) and not link.image and link.kind != "definition":
            links.setdefault(doc.lines.position(link.span.start).line, link.destination)
    entries, foreign = [], ""
    for number in range(first + 1, last):
        line = doc.lines.line(number).strip()
        if not line:
            continue
        if number in items and not _TASK.match(line.lstrip("-*+ \t")):
            entries.append((number - first, depths[items[number]], links.get(number, "")))
        else:
            foreign = foreign or f"{_kind(line)} (line {number})"
    labels = [
        (row, entries[at + 1 : at + 2])
        for at, (row, _, destination) in enumerate(entries)
        if not destination
    ]
    depth_of = {row: depth for row, depth, _ in entries}
    for row, below in labels:
        if not foreign and not (below and below[0][1] > depth_of[row]):
            foreign = f"an item without a link (line {first + row})"
    return tuple(entries), foreign


def _kind(line: str) -> str:
    return next((name for start, name in _KINDS if line.startswith(start)), "text")
