"""``toc``: create or refresh tables of contents in files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from functools import partial

from notelint.commands.command_settings import TocSettings
from notelint.config.errors import ConfigError
from notelint.config.model import Config, Layer
from notelint.config.settled_configs import SettledConfigs
from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.engine import workers, write_note
from notelint.engine.note_errors import decoded, errors_isolated
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

TABLE, INDEX = "table of contents", "index of notes"
# A note with its options, and the severities of rules that its configuration sets.
_Given = tuple[NotePath, TocOptions, Mapping[str, str]]


class TocReport(NamedTuple):
    """The report of a run, and whether any note has a table.

    ``created`` are the paths of notes with a new table or index, and none that was there before.
    ``done`` counts tables and indexes by what they are called and what happened to them.
    """

    run: RunReport
    created: frozenset[str]
    done: Counter[tuple[str, str]]
    any_table: bool


def refresh_all(settings: TocSettings, jobs: int = 0) -> TocReport:
    """Bring the table of contents of every note up to date, in at most *jobs* processes.

    Raises :class:`ConfigError`.
    """
    here = os.getcwd()
    todo, wrong = _options(settings, here)
    sizes = [workers.size_of(note.file) for note, *_ in todo]
    report = RunReport(failures=(*settings.failures, *wrong))
    refresh = partial(_refresh, settings)
    created, done, any_table = set[str](), Counter[tuple[str, str]](), False
    for found, had, its in workers.spread(refresh, todo, sizes, jobs=jobs):
        report.files += 1
        report.diagnostics += found.diagnostics
        report.failures += found.failures
        report.changed += found.changed
        any_table = any_table or had or bool(found.changed)
        done.update(its)
        if all(verb == "created" for _, verb in its):
            created.update(path for path, _, _ in found.changed)
    return TocReport(report, frozenset(created), done, any_table)


def toc_options(
    config: Config, file: str, cli_layer: Layer
) -> tuple[TocOptions, Mapping[str, str]]:
    """The options and severities for the absolute path *file*, whose settled *config* is given.

    Raises :class:`ConfigError`.
    """
    layer = config.layer(config.special(file), cli_layer)
    try:
        return TocOptions(**layer.toc), layer.severity
    except ValueError as error:
        raise ConfigError(str(error)) from None


def _options(settings: TocSettings, here: str) -> tuple[list[_Given], list[str]]:
    """Each note with its options and severities, and messages about wrong configurations.

    Raises :class:`ConfigError`.
    """
    configs, found = SettledConfigs(settings.configs), []
    for path in settings.files:
        file = os.path.join(here, path)
        try:
            config = configs.of(file)
        except ConfigError:
            continue
        found.append((note_at(path, here), *toc_options(config, file, settings.cli_layer)))
    errors = configs.errors()
    if errors and not found:
        raise errors[0]
    return found, [str(each) for each in errors]


def _refresh(settings: TocSettings, given: _Given) -> tuple[RunReport, bool, list[tuple[str, str]]]:
    """The report on a note, whether it had a table or an index, and what is done to these."""
    note, options, severities = given
    report, had, done = RunReport(), False, list[tuple[str, str]]()
    with errors_isolated(note, report):
        data = read_note.read(note.file, note.display_path)
        after = doc = Document(decoded(note, data))
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
    return report, had, done


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
    """The span of a stale table that is left alone because of *blocked_by*, and a message."""
    from notelint.toc.compare import message, stale

    _, found = stale(doc, find_blocks(doc)[:1], options)
    return [(block.span, message(difference, blocked_by)) for block, difference in found]
