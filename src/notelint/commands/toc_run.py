"""``toc``: create or refresh tables of contents in files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping

from notelint.cache.unchanged_texts import UnchangedTexts
from notelint.commands.command_settings import TocSettings
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.config.model import Layer
from notelint.diagnostics import RunReport
from notelint.engine import workers
from notelint.engine.note_path import note_at
from notelint.engine.packages import PACKAGES, program
from notelint.text.startup import NamedTuple
from notelint.toc.options import TocOptions
from notelint.workspace import read_note
from notelint.workspace.digests import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.commands.toc_note import TocResult, TocTask


class TocReport(NamedTuple):
    """The report of a run, and whether any note has a table.

    ``created`` are the paths of notes in which everything that was written is new. ``done`` counts
    tables and indexes by their name and what was done.
    """

    report: RunReport
    created: frozenset[str]
    done: Counter[tuple[str, str]]
    any_table: bool


def refresh_all(settings: TocSettings) -> TocReport:
    """Refresh the table of contents of every note. Raises :class:`ConfigError`."""
    given, wrong = _options(settings, os.getcwd())
    report = RunReport(failures=(*settings.failures, *wrong))
    created, done, any_table = set[str](), Counter[tuple[str, str]](), False
    unchanged = None
    if settings.cache is not None and not settings.with_index:
        unchanged = UnchangedTexts(settings.cache, "tables", repr(program(PACKAGES)))
    todo = []
    for each in given:
        had = _had_table(each, unchanged) if unchanged else None
        if had is None:
            todo.append(each)
        any_table = any_table or bool(had)
    report.files = len(given)
    for (note, options, _), found in zip(todo, _refreshed(settings, todo), strict=True):
        report.diagnostics += found.report.diagnostics
        report.failures += found.report.failures
        report.changed += found.report.changed
        any_table = any_table or found.had or bool(found.report.changed)
        done.update(found.done)
        if all(verb == "created" for _, verb in found.done):
            created.update(path for path, _, _ in found.report.changed)
        if unchanged and found.same is not None:
            unchanged.add(note.root, _key(options, had=found.had), found.same)
    if unchanged:
        unchanged.save()
    return TocReport(report, frozenset(created), done, any_table)


def _refreshed(settings: TocSettings, todo: list[TocTask]) -> Iterator[TocResult]:
    if todo:  # importing the parser takes half of the time of a hook with nothing to do
        from functools import partial

        from notelint.commands.toc_note import refresh

        sizes = [workers.size_of(note.file) for note, *_ in todo]
        yield from workers.spread(partial(refresh, settings), todo, sizes, settings.jobs)


def _had_table(given: TocTask, unchanged: UnchangedTexts) -> bool | None:
    """Whether a note in which nothing is to do has a table; None if that is not known."""
    note, options, _ = given
    try:
        text = digest(read_note.read(note.file, note.display_path))
    except read_note.FileProblem:  # reported when the note is refreshed
        return None
    known = (had for had in (False, True) if unchanged.has(note.root, _key(options, had=had), text))
    return next(known, None)


def _key(options: TocOptions, *, had: bool) -> str:
    return f"{options} {had}"


def toc_options(
    configs: Configs, file: str, cli_layer: Layer
) -> tuple[TocOptions, Mapping[str, str]]:
    """The options and severities for the absolute path *file*. Raises :class:`ConfigError`."""
    config = configs.checked(file)
    layer = config.layer(config.special(file), cli_layer)
    try:
        return TocOptions(**layer.toc), layer.severity
    except ValueError as error:
        raise ConfigError(str(error)) from None


def _options(settings: TocSettings, here: str) -> tuple[list[TocTask], list[str]]:
    """Each note with its options and severities, and messages about wrong configurations.

    Raises :class:`ConfigError`.
    """
    found: list[TocTask] = []
    wrong: dict[str, ConfigError] = {}
    for path in settings.files:
        file = os.path.join(here, path)
        try:
            options, severities = toc_options(settings.configs, file, settings.cli_layer)
        except ConfigError as error:
            wrong[str(error)] = error
        else:
            found.append((note_at(path, here), options, severities))
    if wrong and not found:
        raise next(iter(wrong.values()))
    return found, [*wrong]
