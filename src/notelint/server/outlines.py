"""The parts of a note: its sections as symbols, what can be folded, how often it is linked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Literal

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.server.link_map import LinkMap
from notelint.server.under_cursor import Location, Reader
from notelint.text.source import Range, Span
from notelint.text.startup import NamedTuple
from notelint.toc.markers import find_blocks


class Section(NamedTuple):
    """A heading with all that is below it, and the sections in there."""

    heading: Heading
    where: Range
    parts: list[Section]


class Fold(NamedTuple):
    """Lines that can be folded, from 1, the last included."""

    first: int
    last: int
    kind: Literal["region", "comment"]


def sections(doc: Document) -> list[Section]:
    """The sections of *doc*, each in the one that it is part of."""
    top: list[Section] = []
    above: list[Section] = []
    for heading, last in zip(doc.headings, _ends(doc), strict=True):
        while above and above[-1].heading.level >= heading.level:
            above.pop()
        start = doc.lines.line_span(heading.lines[0]).start
        end = max(doc.lines.line_span(last).end, heading.span.end)
        section = Section(heading, doc.lines.range(Span(start, end)), [])
        (above[-1].parts if above else top).append(section)
        above.append(section)
    return top


def _ends(doc: Document) -> list[int]:
    """The last line of each section."""
    last = [len(doc.lines)] * len(doc.headings)
    around: list[int] = []  # the headings whose sections have not ended
    for number, heading in enumerate(doc.headings):
        while around and doc.headings[around[-1]].level >= heading.level:
            last[around.pop()] = heading.lines[0] - 1
        around.append(number)
    return [max(end, each.lines[1]) for end, each in zip(last, doc.headings, strict=True)]


def folds(doc: Document) -> list[Fold]:
    """The ranges that can be folded in *doc*."""
    found = [
        Fold(heading.lines[0], _filled(doc, last), "region")
        for heading, last in zip(doc.headings, _ends(doc), strict=True)
    ]
    found += [Fold(*each.lines, "region") for each in doc.codes if each.fenced]
    found += [Fold(*each.lines, "region") for each in doc.html_blocks]
    found += [_fold(doc, each.span, "comment") for each in doc.comments]
    found += [_fold(doc, each.span, "region") for each in find_blocks(doc)]
    if doc.front_matter:
        found.append(Fold(*doc.front_matter, "comment"))
    return sorted({each for each in found if each.last > each.first})


def _fold(doc: Document, span: Span, kind: Literal["region", "comment"]) -> Fold:
    lines = doc.lines.range(span).lines
    return Fold(lines[0], lines[-1], kind)


def _filled(doc: Document, last: int) -> int:
    """The last line up to *last* that is not blank."""
    while last > 1 and not doc.lines.line(last).strip():
        last -= 1
    return last


def link_counts(reader: Reader) -> list[tuple[Range, int]]:
    """The ranges that links lead to, and their number: headings, and the beginning of the note."""
    counts: dict[str | None, int] = {}
    for note, link in reader.links.links_to(reader.path, None):
        if note != reader.path or link.fragment:
            fragment = link.fragment or None
            counts[fragment] = counts.get(fragment, 0) + 1
    lines = reader.doc.lines
    found = [(lines.range(Span(0, 0)), counts[None])] if counts.get(None) else []
    for each in reader.doc.headings:
        if number := counts.get(each.slug):
            found.append((lines.range(each.span), number))
    return found


def matching_headings(query: str, root: str, links: LinkMap) -> Iterator[tuple[str, Location]]:
    """The headings in the tree at *root* that have the letters of *query*, in their order."""
    letters = query.casefold()
    for note in links.notes:
        for text, where in links.titles(note):
            if _has_in_order(text.casefold(), letters):
                yield text, Location(os.path.join(root, note), where)


def _has_in_order(text: str, letters: Sequence[str]) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
