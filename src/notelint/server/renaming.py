"""Edits that rename a heading, a label, a footnote or a file, with all that leads there."""

from __future__ import annotations

import os
from collections.abc import Sequence

from notelint.diagnostics import DiagnosticEdit
from notelint.markdown.definitions import label_key
from notelint.refactor.headings import rename_heading
from notelint.refactor.notes import Notes
from notelint.refactor.plan import plan
from notelint.refactor.proving import RefactorPlan
from notelint.refactor.refusal import Refusal
from notelint.server.open_notes import NoteInTree, OpenNotes
from notelint.server.under_cursor import NamedElement, Reader
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple
from notelint.workspace.git import repository_root

Edits = dict[str, list[DiagnosticEdit]]  # by absolute path, or the address of a text without one


class Renamable(NamedTuple):
    """An element with a name that can be changed: the span and the text of that name."""

    element: NamedElement
    span: Span
    text: str


def name_at(reader: Reader, offset: int) -> Renamable | None:
    """The name to change at *offset*: a heading there or one that the link leads to, a label."""
    element = reader.at(offset)
    if element is None:
        return None
    if element.kind in ("label", "footnote"):
        return Renamable(element, element.span, reader.doc.slice(element.span))
    if element.kind == "anchor":
        raw = next((each.raw for each in reader.doc.headings if each.span == element.span), None)
        return None if raw is None else Renamable(element, element.span, raw)
    written = reader.doc.slice(element.span)
    fragment = Span(element.span.start + written.find("#") + 1, element.span.end)
    goal = reader.goal(element.name)
    if "#" not in written or offset < fragment.start or goal is None:
        return None
    doc = reader.doc if goal.file == reader.key else reader.notes.document(goal.file)
    for heading in doc.headings if doc else ():
        if doc and doc.lines.range(heading.span) == goal.where:
            return Renamable(element, fragment, heading.raw)
    return None


def renamed(reader: Reader, offset: int, new: str) -> Edits:
    """The edits that give what is at *offset* the name *new*. Raises Refusal, FileProblem."""
    name = name_at(reader, offset)
    if name is None:
        raise Refusal("nothing to rename here: a heading, a link to one, a label or a footnote")
    if name.element.kind == "label":
        return {reader.key: _labels(reader, name.element, new)}
    if name.element.kind == "footnote":
        return {reader.key: _footnotes(reader, name.element, new)}
    if not reader.has_file:
        raise Refusal("save the note first: links to it are found by its path")
    target = reader.leads_to(name.element.name) if name.element.kind == "link" else None
    note, anchor = target or (reader.path, name.element.name)
    notes = _notes(reader.place)
    return _edits(notes, plan(notes, renamed=rename_heading(notes, note, anchor or "", new)))


def moved(notes: OpenNotes, pairs: Sequence[tuple[str, str]]) -> Edits:
    """The edits that let links follow files and folders moved from one path to another.

    Raises :class:`Refusal`, FileProblem.
    """
    edits: Edits = {}
    by_root: dict[str, tuple[NoteInTree, list[tuple[str, str]]]] = {}
    for old, new in pairs:
        if old in notes.folders and not repository_root(os.path.dirname(old)):
            continue  # a tree as a whole: what is beside it is not open
        place, target = notes.place(old), notes.note_path(new)
        if target.root != place.note.root:
            raise Refusal(f"{old}: links do not follow it out of {place.note.root}")
        by_root.setdefault(place.note.root, (place, []))[1].append((place.note.path, target.path))
    for place, inside in by_root.values():
        its = _notes(place)
        edits.update(_edits(its, plan(its, inside)))
    return edits


def _notes(place: NoteInTree) -> Notes:
    """The notes of the tree of *place*, with the facts that are known already."""
    session = place.linter.session
    known = session.analyses
    return Notes(
        session.root,
        facts=lambda path: known[path].facts if path in known else None,
        named=session.named,
    )


def _edits(notes: Notes, made: RefactorPlan) -> Edits:
    found: Edits = {}
    for path, edits in made.edits.items():
        lines = LineIndex(made.sources[path].text)
        found[notes.file(path)] = [
            DiagnosticEdit(lines.range(each.span), each.text) for each in edits
        ]
    return found


def _labels(reader: Reader, element: NamedElement, new: str) -> list[DiagnosticEdit]:
    new = new.strip()
    if not new or {*"[]\\\n\r"} & {*new} or len(new) > 999 or new.startswith("^"):
        raise Refusal(f"`{new}` cannot be a label")
    taken = {each.key for each in reader.doc.definitions} - {element.name}
    if label_key(new) in taken:
        raise Refusal(f"the label `{new}` is already defined")
    edits = [(each.label, new) for each in reader.doc.definitions if each.key == element.name]
    for link in reader.doc.links:
        if link.label != element.name or link.kind != "reference":
            continue
        span = reader.label_in(link)
        before = reader.doc.slice(Span(link.span.start, span.start))
        after = reader.doc.slice(Span(span.end, link.span.end))
        if before.endswith("]["):
            edits.append((span, new))  # `[text][label]`
        elif after == "][]":
            edits.append((Span(link.span.end - 1, link.span.end - 1), new))
        else:
            edits.append((Span(link.span.end, link.span.end), f"[{new}]"))
    lines = reader.doc.lines
    return [DiagnosticEdit(lines.range(span), text) for span, text in sorted(edits)]


def _footnotes(reader: Reader, element: NamedElement, new: str) -> list[DiagnosticEdit]:
    new = new.strip()
    if not new or any(char.isspace() or char in "[]^" for char in new):
        raise Refusal(f"`{new}` cannot be the name of a footnote")
    found = reader.footnotes()
    if label_key(new) in {each.key for each in found} - {element.name}:
        raise Refusal(f"the footnote `{new}` already exists")
    lines = reader.doc.lines
    labels = (each.label for each in found if each.key == element.name)
    return [DiagnosticEdit(lines.range(label), new) for label in labels]
