"""``toc`` on one note; it may run in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from notelint.commands.command_settings import TocSettings
from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.engine import write_note
from notelint.engine.note_errors import decoded, errors_isolated
from notelint.engine.note_path import NotePath
from notelint.engine.table_of_contents import with_table
from notelint.markdown.document import Document
from notelint.text.source import Span
from notelint.text.startup import NamedTuple
from notelint.toc.markers import find_blocks, marker_problems
from notelint.toc.options import INDEX, TABLE, TocOptions
from notelint.toc.render import plan
from notelint.workspace import read_note
from notelint.workspace.digests import digest
from notelint.workspace.index_block import index_block

# A note with its options, and the severities of rules that its configuration sets.
TocTask = tuple[NotePath, TocOptions, Mapping[str, str]]


class TocResult(NamedTuple):
    """The report on a note, whether it ``had`` a table or an index, and what was done to them.

    ``same`` is the digest of the note if there is nothing to do or to report, regardless of other
    notes; else None.
    """

    report: RunReport
    had: bool
    done: list[tuple[str, str]]
    same: str | None


def refresh(settings: TocSettings, given: TocTask) -> TocResult:
    """Refresh the table of contents and the index of a note."""
    note, options, severities = given
    report, had, done, same = RunReport(), False, list[tuple[str, str]](), None
    with errors_isolated(note, report):
        data = read_note.read(note.file, note.display_path)
        after = doc = Document(decoded(data))
        known, had_table = index_block(doc), bool(find_blocks(doc))
        had = had_table or known is not None
        problems = marker_problems(doc)
        tell = partial(_diagnostic, note, doc, severities)
        report.diagnostics.extend(tell("toc-markers", *each) for each in problems)
        edit, blocked_by = plan(doc, options)
        if blocked_by and not had_table:
            raise _not_written(note, TABLE, f"it {blocked_by}")
        if blocked_by:
            stale = _stale(doc, options, blocked_by)
            report.diagnostics.extend(tell("toc-stale", *each) for each in stale)
        if edit is not None:
            after, objection = with_table(doc, edit, options)
            if objection:
                raise _not_written(note, TABLE, objection)
            done.append((TABLE, "refreshed" if had_table else "created"))
        if known or settings.with_index:
            from notelint.engine.note_index import with_fresh_index  # few notes have one

            new = with_fresh_index(
                note, after, settings.configs.excluded, create=settings.with_index
            )
            if new.objection:
                raise _not_written(note, "index", new.objection)
            if new.doc.source != after.source:
                done.append((INDEX, "refreshed" if known else "created"))
            after = new.doc
            report.diagnostics.extend(tell("index-stale", *each) for each in new.blocked)
        if settings.write and after.source != doc.source:
            text = after.source.encode()
            write_note.write(
                note.file, note.display_path, data, text, note.root, force=settings.force
            )
        if after.source != doc.source:
            report.changed.append((note.display_path, doc.source.text, after.source.text))
        elif not (report.diagnostics or known or settings.with_index):
            same = digest(data)
    return TocResult(report, had, done, same)


def _not_written(note: NotePath, what: str, why: str) -> read_note.FileProblem:
    return read_note.FileProblem(f"{note.display_path}: {what} not written: {why}")


def _diagnostic(
    note: NotePath,
    doc: Document,
    severities: Mapping[str, str],
    rule: str,
    span: Span,
    message: str,
) -> Diagnostic:
    severity = Severity(severities.get(rule, "error"))
    return Diagnostic(note.display_path, doc.lines.range(span), rule, "toc", severity, message)


def _stale(doc: Document, options: TocOptions, blocked_by: str) -> list[tuple[Span, str]]:
    """The span of a stale table that cannot be refreshed because of *blocked_by*, and a message."""
    from notelint.toc.compare import message, stale

    block = next(iter(find_blocks(doc)), None)
    if block is None:
        return []
    _, difference = stale(doc, block, options)
    return [(block.span, message(difference, blocked_by))] if difference else []
