"""Completions: paths, anchors, labels of definitions, names of footnotes."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from typing import Literal

from notelint.markdown.document import Document
from notelint.rules.shared.local_targets import encoded
from notelint.server.under_cursor import Reader, anchors
from notelint.text.source import Range, Span
from notelint.text.startup import NamedTuple
from notelint.workspace.tree import leads_up
from notelint.workspace.urls import unquote

# What is before the cursor, on its line.
_LINK = re.compile(r"\]\((?:<([^<>]*)|([^\s()<>]*))\Z")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]]+\]:[ \t]*<?([^\s<>]*)\Z")
_ATTRIBUTE = re.compile(
    r"""[\s"'](?:href|src|srcset|poster)[ \t]*=[ \t]*(?:"([^"]*)|'([^']*))\Z""", re.IGNORECASE
)
_LABEL = re.compile(r"\]\[([^\[\]]*)\Z")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]*)\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


class Completion(NamedTuple):
    """A completion: its label in the list, its kind, and the text that it inserts."""

    label: str
    kind: Literal["file", "folder", "anchor", "label"]
    text: str
    detail: str = ""


def completions(reader: Reader, offset: int) -> tuple[Range, list[Completion]] | None:
    """The completions that may replace the range before *offset*."""
    lines = reader.doc.lines
    number = lines.position(offset).line
    begin = lines.line_span(number).start
    before = reader.doc.source.text[begin:offset]
    if any(first <= number <= last for first, last in _lines_without_links(reader.doc)) or any(
        each.kind == "code" and each.span.start < offset <= each.span.end
        for each in reader.doc.nodes
    ):
        return None
    if found := _FOOTNOTE.search(before):
        names = {reader.doc.slice(each.label) for each in reader.doc.footnotes.definitions}
        items = [Completion(name, "label", name) for name in sorted(names)]
        typed = found[1]
    elif found := _LABEL.search(before):
        items = [*_labels(reader.doc)]
        typed = found[1]
    else:
        destination = _destination(before)
        if destination is None or _SCHEME.match(destination):
            return None
        typed, items = _in_destination(reader, destination)
    items = [each for each in items if each.text != typed]  # the typed text is not a choice
    return lines.range(Span(offset - len(typed), offset)), items


def _lines_without_links(doc: Document) -> Iterator[tuple[int, int]]:
    """The first and last lines of code and front matter."""
    for each in doc.codes:
        yield each.lines
    if doc.front_matter:
        yield doc.front_matter


def _labels(doc: Document) -> Iterator[Completion]:
    for each in doc.definitions:
        written = doc.slice(each.label)
        yield Completion(written, "label", written, each.target)


def _destination(before: str) -> str | None:
    """The part of a destination typed so far, at the end of *before*; None outside of one."""
    if found := _LINK.search(before) or _DEFINITION.match(before):
        return next(each for each in found.groups() if each is not None)
    tag = before.rfind("<")
    if tag >= 0 and (found := _ATTRIBUTE.search(before, tag)):
        value = str(next(each for each in found.groups() if each is not None))
        return value.rpartition(",")[2].lstrip() if "srcset" in found[0].lower() else value
    return None


def _in_destination(reader: Reader, destination: str) -> tuple[str, list[Completion]]:
    """The last part of *destination*, and its possible replacements."""
    path, hash_sign, fragment = destination.partition("#")
    if hash_sign:
        return fragment, [*_anchors(reader, path)]
    folder, _, name = path.rpartition("/")
    return name, [*_paths(reader, f"{folder}/" if "/" in path else "")]


def _anchors(reader: Reader, path: str) -> Iterator[Completion]:
    doc: Document | None = reader.doc
    if path:
        goal = reader.goal(path)
        known = goal and (goal.file == reader.key or reader.notes.is_note(goal.file))
        doc = reader.notes.document(goal.file) if goal and known else None
    if doc is None:
        return
    texts = {each.slug: each.text for each in doc.headings}
    for anchor in dict.fromkeys(anchor for anchor, _ in anchors(doc) if anchor):
        yield Completion(anchor, "anchor", encoded(anchor), texts.get(anchor, ""))


def _paths(reader: Reader, folder: str) -> Iterator[Completion]:
    if not reader.has_file:
        return
    tree = reader.place.linter.workspace.tree
    rooted = folder.startswith("/")
    base = "" if rooted else posixpath.dirname(reader.path)
    at = posixpath.normpath(posixpath.join(base, unquote(folder).lstrip("/")) or ".")
    at = "" if at == "." else at
    if leads_up(at):
        return
    for name in sorted(tree.names(at)):
        path = posixpath.join(at, name)
        if name.startswith(".") or os.path.join(reader.root, path) == reader.key:
            continue
        if tree.is_folder(path):
            yield Completion(f"{name}/", "folder", f"{encoded(name)}/")
        else:
            yield Completion(name, "file", encoded(name))
