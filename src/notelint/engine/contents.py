"""Tables of contents refreshed in files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from notelint.engine import files, parallel
from notelint.engine.fix import attempt
from notelint.engine.note import Note, note_at
from notelint.engine.outcome import Report
from notelint.finding import Diagnostic, Severity
from notelint.markdown.document import Document
from notelint.rules.effects import Contents
from notelint.text.edits import Edit, Fix
from notelint.text.named import NamedTuple
from notelint.text.source import Source
from notelint.text.span import Span
from notelint.toc.layout import plan
from notelint.toc.markers import find_blocks, marker_problems
from notelint.toc.options import TocOptions


class _Refreshed(NamedTuple):
    """What came of one note; ``changed`` as in :class:`~notelint.engine.outcome.Report`."""

    diagnostics: list[Diagnostic]
    problem: str | None = None
    changed: tuple[str, str, str] | None = None


def refresh_all(
    notes: Sequence[tuple[str, TocOptions]], *, write: bool, force: bool = False
) -> Report:
    """Bring the table of contents of every note, given with its options, up to date.

    In place if *write*; with *force*, also files that lose something else by it.

    ``report.changed`` holds path, text before and text after of every file that differs.
    """
    here = os.getcwd()
    todo = [(note_at(path, here), options) for path, options in notes]
    sizes = [parallel.size_of(note.file) for note, _ in todo]
    report = Report()
    for found in parallel.spread(partial(_refresh, write, force), todo, sizes, jobs=0):
        report.files += 1
        report.diagnostics += found.diagnostics
        report.problems += [found.problem] if found.problem else []
        report.changed += [found.changed] if found.changed else []
    return report


def _refresh(write: bool, force: bool, given: tuple[Note, TocOptions]) -> _Refreshed:
    note, options = given
    found: list[Diagnostic] = []
    try:
        data = files.read(note.file, note.shown)
        source = Source.decode(data)
        if source.invalid is not None:
            message = f"{note.shown}: not UTF-8 (byte at offset {source.invalid})"
            raise files.FileProblem(message)
        doc = Document(source, brief=True)
        found += [_told(note, doc, "toc-markers", *each) for each in marker_problems(doc)]
        edit, foreign = plan(doc, options)
        if foreign:
            found += [
                _told(note, doc, "toc-stale", *each) for each in _stale(doc, options, foreign)
            ]
        if edit is None:
            return _Refreshed(found)
        after, objection = _attempt(doc, edit, options)
        if objection:
            raise files.FileProblem(f"{note.shown}: table of contents not written, {objection}")
        if write:
            files.write(note.file, note.shown, data, after.source.encode(), note.root, force=force)
    except files.FileProblem as problem:
        return _Refreshed(found, str(problem))
    except Exception as error:  # a bug of ours must not cost the other notes
        from notelint.engine.look import internal

        return _Refreshed(found, f"{note.shown}: {internal(error)}")
    return _Refreshed(found, None, (note.shown, source.text, after.source.text))


def _told(note: Note, doc: Document, rule: str, span: Span, message: str) -> Diagnostic:
    return Diagnostic(note.shown, doc.lines.range(span), rule, "toc", Severity.ERROR, message)


def _stale(doc: Document, options: TocOptions, foreign: str) -> list[tuple[Span, str]]:
    """What is to be told of a table that is left alone for something *foreign*, if it is stale."""
    from notelint.toc.compare import message, stale

    _, found = stale(doc, find_blocks(doc)[:1], options)
    return [(block.span, message(difference, foreign)) for block, difference in found]


def refreshed(doc: Document, options: TocOptions) -> tuple[Document, str | None]:
    """*doc* with its table of contents up to date, and what speaks against writing it."""
    edit = plan(doc, options).edit
    return _attempt(doc, edit, options) if edit else (doc, None)


def _attempt(doc: Document, edit: Edit, options: TocOptions) -> tuple[Document, str | None]:
    titled = not find_blocks(doc) or options.no_title or options.title is not None
    fix = Fix("refresh the table of contents", (edit,))
    return attempt(Document(doc.source), Contents(titled=titled), [fix])
