"""The element at a place of a note, and its target."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Literal

from notelint.markdown.definitions import label_key
from notelint.markdown.document import Document
from notelint.markdown.elements import Link, link_from_definition
from notelint.markdown.footnotes import FootnoteDefinition, FootnoteReference
from notelint.rules.shared.fragment_targets import lines_of
from notelint.server.open_notes import OpenNotes
from notelint.text.source import Position, Range, Span
from notelint.text.startup import NamedTuple

Kind = Literal["anchor", "link", "label", "footnote"]
_TOP = Range(Position(1, 1), Position(1, 1))


class Location(NamedTuple):
    """A range of lines and columns in the file at the absolute path ``file``."""

    file: str
    where: Range


class NamedElement(NamedTuple):
    """An element with a name: its kind, the name and its span, and the link, if it is one.

    The name is an anchor, a destination, or the label of a definition or a footnote as it is
    compared.
    """

    kind: Kind
    name: str
    span: Span
    link: Link | None = None


class Reader:
    """Answers about the note at *key*, a path or an address, among *notes*."""

    def __init__(self, notes: OpenNotes, key: str, doc: Document) -> None:
        self.key = key
        self.doc = doc
        self.notes = notes
        self.has_file = os.path.isabs(key)
        self.place = notes.place(key if self.has_file else os.path.join(os.getcwd(), "untitled.md"))
        self.path = self.place.note.path
        self.root = self.place.note.root
        self.links = self.place.links

    def at(self, offset: int) -> NamedElement | None:
        """The innermost element at *offset*: a link before the heading that it is in."""
        doc = self.doc
        for each in doc.definitions:
            if _has(each.span, offset):
                link = link_from_definition(each)
                if _has(link.target, offset):
                    return NamedElement("link", link.destination, link.target, link)
                return NamedElement("label", each.key, each.label, link)
        around = [each for each in doc.links if _has(each.span, offset)]
        for link in sorted(around, key=lambda each: each.span.end - each.span.start):
            if link.kind == "reference":
                return NamedElement("label", link.label or "", self.label_in(link), link)
            return NamedElement("link", link.destination, link.target, link)
        for note in self.footnotes():
            if _has(note.label, offset):
                return NamedElement("footnote", note.key, note.label)
        return self._anchor_at(offset)

    def _anchor_at(self, offset: int) -> NamedElement | None:
        line = self.doc.lines.position(offset).line
        for heading in self.doc.headings:
            if heading.lines[0] <= line <= heading.lines[1]:
                return NamedElement("anchor", heading.slug, heading.span)
        for tag in self.doc.tags:
            for each in tag.attributes:
                if each.name in ("id", "name") and _has(each.value_span, offset):
                    return NamedElement("anchor", each.value, each.value_span)
        return None

    # ------------------------------------------------------------------ where it leads

    def target(self, element: NamedElement) -> Location | None:
        """The place at which *element* is defined, or that it leads to."""
        if element.kind == "link":
            return self.goal(element.name)
        spans = [element.span]
        if element.kind == "label":
            spans = [each.label for each in self.doc.definitions if each.key == element.name]
        elif element.kind == "footnote":
            notes = self.doc.footnotes.definitions
            spans = [each.label for each in notes if each.key == element.name]
        return next(self._locations(spans), None)  # of two, GitHub takes the first

    def goal(self, destination: str) -> Location | None:
        """The place that *destination* leads to; None if there is none in the tree."""
        found = self.leads_to(destination)
        if found is None:
            return None
        path, fragment = found
        file = self.key if path == self.path else os.path.join(self.root, path)
        if os.path.isdir(file):
            return None
        return Location(file, self._part(path, file, fragment))

    def leads_to(self, destination: str) -> tuple[str, str | None] | None:
        """The path and fragment that *destination* leads to; None if it is not in the tree."""
        found = self.place.linter.workspace.resolve(destination, self.path)
        # a note without a file has anchors, too
        path = self.path if found.kind == "anchor" else self.links.file_of(found)
        return None if path is None else (path, found.fragment)

    def _part(self, path: str, file: str, fragment: str | None) -> Range:
        """The place of *fragment* in a file, its beginning if it is not there."""
        if not fragment:
            return _TOP
        if lines := lines_of(fragment):
            first, last = lines
            return Range(Position(max(first, 1), 1), Position(max(last, first, 1) + 1, 1))
        is_note = self.place.linter.workspace.facts(path) is not None
        doc = self.doc if file == self.key else self.notes.document(file) if is_note else None
        if doc is None:
            return _TOP
        for same in (str, str.casefold):
            for anchor, span in anchors(doc):
                if same(anchor) == same(fragment):
                    return doc.lines.range(span)
        return _TOP

    def references(self, element: NamedElement, *, declared: bool) -> list[Location]:
        """The places that name *element*; with the one that defines it, if *declared*."""
        target = self.target(element) if declared else None
        found = [target] if target else []
        if element.kind == "label":
            links = (each for each in self.doc.links if each.kind == "reference")
            found += self._locations(each.span for each in links if each.label == element.name)
        elif element.kind == "footnote":
            uses = self.doc.footnotes.references
            found += self._locations(each.label for each in uses if each.key == element.name)
        else:
            found += self._links_to(element)
        return [*dict.fromkeys(found)]

    def _links_to(self, element: NamedElement) -> Iterator[Location]:
        """The links that lead to *element*, an anchor, or to the target of this link."""
        is_link = element.kind == "link"
        target = self.leads_to(element.name) if is_link else (self.path, element.name)
        if target is None:
            return
        path, fragment = target
        for note, link in self.links.links_to(path, fragment or None):
            file = os.path.join(self.root, note)
            if doc := self.notes.document(file):
                yield Location(file, doc.lines.range(link.fact.target))

    # ------------------------------------------------------------------ names in the note

    def _locations(self, spans: Iterable[Span]) -> Iterator[Location]:
        for span in spans:
            yield Location(self.key, self.doc.lines.range(span))

    def label_in(self, link: Link) -> Span:
        """The span of the label in *link*, a reference in any of the three forms."""
        written = self.doc.slice(link.span)
        start = 1 + link.image
        if written.endswith("[]"):
            return Span(link.span.start + start, link.span.end - 3)
        cut = written.rfind("[")
        if cut > 0 and label_key(written[cut + 1 : -1]) == link.label:
            return Span(link.span.start + cut + 1, link.span.end - 1)
        return Span(link.span.start + start, link.span.end - 1)

    def footnotes(self) -> list[FootnoteDefinition | FootnoteReference]:
        """The footnotes that are defined in the note, and the references to them, in order."""
        found = self.doc.footnotes
        return sorted(
            [*found.definitions, *(each for each in found.references if each.defined)],
            key=lambda each: each.span,
        )


def anchors(doc: Document) -> Iterator[tuple[str, Span]]:
    """The anchors of *doc* and the places that they lead to."""
    for heading in doc.headings:
        yield heading.slug, heading.span
    for tag in doc.tags:
        for each in tag.attributes:
            if each.name in ("id", "name") and each.value:
                yield each.value, each.value_span


def _has(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
