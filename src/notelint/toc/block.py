"""The content of a table of contents: what belongs to it, and what a person wrote in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.markdown.parts import COMMENT, Part
from notelint.text.startup import NamedTuple
from notelint.toc.markers import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notelint.markdown.document import Document
    from notelint.toc.markers import TocBlock

_GENERATED = "Table of Contents generated with DocToc"  # an editor may have wrapped it


class Title(NamedTuple):
    """The title of a table: its first and last line, from 1, and its text as written.

    ``raw``: it is part of the HTML block of the start marker.
    """

    lines: tuple[int, int]
    text: str
    raw: bool


class BlockContent(NamedTuple):
    """The content of a block between its markers.

    ``listed`` are the lines, from 1, of the list and of doctoc's warning; ``targets`` are the
    destinations of the entries. ``foreign`` names the first thing that is not part of the table,
    None without one.
    """

    title: Title | None
    listed: frozenset[int]
    targets: frozenset[str]
    foreign: str | None


def title(doc: Document, block: TocBlock) -> Title | None:
    """The title of *block*: a line of words above the list; None without one."""
    for part in _parts(doc, block):
        if not _is_warning(part):
            return _as_title(doc, block, part)
    return None


def html_end(doc: Document, block: TocBlock) -> int:
    """The last line, from 1, of the HTML block of the start marker; 0 without one."""
    line = doc.lines.position(block.start.start).line
    around = (each.lines for each in doc.html_blocks if each.lines[0] < line <= each.lines[1])
    return next(around, (0, 0))[1]


def read_block(doc: Document, block: TocBlock) -> BlockContent:
    """Sort the content of *block*: doctoc's warning, title and list are its own."""
    listed: set[int] = set()
    targets: set[str] = set()
    rest: list[tuple[int, str]] = []
    above = title(doc, block)
    for part in _parts(doc, block):
        if part.is_entry or _is_warning(part):
            listed.update(range(part.lines[0], part.lines[1] + 1))
            targets.update(part.text.split("\n") if part.is_entry else ())
        elif not above or part.lines != above.lines:
            rest.append((part.lines[0], part.kind))
    listed.difference_update(line for line, _ in rest)
    known = listed.union(range(above.lines[0], above.lines[1] + 1) if above else ())
    found = min([*rest, *_unparsed(doc, block, known)], key=lambda each: each[0], default=None)
    foreign = f"{found[1]} (line {found[0]})" if found else None
    return BlockContent(above, frozenset(listed), frozenset(targets), foreign)


def own_lines(doc: Document, block: TocBlock, *, titled: bool) -> frozenset[int]:
    """The lines, from 1, of the markers and the list of *block*; if *titled*, also of the title."""
    found = read_block(doc, block)
    ranges = [doc.lines.range(span) for span in (block.start, block.end) if span]
    pairs = [(each.start.line, each.end.line) for each in ranges]
    if titled and found.title:
        pairs.append(found.title.lines)
    return found.listed.union(*(range(first, last + 1) for first, last in pairs))


def _inner(doc: Document, block: TocBlock) -> tuple[int, int]:
    """The first and the last line, from 1, between the markers."""
    first = doc.lines.position(block.start.end).line + 1
    return first, doc.lines.position(block.end.start).line - 1 if block.end else first - 1


def _parts(doc: Document, block: TocBlock) -> Iterator[Part]:
    first, last = _inner(doc, block)
    yield from _raw(doc, first, min(html_end(doc, block), last))
    yield from doc.parts(first, last)


def _raw(doc: Document, first: int, last: int) -> Iterator[Part]:
    """The lines of an HTML block as if they were Markdown: doctoc's warning, and a title."""
    words = []
    for number in range(first, last + 1):
        if doc.lines.line(number).strip() == START[1]:
            yield Part(COMMENT, (number, number), START[1])
        else:
            words.append(number)
    if words:
        alone = type(doc).of(doc.lines.line(words[0])).parts(1, 1)
        title = len(words) == 1 and any(part.title for part in alone)
        yield Part("HTML", (words[0], words[-1]), title=title)


def _is_warning(part: Part) -> bool:
    return part.kind == COMMENT and part.text == START[1]


def _as_title(doc: Document, block: TocBlock, part: Part) -> Title | None:
    if not part.title and part.text != _GENERATED:
        return None
    written = doc.slice(doc.lines.line_span(*part.lines)).rstrip("\r\n")
    return Title(part.lines, written, part.lines[0] <= html_end(doc, block))


def _unparsed(doc: Document, block: TocBlock, known: set[int]) -> Iterator[tuple[int, str]]:
    """The first line that is neither blank nor *known*, such as a definition; with its kind."""
    first, last = _inner(doc, block)
    for number in range(first, last + 1):
        if number not in known and doc.lines.line(number).strip():
            at = doc.lines.line_span(number)
            defined = any(each.span.overlaps(at) for each in doc.definitions)
            yield number, "a definition" if defined else "text"
            return
