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
from notelint.toc.layout import refresh
from notelint.toc.markers import marker_problems
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
        doc = Document(source)
        found += [
            Diagnostic(
                note.shown, doc.lines.range(span), "toc-markers", "toc", Severity.ERROR, message
            )
            for span, message in marker_problems(doc)
        ]
        edit = refresh(doc, options)
        if edit is None:
            return _Refreshed(found)
        after = _checked(note, source, edit)
        if write:
            files.write(note.file, note.shown, data, after.encode(), note.root, force=force)
    except files.FileProblem as problem:
        return _Refreshed(found, str(problem))
    except Exception as error:  # a bug of ours must not cost the other notes
        from notelint.engine.look import internal

        return _Refreshed(found, f"{note.shown}: {internal(error)}")
    return _Refreshed(found, None, (note.shown, source.text, after.text))


def _checked(note: Note, source: Source, edit: Edit) -> Source:
    """*source* with *edit*, which must change the table of contents and nothing else."""
    fix = Fix("refresh the table of contents", (edit,))
    after, objection = attempt(Document(source), Contents(), [fix])
    if objection:
        raise files.FileProblem(f"{note.shown}: table of contents not written, {objection}")
    return after.source
