"""Previews of the element at a place: the page of a rule, the target of a link, a picture."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import notelint.rules as rules
from notelint.diagnostics import Diagnostic
from notelint.markdown.document import Document
from notelint.server.under_cursor import NamedElement, Reader
from notelint.server.uris import uri_of
from notelint.text.escape import printable
from notelint.text.source import Range
from notelint.text.startup import lazy_regex
from notelint.workspace.assets import IMAGES

_LINES = 12  # of a note that is linked to
# The start of markup that an editor would load as soon as it shows it.
_LOADED = lazy_regex(
    r"!(?=\[)|<(?=(?:img|image|picture|source|svg|video|audio|track|embed|object|i?frame|link|style"
    r"|script|input|body)\b)",
    re.IGNORECASE,
)


def preview(reader: Reader, offset: int, findings: list[Diagnostic]) -> tuple[str, Range] | None:
    """Markdown about the element at *offset*, and the range of it."""
    at = reader.doc.lines.position(offset)
    here = [each for each in findings if each.range.start <= at <= each.range.end]
    if here:
        return "\n\n---\n\n".join(dict.fromkeys(map(_page, here))), here[0].range
    element = reader.at(offset)
    if element is None or element.kind == "anchor":
        return None
    text = _preview_of(reader, element)
    return (text, reader.doc.lines.range(element.span)) if text else None


def _page(finding: Diagnostic) -> str:
    return f"**{finding.rule}**: {_unloaded(finding.message)}\n\n{rules.get(finding.rule).doc}"


def _unloaded(text: str) -> str:
    """*text* of a note, with a space in what an editor would request from elsewhere."""
    return _LOADED.sub(lambda match: f"{match[0]} ", text)


def _code(text: str) -> str:
    """*text* on one line, as code, even with backticks in it."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    edge = " " if len(fence) > 1 else ""
    return _unloaded(f"{fence}{edge}{printable(text)}{edge}{fence}")


def _preview_of(reader: Reader, element: NamedElement) -> str:
    """Markdown about the target of *element*; empty if there is nothing to show."""
    if element.kind == "footnote":
        target = reader.target(element)
        return _unloaded(reader.doc.lines.line(target.where.start.line)) if target else ""
    destination = element.link.destination if element.link else element.name
    goal = reader.goal(destination)
    if goal is None:
        return _code(destination) if element.kind == "label" else ""
    file, where = goal
    if file.lower().endswith(IMAGES):
        return "![]({})".format(uri_of(file).replace("(", "%28").replace(")", "%29"))
    if os.path.isabs(file) and not reader.notes.is_note(file):
        return _code(os.path.relpath(file, reader.root))
    doc = reader.doc if file == reader.key else reader.notes.document(file)
    return _unloaded("\n".join(_beginning(doc, where.start.line))) if doc else ""


def _beginning(doc: Document, first: int) -> Iterator[str]:
    """The lines of *doc* from *first* on: of a section, or of any text."""
    stop = min(len(doc.lines) + 1, first + _LINES)
    level = next((each.level for each in doc.headings if each.lines[0] == first), 0)
    below = (each.lines[0] for each in doc.headings if each.level <= level)
    stop = next((line for line in below if first < line < stop), stop)
    while stop > first + 1 and not doc.lines.line(stop - 1).strip():
        stop -= 1
    return (doc.lines.line(number) for number in range(first, stop))
