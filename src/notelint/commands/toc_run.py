"""``toc``: create or refresh tables of contents in files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial

from notelint.commands.command_settings import TocSettings
from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.engine import files, workers
from notelint.engine.guard import decoded, guarded
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.table_of_contents import with_table
from notelint.markdown.document import Document
from notelint.text.source import Span
from notelint.text.startup import NamedTuple
from notelint.toc.markers import find_blocks, marker_problems
from notelint.toc.options import TocOptions
from notelint.toc.render import plan
from notelint.workspace import read_note
from notelint.workspace.index_block import index_block

# A note with its options, and the severities of rules that its configuration sets.
_Given = tuple[NotePath, TocOptions, Mapping[str, str]]


class TocReport(NamedTuple):
    """The report of a run, the paths of notes with a new table, and whether any has a table."""

    run: RunReport
    created: frozenset[str]
    any_table: bool


class _Refreshed(NamedTuple):
    """The result for one note, as in :class:`~notelint.diagnostics.RunReport`.

    ``had``: whether it had a table before.
    """

    diagnostics: list[Diagnostic]
    problems: list[str]
    changed: list[tuple[str, str, str]]
    had: list[bool]


def refresh_all(settings: TocSettings, jobs: int = 0) -> TocReport:
    """Bring the table of contents of every note up to date, in at most *jobs* processes.

    Raises :class:`ConfigError`.
    """
    here = os.getcwd()
    notes, problems = settings.options()
    todo = [(note_at(path, here), options, severities) for path, options, severities in notes]
    sizes = [workers.size_of(note.file) for note, *_ in todo]
    report = RunReport(problems=(*settings.problems, *problems))
    refresh = partial(_refresh, settings)
    created, any_table = set[str](), False
    for found in workers.spread(refresh, todo, sizes, jobs=jobs):
        report.files += 1
        report.diagnostics += found.diagnostics
        report.problems += found.problems
        report.changed += found.changed
        any_table = any_table or any(found.had) or bool(found.changed)
        if not any(found.had):
            created.update(path for path, _, _ in found.changed)
    return TocReport(report, frozenset(created), any_table)


def _refresh(settings: TocSettings, given: _Given) -> _Refreshed:
    note, options, severities = given
    result = _Refreshed([], [], [], [])
    with guarded(note, result):
        data = read_note.read(note.file, note.display_path)
        before = after = doc = Document(decoded(note, data))
        known = index_block(doc)
        result.had.append(bool(find_blocks(doc)) or known is not None)
        problems = marker_problems(doc)
        tell = partial(_diagnostic, note, doc, severities)
        result.diagnostics.extend(tell("toc-markers", *each) for each in problems)
        edit, obstacle = plan(doc, options)
        if obstacle and not find_blocks(doc):
            message = f"{note.display_path}: table of contents not written: it {obstacle}"
            raise read_note.FileProblem(message)
        if obstacle:
            stale = _stale(doc, options, obstacle)
            result.diagnostics.extend(tell("toc-stale", *each) for each in stale)
        if edit is not None:
            after, objection = with_table(doc, edit, options)
            if objection:
                message = f"{note.display_path}: table of contents not written: {objection}"
                raise read_note.FileProblem(message)
        if known or settings.with_index:
            from notelint.engine.note_index import refreshed  # few notes have one

            new = refreshed(note, after, settings.configs.excluded, create=settings.with_index)
            after = new.doc
            result.diagnostics.extend(tell("index-stale", *each) for each in new.obstacles)
        if after.source == before.source:
            return result
        if settings.write:
            text = after.source.encode()
            files.write(note.file, note.display_path, data, text, note.root, force=settings.force)
        result.changed.append((note.display_path, doc.source.text, after.source.text))
    return result


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


def _stale(doc: Document, options: TocOptions, obstacle: str) -> list[tuple[Span, str]]:
    """Where a table left alone for an *obstacle* is stale, and a message."""
    from notelint.toc.compare import message, stale

    _, found = stale(doc, find_blocks(doc)[:1], options)
    return [(block.span, message(difference, obstacle)) for block, difference in found]
