"""``fmt``: lay out notes with mdformat; a note whose page would change is left unchanged."""

from __future__ import annotations

import os
from functools import cache, partial

from notelint.cache.unchanged_texts import UnchangedTexts
from notelint.commands.command_settings import FmtSettings
from notelint.config.config_files import named_by, top_of
from notelint.config.mdformat import Layout, layout_for
from notelint.diagnostics import RunReport
from notelint.engine import workers
from notelint.engine.note_errors import decoded, errors_isolated
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.packages import LAYOUT_PACKAGES, program
from notelint.text.glob import matches
from notelint.workspace import read_note
from notelint.workspace.digests import digest

_Task = tuple[NotePath, Layout]


def lay_out_all(settings: FmtSettings) -> RunReport:
    """Lay out every note. Raises :class:`ConfigError` for mdformat's configuration."""
    report = RunReport(failures=settings.failures)
    named = named_by(settings.paths)
    layout_in = cache(lambda folder: layout_for(folder, top_of(folder, named)))
    unchanged = None
    if settings.cache is not None:
        unchanged = UnchangedTexts(settings.cache, "layouts", repr(program(LAYOUT_PACKAGES)))
    todo: list[_Task] = []
    for path in settings.files:
        note = note_at(path, os.getcwd())
        layout = layout_in(os.path.dirname(note.file))
        if excluded(note.file, layout):
            continue
        report.files += 1
        if unchanged is None or not _is_unchanged(note, layout, unchanged):
            todo.append((note, layout))
    sizes = [workers.size_of(note.file) for note, _ in todo]
    if todo:
        from notelint.engine.layout import prepare

        prepare()
    outcomes = workers.spread(partial(_lay_out_file, settings), todo, sizes, settings.jobs)
    for (note, layout), (found, same) in zip(todo, outcomes, strict=True):
        report.diagnostics += found.diagnostics
        report.failures += [each for each in found.failures if each not in report.failures]
        report.changed += found.changed
        if unchanged is not None and layout.identity is not None and same is not None:
            unchanged.add(note.root, layout.identity, same)
    if unchanged is not None:
        unchanged.save()
    return report


def excluded(file: str, layout: Layout) -> bool:
    """Whether *layout* excludes the note at the absolute path *file*."""
    path = os.path.relpath(file, layout.folder).replace(os.sep, "/")
    return any(matches(pattern, path) for pattern in layout.exclude)


def _is_unchanged(note: NotePath, layout: Layout, unchanged: UnchangedTexts) -> bool:
    """Whether *note* is known to be laid out as *layout* says."""
    if layout.identity is None:
        return False
    try:
        data = read_note.read(note.file, note.display_path)
    except read_note.FileProblem:  # reported when it is laid out
        return False
    return unchanged.has(note.root, layout.identity, digest(data))


def _lay_out_file(settings: FmtSettings, given: _Task) -> tuple[RunReport, str | None]:
    """Lay out a note; return the report on it, and its digest if it was laid out already."""
    from notelint.engine import write_note
    from notelint.engine.layout import PageChanged, lay_out

    note, layout = given
    report, same = RunReport(), None
    with errors_isolated(note, report):
        data = read_note.read(note.file, note.display_path)
        source = decoded(data)
        try:
            after = lay_out(source, layout)
        except PageChanged as reason:
            fault = f"{note.display_path}: left unchanged: {reason}"
            raise read_note.FileProblem(fault) from None
        if after == source:
            same = digest(data)
        elif settings.write:
            new, force = after.encode(), settings.force
            write_note.write(note.file, note.display_path, data, new, note.root, force=force)
        if same is None:
            report.changed.append((note.display_path, source.text, after.text))
    return report, same
