"""Tables of contents refreshed in files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from notelint.engine import files
from notelint.engine.fix import attempt
from notelint.engine.note import Note, note_at
from notelint.engine.outcome import Report
from notelint.finding import Diagnostic, Severity
from notelint.markdown.document import Document
from notelint.rules.effects import Contents
from notelint.text.edits import Fix
from notelint.text.source import Source
from notelint.toc.layout import refresh
from notelint.toc.markers import marker_problems
from notelint.toc.options import TocOptions


def refresh_all(notes: Iterable[tuple[str, TocOptions]], *, write: bool) -> Report:
    """Bring the table of contents of every note, given with its options, up to date.

    In place if *write*.

    ``report.changed`` holds path, text before and text after of every file that differs.
    """
    report = Report()
    for path, options in notes:
        note = note_at(path, Path.cwd())
        try:
            _refresh(note, options, write, report)
        except files.FileProblem as problem:
            report.problems.append(str(problem))
    return report


def _refresh(note: Note, options: TocOptions, write: bool, report: Report) -> None:
    data = files.read(note.file, note.shown)
    report.files += 1
    source = Source.decode(data)
    if source.invalid is not None:
        raise files.FileProblem(f"{note.shown}: not UTF-8 (byte at offset {source.invalid})")
    doc = Document(source)
    report.diagnostics += [
        Diagnostic(note.shown, doc.lines.range(span), "toc-markers", "toc", Severity.ERROR, message)
        for span, message in marker_problems(doc)
    ]
    edit = refresh(doc, options)
    if edit is None:
        return
    after, objection = attempt(doc, Contents(), [Fix("refresh the table of contents", (edit,))])
    if objection:
        raise files.FileProblem(f"{note.shown}: table of contents not written, {objection}")
    if write:
        files.write(note.file, note.shown, data, after.source.encode(), note.root)
    report.changed.append((note.shown, source.text, after.source.text))
