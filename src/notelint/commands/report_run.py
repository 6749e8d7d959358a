"""``report``: the state of a collection of notes; nothing is written but the cache."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import starmap

from notelint.collection import collection_json, link_diagrams, markdown_summary
from notelint.collection.collection import Collection, Comparison, RecordedRun
from notelint.collection.gather import NotesOfTree, gather
from notelint.collection.link_graph import neighborhood
from notelint.collection.recorded_runs import line_of, runs_in
from notelint.commands.check_run import open_sessions
from notelint.commands.filters import Baseline, BaselineEntry, looked_for
from notelint.config.errors import ConfigError
from notelint.engine import output_files
from notelint.engine.note_path import note_at
from notelint.engine.run import Run
from notelint.report.gathered import gathered
from notelint.text.source import Source
from notelint.workspace import history, read_note
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import metadata
from notelint.workspace.git_refs import Refs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder
    from notelint.commands.check_run import ProgressFactory
    from notelint.commands.command_settings import ReportSettings, RunSettings
    from notelint.diagnostics import Diagnostic, RunReport
    from notelint.engine.tree_linter import TreeLinter


def report(settings: ReportSettings, progress: ProgressFactory) -> tuple[str, RunReport]:
    """The state of the notes as text, also recorded in the history if there is one, and the run.

    Raises :class:`ConfigError`.
    """
    if settings.run.failures and not settings.run.files:  # no page of nothing in place of one
        raise ConfigError(settings.run.failures[0])
    runs, ended = _read_history(settings.history) if settings.history else ([], True)
    earlier = _read_earlier(settings.run.baseline) if settings.run.baseline else None
    collection, found = state(settings.run, progress)
    known = bool(runs) and runs[-1] == collection.recorded
    collection = replace(collection, history=tuple(runs[:-1] if known else runs))
    if earlier:
        change = _change(earlier, collection, found.diagnostics, settings.run)
        collection = replace(collection, change=change)
    text = _render(collection, settings)
    if settings.history and not known:
        line = (("" if ended else "\n") + line_of(collection.recorded)).encode("ascii")
        try:
            output_files.append(settings.history, lambda size: line)
        except ConfigError as problem:
            found.failures.append(str(problem))
    return text, found


def _read_history(path: str) -> tuple[list[RecordedRun], bool]:
    """The runs recorded in the file at *path*, and whether its last line is terminated."""
    try:
        if not os.path.lexists(output_files.resolved(path)):
            return [], True
        text = output_files.read(path).decode("utf-8", "replace")
        return runs_in(text), not text or text.endswith("\n")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not a history: {error}") from None


def _read_earlier(path: str) -> Baseline:
    """The baseline at *path*, or one made of the problems in an earlier report in JSON."""
    text = output_files.read(path).decode("utf-8", "surrogateescape")
    problems = collection_json.problems_in(text)
    if problems is None:
        return Baseline.read(path)
    return Baseline(os.path.join(os.getcwd(), "report"), Counter(starmap(BaselineEntry, problems)))


def _change(
    earlier: Baseline, now: Collection, diagnostics: Sequence[Diagnostic], settings: RunSettings
) -> Comparison:
    new, gone = earlier.compare(diagnostics, looked_for(settings))
    kept = {id(each) for each in new}
    pairs = zip(diagnostics, now.problems, strict=True)
    rules = Counter[str]()
    for entry, number in gone.items():
        rules[entry.rule] += number
    return Comparison(
        tuple(problem for each, problem in pairs if id(each) in kept), tuple(sorted(rules.items()))
    )


def _render(collection: Collection, settings: ReportSettings) -> str:
    where = settings.around and os.path.normpath(settings.around).replace(os.sep, "/")
    chosen = next((n for n, each in enumerate(collection.notes) if each.path == where), None)
    form = settings.form
    if form in ("mermaid", "dot"):
        numbers = _drawn(collection, where, chosen)
        draw = link_diagrams.mermaid if form == "mermaid" else link_diagrams.dot
        return draw(collection, numbers, chosen)
    if where and chosen is None:
        raise ConfigError(f"--around: `{settings.around}` is none of the notes of the report")
    if form == "html":
        from notelint.collection import html_page

        return html_page.render(collection, settings.language, chosen)
    if form == "markdown":
        return markdown_summary.render(collection)
    return (collection_json.badge if form == "badge" else collection_json.render)(collection)


def _drawn(collection: Collection, where: str | None, chosen: int | None) -> list[int]:
    """The notes of the graph: around the *chosen* one, in the folder *where*, or all."""
    if chosen is not None:
        return neighborhood(collection, chosen).notes
    found = collection.in_folder("" if where is None or where == "." else where)
    if where and not found:
        raise ConfigError(f"--around: `{where}` is no note of the report, and no folder of one")
    return found


def state(settings: RunSettings, progress: ProgressFactory) -> tuple[Collection, RunReport]:
    """The state of the notes and the findings of ``check``; *progress* is shown during the run.

    Raises :class:`ConfigError`.
    """
    here = os.getcwd()
    notes = [note_at(each, here) for each in settings.files]
    roots = dict.fromkeys(note.root for note in notes)
    changes = {root: history.last_changes(root) for root in roots if repository_root(root)}
    with open_sessions(settings, notes) as opened:
        run = Run(opened, settings.rules_for(), jobs=settings.jobs)
        with progress() as bar:
            report = run.check(bar)
        report.failures[:0] = settings.failures
        report.diagnostics = gathered(report.diagnostics)
        days = {root: changed() for root, changed in changes.items()}
        trees = [
            _tree(each, days.get(each.session.root, {}), report.failures) for each in run.linters
        ]
        top = repository_root(here) or ""
        collection = gather(
            trees,
            report.diagnostics,
            here=here,
            identity=Baseline.text_of,
            states=_states(settings.cache, top or here),
            name=os.path.basename(here),
            commit=Refs(metadata(os.path.realpath(top))).id("HEAD") if top else "",
            date=history.date_of(top) if top else "",
        )
    return collection, report


def _tree(linter: TreeLinter, changed: Mapping[str, str], failures: list[str]) -> NotesOfTree:
    """The notes of *linter*, without those that cannot be read."""
    texts, notes = {}, []
    for note in linter.session.notes:
        if linter.workspace.facts(note.path) is None:
            continue
        try:
            texts[note.path] = Source.decode(read_note.read(note.file, note.display_path)).text
        except read_note.FileProblem as problem:
            failures.append(str(problem))
            continue
        notes.append(note)
    return NotesOfTree(linter.workspace, notes, texts, changed)


def _states(cache: CacheFolder | None, top: str) -> Callable[[Iterable[str]], Mapping[str, str]]:
    """A function that returns the states of external links that ``links`` has cached."""

    def known(urls: Iterable[str]) -> Mapping[str, str]:
        file = cache.file("links", "sqlite", top) if cache else None
        if not (cache and file and os.path.isfile(file)):
            return {}
        from notelint.online.answer_cache import known_states

        found = known_states(urls, file, cache.content_key)
        return {url: status.value for url, status in found.items()}

    return known
