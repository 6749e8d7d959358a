"""``report``: the state of a collection of notes; nothing is written but the cache."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import starmap

from notelint.collection import badge, collection_json, dot, markdown_summary, mermaid
from notelint.collection.collection import Change, Collection, Recorded
from notelint.collection.gather import Tree, gather
from notelint.collection.link_graph import neighborhood
from notelint.collection.recorded_runs import line_of, runs_in
from notelint.commands.check_run import open_sessions
from notelint.commands.filters import Baseline, Entry, looked_for
from notelint.config.errors import ConfigError
from notelint.engine import output_files
from notelint.engine.note_path import notes_at
from notelint.engine.run import Run
from notelint.report.gathered import gathered
from notelint.text.source import Source
from notelint.text.startup import NamedTuple
from notelint.workspace import history, read_note
from notelint.workspace.git import repository_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder
    from notelint.commands.check_run import ProgressFactory
    from notelint.commands.command_settings import ReportSettings, RunSettings
    from notelint.diagnostics import Diagnostic
    from notelint.engine.tree_linter import TreeLinter


class State(NamedTuple):
    """A collection, the findings of ``check`` that it tells of, and what could not be handled."""

    collection: Collection
    diagnostics: list[Diagnostic]
    failures: list[str]


class Report(NamedTuple):
    """The state of a collection as ``text``, and the findings and failures of the run."""

    text: str
    diagnostics: list[Diagnostic]
    failures: list[str]


def report(settings: ReportSettings, progress: ProgressFactory) -> Report:
    """Render the state of the notes, and record it in the history if there is one.

    Raises :class:`ConfigError`.
    """
    runs, ended = _read_history(settings.history) if settings.history else ([], True)
    earlier = _read_earlier(settings.baseline) if settings.baseline else None
    found = state(settings.run, progress)
    collection, failures = found.collection, [*found.failures]
    known = bool(runs) and runs[-1] == collection.recorded
    collection = replace(collection, history=tuple(runs[:-1] if known else runs))
    if earlier:
        collection = replace(collection, change=_change(earlier, found, settings.run))
    text = _render(collection, settings)
    if settings.history and not known:
        line = (("" if ended else "\n") + line_of(collection.recorded)).encode("ascii")
        try:
            output_files.append(settings.history, lambda size: line)
        except read_note.FileProblem as problem:
            failures.append(str(problem))
    return Report(text, found.diagnostics, failures)


def _read_history(path: str) -> tuple[list[Recorded], bool]:
    """The runs recorded in the file at *path*, and whether its last line has an end."""
    try:
        if not os.path.lexists(output_files.settle(path)):
            return [], True
        text = output_files.read(path).decode("utf-8", "replace")
        return runs_in(text), not text or text.endswith("\n")
    except read_note.FileProblem as problem:
        raise ConfigError(str(problem)) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not a history: {error}") from None


def _read_earlier(path: str) -> Baseline:
    """A baseline of ``check``, or one made of the problems in the JSON of an earlier report."""
    try:
        text = output_files.read(path).decode("utf-8", "surrogateescape")
    except read_note.FileProblem as problem:
        raise ConfigError(str(problem)) from None
    problems = collection_json.problems_in(text)
    if problems is None:
        return Baseline.read(path)
    return Baseline(os.path.join(os.getcwd(), "report"), Counter(starmap(Entry, problems)))


def _change(earlier: Baseline, found: State, settings: RunSettings) -> Change:
    new, gone = earlier.sort(found.diagnostics, looked_for(settings))
    kept = {id(each) for each in new}
    pairs = zip(found.diagnostics, found.collection.problems, strict=True)
    rules = Counter[str]()
    for entry, number in gone.items():
        rules[entry.rule] += number
    return Change(
        tuple(problem for each, problem in pairs if id(each) in kept), tuple(sorted(rules.items()))
    )


def _render(collection: Collection, settings: ReportSettings) -> str:
    where = settings.around and os.path.normpath(settings.around).replace(os.sep, "/")
    chosen = next((n for n, each in enumerate(collection.notes) if each.path == where), None)
    form = settings.form
    if form in ("mermaid", "dot"):
        numbers = _drawn(collection, where, chosen)
        render = mermaid.render if form == "mermaid" else dot.render
        return render(collection, numbers, chosen)
    if where and chosen is None:
        raise ConfigError(f"--around: `{settings.around}` is none of the notes of the report")
    if form == "html":
        from notelint.collection import html_page

        return html_page.render(collection, settings.language, chosen)
    if form == "markdown":
        return markdown_summary.render(collection)
    return badge.render(collection) if form == "badge" else collection_json.render(collection)


def _drawn(collection: Collection, where: str | None, chosen: int | None) -> list[int]:
    """The notes of the graph: around the *chosen* one, or in the folder *where*, or all."""
    if chosen is not None:
        return neighborhood(collection, chosen).notes
    found = [*collection.in_folder("" if where is None or where == "." else where)]
    if where and not found:
        raise ConfigError(f"--around: `{where}` is no note of the report, and no folder of one")
    return found


def state(settings: RunSettings, progress: ProgressFactory) -> State:
    """The state of the notes; *progress* is shown while they are checked. Raises ConfigError."""
    here = os.getcwd()
    notes = notes_at(settings.files, here)
    roots = dict.fromkeys(note.root for note in notes)
    changes = {root: history.last_changes(root) for root in roots if repository_root(root)}
    with open_sessions(settings, notes) as opened:
        run = Run(opened, settings.rules_for(), jobs=settings.jobs)
        with progress() as bar:
            report = run.check(bar)
        failures = [*settings.failures, *report.failures]
        diagnostics = gathered(report.diagnostics)
        days = {root: changed() for root, changed in changes.items()}
        trees = [_tree(each, days.get(each.session.root, {}), failures) for each in run.linters]
        top = repository_root(here) or ""
        collection = gather(
            trees,
            diagnostics,
            here=here,
            identity=Baseline.text_of,
            states=_states(settings.cache, top or here),
            name=os.path.basename(here),
            commit=history.head_of(top) if top else "",
            date=history.date_of(top) if top else "",
        )
    return State(collection, diagnostics, failures)


def _tree(linter: TreeLinter, changed: Mapping[str, str], failures: list[str]) -> Tree:
    """The notes of *linter* that could be read and checked."""
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
    return Tree(linter.workspace, notes, texts, changed)


def _states(cache: CacheFolder | None, top: str) -> Callable[[Iterable[str]], Mapping[str, str]]:
    """The states of external links that ``links`` has cached."""

    def known(urls: Iterable[str]) -> Mapping[str, str]:
        file = cache.file("links", "sqlite", top) if cache else None
        if not (cache and file and os.path.isfile(file)):
            return {}
        from notelint.online.known_states import known_states

        found = known_states(urls, file, cache.content_key)
        return {url: status.value for url, status in found.items()}

    return known
