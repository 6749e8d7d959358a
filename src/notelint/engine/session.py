"""One tree in one run: its notes, its cache, and the analyses made in the run.

This module imports neither the parser nor the rules. If the cache has all answers, they are not
needed, and loading them takes longer than such a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from notelint.cache.entry import CacheEntry
from notelint.diagnostics import RunReport
from notelint.engine.note_path import NotePath, from_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.entry import Analysis
    from notelint.cache.store import Cache
    from notelint.diagnostics import Diagnostic

MAX_TEXT_CHARACTERS = (
    4_000_000  # characters of sources to keep; other notes are read again when needed
)


class Session:
    """The *notes* of a run that share the workspace at *root*. Paths are relative to it.

    *excluded* tells whether the note at an absolute path is excluded from comparisons.
    *included* are files of the tree that are notes whatever their suffix. *cache* may have results
    of earlier runs.

    ``analyses`` and, with a cache, ``entries`` are those of this run; an analysis may be dropped if
    there is an entry to make it from. ``texts`` are the sources of as many notes as may be kept,
    ``failed`` the reasons why notes have no analysis. ``analyze`` analyzes the note at a path and
    stores the result in these; a ``TreeLinter`` sets it, so it is None until rules are loaded.
    """

    def __init__(
        self,
        root: str,
        notes: Sequence[NotePath],
        excluded: Callable[[str], bool] = lambda note: False,
        cache: Cache | None = None,
        included: Iterable[str] = (),
    ) -> None:
        self.root = root
        self.notes = notes
        self.excluded = excluded
        self.named = frozenset([*(note.path for note in notes), *included])
        self.cache = cache
        self.analyze: Callable[[str], None] | None = None
        self.analyses: dict[str, Analysis] = {}
        self.entries: dict[str, CacheEntry] = {}
        self.texts: dict[str, str] = {}
        self.failed: dict[str, str] = {}
        self._characters_left = MAX_TEXT_CHARACTERS
        self._decisions: dict[str, str] = {}
        self.dependency_check = None
        if cache:
            from notelint.cache.dependency_check import DependencyCheck

            self.dependency_check = DependencyCheck(
                root, cache, self.named, excluded, self._current_entry
            )

    def to_analyze(self) -> list[NotePath]:
        """The notes to analyze: those without a current entry in the cache."""
        return [note for note in self.notes if self.stored_entry(note.path) is None]

    def stored_entry(self, path: str) -> CacheEntry | None:
        """The entry that an earlier run made of the note at *path*, if the note is unchanged."""
        if self.cache is None or path in self.entries:
            return None
        return self.cache.unchanged(path)

    def cached_diagnostics(self, note: NotePath) -> list[Diagnostic] | None:
        """The findings of *note* from an earlier run; None if they are not current."""
        entry = self.stored_entry(note.path)
        if entry is None or self.dependency_check is None:
            return None
        change = self.dependency_check.change(entry)
        self._decisions[note.path] = "hit" if change is None else f"miss, {change}"
        if change is not None:
            return None
        if entry.findings == "[]":
            return []
        from notelint.cache.serialize import diagnostics_of

        return diagnostics_of(entry)

    def cache_use(self, note: NotePath) -> str:
        """Whether the cache had the findings of *note*, and if not, why."""
        if self.cache is None:
            return "miss, no cache is used"
        if note.path in self._decisions:
            return self._decisions[note.path]
        if self.cache.configuration_changed(note.path):
            return "miss, the configuration changed"
        if self.cache.entry(note.path):
            return "miss, the note changed"
        if self.cache.replaces_older:
            return "miss, the rules, the configuration or notelint changed"
        return "miss, the note is new"

    def take(self, path: str, result: Analysis | CacheEntry | str) -> None:
        """Remember the *result* of analyzing the note at *path*, in place of an earlier one."""
        self._characters_left += len(self.texts.pop(path, ""))
        for known in (self.analyses, self.entries, self.failed):
            known.pop(path, None)
        if isinstance(result, str):
            self.failed[path] = result
            if self.cache:
                self.entries[path] = CacheEntry(path, "", "", "", "", "")
        elif isinstance(result, CacheEntry):
            self.entries[path] = result
        else:
            # a text that is not on disk cannot be read again
            if result.text is not None and (
                not result.stamp or (self._characters_left > 0 and _may_need_text(result))
            ):
                self._characters_left -= len(result.text)
                self.texts[path] = result.text
            self.analyses[path] = result._replace(text=None)
            if self.cache:
                from notelint.cache.serialize import entry_of

                self.entries[path] = entry_of(result)

    def entry_with_analysis(self, path: str) -> CacheEntry | None:
        """The entry of the note at *path* with its analysis; None if there is no analysis."""
        if path in self.entries:
            return self.entries[path] if self.entries[path].analysis else None
        entry = self.stored_entry(path)
        return self.cache.complete(entry) if self.cache and entry else None

    def pages(self, path: str) -> list[tuple[str, str]] | None:
        """The pages of the note at *path*, if an earlier run stored them; see ``FileFacts``."""
        entry = self.stored_entry(path)
        if entry is None:
            return None
        from notelint.cache.serialize import pages_of

        return pages_of(entry)

    def outlinks(self, path: str) -> list[str] | None:
        """The outlinks of the note at *path*, if this run or an earlier one stored them."""
        entry = self.entries.get(path) or self.stored_entry(path)
        from notelint.cache.serialize import outlinks_of

        return outlinks_of(entry) if entry else None

    def _current_entry(self, path: str) -> CacheEntry | None:
        """The entry of the note at *path* as it is now; None if it must be analyzed first."""
        found = self.entries.get(path) or self.stored_entry(path)
        if found is None and self.analyze:
            self.analyze(path)
            found = self.entries.get(path)
        return found


def _may_need_text(analysis: Analysis) -> bool:
    """Whether findings across files may need the text of the note."""
    facts = analysis.facts
    return facts.judged or bool(analysis.directives)


def sessions(
    notes: Iterable[NotePath],
    excluded: Callable[[str], bool] = lambda note: False,
    caches: Mapping[str, Cache] | None = None,
    included: Callable[[str], Iterable[str]] = lambda root: (),
) -> list[Session]:
    """A session for each root of *notes*; *caches* and *included* are by root."""
    by_root: dict[str, list[NotePath]] = {}
    for note in notes:
        by_root.setdefault(note.root, []).append(note)
    return [
        Session(root, members, excluded, (caches or {}).get(root), included(root))
        for root, members in by_root.items()
    ]


def cached_report(sessions: Sequence[Session], here: str) -> RunReport | None:
    """The report from the caches alone; None if anything in them is not current.

    Paths are from the folder *here*.
    """
    # the cheapest check comes first; its results are kept
    if not sessions or any(each.cache is None or each.to_analyze() for each in sessions):
        return None
    report = RunReport()
    for session in sessions:
        paths = [note.path for note in session.notes]
        if session.cache is None or session.cache.has_tree_rules(paths):
            return None
        for note in session.notes:
            found = session.cached_diagnostics(note)
            if found is None:
                return None
            add_note(report, note, found, here)
    report.diagnostics.sort(key=lambda each: each.sort_key)
    return report


def add_note(report: RunReport, note: NotePath, found: list[Diagnostic], here: str) -> None:
    """Add to *report* that *note* was checked, and *found*, with paths from the folder *here*."""
    report.files += 1
    report.diagnostics += from_here(found, note.root, here)
