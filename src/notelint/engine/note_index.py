"""Refreshing or creating the index of notes in one note, without a run over the tree."""

from __future__ import annotations

from collections.abc import Callable

from notelint.engine.gate import attempt
from notelint.engine.note_path import NotePath
from notelint.markdown.document import Document
from notelint.rules.effects import ReplacesIndex
from notelint.rules.index_stale import BOOK, index_stale
from notelint.text.edits import Edit, Fix
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.index_block import END, START, index_block
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace


class IndexResult(NamedTuple):
    """The note with its index, and the spans of indexes left unchanged, each with a message.

    ``objection`` is the gate's objection to writing the index, if there is one.
    """

    doc: Document
    blocked: tuple[tuple[Span, str], ...] = ()
    objection: str | None = None


def with_fresh_index(
    note: NotePath, doc: Document, excluded: Callable[[str], bool], *, create: bool = False
) -> IndexResult:
    """*doc*, the text of *note*, with its index up to date; with *create*, a new one at its end.

    *excluded* says whether the note at an absolute path is excluded.
    """
    if note.path.rpartition("/")[2] == BOOK:
        return IndexResult(doc)
    if create and index_block(doc) is None:
        doc, objection = attempt(doc, ReplacesIndex(), [_new(doc)])
        if objection:
            return IndexResult(doc, objection=objection)

    def load(path: str) -> FileFacts | None:
        try:
            data = read_note.read(f"{note.root}/{path}", path)
        except read_note.FileProblem:
            return None
        return facts_of(path, Document(Source.decode(data)), copies=False)

    workspace = Workspace(
        Tree(note.root),
        load,
        [note.path],
        excluded=lambda path: excluded(f"{note.root}/{path}"),
    )
    blocked = []
    for found in index_stale.check(facts_of(note.path, doc, copies=False), workspace, None):
        if found.fix:
            doc, objection = attempt(doc, ReplacesIndex(), [found.fix])
            if objection:
                return IndexResult(doc, objection=objection)
        else:
            blocked.append((found.span, found.message))
    return IndexResult(doc, tuple(blocked))


def _new(doc: Document) -> Fix:
    text, newline = doc.source.text, doc.source.newline
    end = "" if not text or text.endswith(("\n", "\r")) else newline
    apart = newline if text.strip() else ""
    block = f"{end}{apart}{START}{newline}{END}{newline}"
    return Fix("make an index", (Edit(Span(len(text), len(text)), block),))
