"""The rules applied to one tree: the findings of each note, across files as well."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from notelint.cache.entry import Analysis, CacheEntry
from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic, DiagnosticRelated
from notelint.engine.analyze import Result, analyze, analyze_file
from notelint.engine.linter import (
    Active,
    RuleFinding,
    RuleSet,
    RulesFor,
    across,
    from_diagnostic,
    in_tree,
    limited,
    to_diagnostic,
)
from notelint.engine.note_path import NotePath
from notelint.engine.session import Session
from notelint.engine.suppressions import apply_suppressions, unused
from notelint.markdown.document import Document
from notelint.rules import TREE, in_scope
from notelint.text.short_diff import Diffs
from notelint.text.source import LineIndex, Source
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.dependencies import TEXT_OF, changed_dependencies
from notelint.workspace.digests import digest
from notelint.workspace.facts import FileFacts
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace


class _Found(NamedTuple):
    """The findings of a note, their dependencies, and the ``_version`` they were made at."""

    diagnostics: list[Diagnostic]
    dependencies: frozenset[str]
    version: int


class TreeLinter:
    """The rules of each note of *session*, applied within the workspace.

    The findings of a note are kept until the note or one of their dependencies changes.
    """

    def __init__(self, session: Session, rules_for: RulesFor) -> None:
        self.session = session
        self._rules_for = rules_for
        self._found: dict[str, _Found] = {}
        self._version = 0  # counts the changes of notes
        self._changed: dict[str, int] = {}  # by dependency, the version of its last change
        self.workspace = self._workspace()
        session.analyze = self._analyze
        if session.dependency_check:
            session.dependency_check.forget()  # answers from before notes could be analyzed

    def _workspace(self) -> Workspace:
        session = self.session
        return Workspace(
            Tree(session.root),
            self._facts,
            session.named,
            excluded=lambda path: session.excluded(f"{session.root}/{path}"),
            pages=session.pages,
            outlinks=session.outlinks,
        )

    def take(self, note: NotePath, result: Result) -> None:
        """Remember the *result* of analyzing *note*, which is new or has changed."""
        before = self.session.analyses.get(note.path)
        self.session.take(note.path, result)
        if self.session.dependency_check:
            self.session.dependency_check.forget()
        self.workspace.forget(note.path)
        after = result.facts if isinstance(result, Analysis) else None
        self._version += 1
        known = before.facts if before else None
        for each in changed_dependencies(known, after, note.path):
            self._changed[each] = self._version
        self._found.pop(note.path, None)

    def take_document(self, note: NotePath, doc: Document, stamp: str) -> None:
        """Analyze *doc* as the new content of *note*; *stamp* is empty if it is not on disk."""
        found = analyze(note.path, doc, self._rules_for(note))
        self.take(note, found._replace(digest=digest(doc.source.encode()), stamp=stamp))

    def is_current(self, note: NotePath, data: bytes) -> bool:
        """Whether *note* was analyzed with the bytes *data*."""
        return self._digest(note.path) == digest(data)

    def stamped(self, note: NotePath, stamp: str) -> None:
        """Record that the last known content of *note* is now on disk, with this *stamp*."""
        entry = self.session.entries.get(note.path)
        if entry:
            self.session.entries[note.path] = entry._replace(stamp=stamp)

    def findings(self, note: NotePath) -> list[RuleFinding]:
        """The diagnostics of *note* as findings, those with unsafe fixes last."""
        found = self.diagnostics(note)
        lines = self._lines(note.path) if found else LineIndex("")
        rules = {
            active.rule.name: active.rule
            for active in self._rules_for(note).named({each.rule for each in found})
        }
        return [
            from_diagnostic(each, rules[each.rule], lines)
            for each in sorted(found, key=lambda each: each.fix is not None and not each.fix.safe)
        ]

    def diagnostics(self, note: NotePath) -> list[Diagnostic]:
        """All diagnostics of *note*. Raises :class:`FileProblem`."""
        if (known := self._known(note.path)) is not None:
            return known.diagnostics
        cached = self.session.cached_diagnostics(note)
        if cached is not None:
            return cached
        analysis = self._analysis(note.path)
        if analysis is None:
            return []
        with self.workspace.recorder.recording() as dependencies:
            found = [*analysis.diagnostics, *self._across(note, analysis)]
        self._found[note.path] = _Found(found, frozenset(dependencies), self._version)
        if note.path in self.session.entries:  # from which the analysis can be made again
            del self.session.analyses[note.path]
        return found

    def _known(self, path: str) -> _Found | None:
        """The findings of this run for *path*; None if a dependency has changed since."""
        known = self._found.get(path)
        if known is None or any(
            self._changed.get(each, 0) > known.version for each in known.dependencies
        ):
            return None
        return known

    # ------------------------------------------------------------------ analyses

    def _analyze(self, path: str) -> None:
        note = NotePath(self.session.root, path, path)
        self.session.take(path, analyze_file(self._rules_for, note)[1])

    def _analysis(self, path: str) -> Analysis | None:
        """The analysis of the note at *path*, which need not be a note of the run."""
        analyses = self.session.analyses
        if path not in analyses and path not in self.session.failed:
            if entry := self.session.entry_with_analysis(path):
                from notelint.cache.serialize import analysis_of

                analyses[path] = analysis_of(entry)
            else:
                self._analyze(path)
        return analyses.get(path)

    def _facts(self, path: str) -> FileFacts | None:
        return found.facts if (found := self._analysis(path)) else None

    # ------------------------------------------------------------------ findings across files

    def _across(self, note: NotePath, analysis: Analysis) -> Iterator[Diagnostic]:
        """The diagnostics of rules across files, and of suppressions that suppress nothing."""
        rule_set = self._rules_for(note)
        findings = across(analysis.facts, self.workspace, rule_set)
        if not (findings or analysis.directives):
            return
        lines = self._lines(note.path)
        result = apply_suppressions(findings, analysis.directives, analysis.stale_tocs, lines)
        unused_names = map(
            rule_set.configured,
            unused(analysis.directives, analysis.used | result.used, rule_set.names, lines),
        )
        kept = result.findings
        if any(each.finding.fix for each in kept):
            from notelint.engine.offered_fixes import across_without_refused_fixes

            kept = across_without_refused_fixes(
                analysis.facts, lines.text, kept, changeable=analysis.changeable
            )
        lines_of, diffs = lru_cache(maxsize=4)(self._lines), Diffs()
        for each in (*limited(kept), *unused_names):
            yield self._with_other_files(
                to_diagnostic(each, note.path, lines), each, lines_of, diffs
            )

    def _with_other_files(
        self,
        diagnostic: Diagnostic,
        found: RuleFinding,
        lines_of: Callable[[str], LineIndex],
        diffs: Diffs,
    ) -> Diagnostic:
        elsewhere = []
        for related in found.finding.related:
            if related.path is not None:
                self.workspace.recorder.add(TEXT_OF + related.path)
                lines = lines_of(related.path)
                message = related.message
                if related.compare:
                    there = lines.text[related.span.start : related.span.end]
                    message = "\n".join([message, *diffs.of(there, diagnostic.text)])
                where = lines.range(related.span)
                elsewhere.append(DiagnosticRelated(related.path, where, message))
        if not elsewhere:
            return diagnostic
        return diagnostic._replace(related=(*diagnostic.related, *elsewhere))

    def _lines(self, path: str) -> LineIndex:
        """The lines of the note at *path* as it was analyzed. Raises :class:`FileProblem`."""
        text = self.session.texts.get(path)
        if text is None:
            data = read_note.read(os.path.join(self.session.root, path), path)
            if digest(data) != self._digest(path):
                raise read_note.FileProblem(
                    f"{path}: changed while it was being checked; run again"
                )
            text = Source.decode(data).text
        return LineIndex(text)

    def _digest(self, path: str) -> str | None:
        entry = self.session.entries.get(path) or self.session.stored_entry(path)
        known = entry or self.session.analyses.get(path)
        return known.digest if known else None

    @cached_property
    def _under_tree_rules(self) -> dict[str, RuleSet]:
        """The rules, by path, of the notes for which a rule on the tree as a whole is on."""
        if not self._rules_for.judge_trees():
            return {}
        found = ((note.path, self._rules_or_none(note)) for note in self.session.notes)
        return {path: each for path, each in found if each and in_scope(TREE, names=each.names)}

    @cached_property
    def _tree_rules(self) -> dict[str, Active]:
        """The rules on a tree as a whole that are on for a note of the run, by name."""
        sets = dict.fromkeys(self._under_tree_rules.values())
        return {each.rule.name: each for one in sets for each in one.in_scope(TREE)}

    def in_tree(self) -> Iterator[Diagnostic]:
        """The diagnostics of rules on the tree as a whole, about files that are not notes."""
        active = self._tree_rules
        for path, one in in_tree(self.workspace, active.values()) if active else ():
            file = NotePath(self.session.root, path, path)
            rule_set = self._rules_or_none(file)
            if (
                rule_set
                and one.rule.name in rule_set.names
                and not self.session.excluded(file.file)
            ):
                yield to_diagnostic(rule_set.configured(one), path, LineIndex(""))

    def _rules_or_none(self, note: NotePath) -> RuleSet | None:
        """The rules that are on for *note*; None if its configuration is wrong."""
        try:
            return self._rules_for(note)
        except ConfigError:
            return None

    # ------------------------------------------------------------------ saving

    def save(self) -> None:
        """Write the entries and findings of this run to the cache."""
        cache = self.session.cache
        if cache is None:
            return
        from notelint.cache.serialize import to_json
        from notelint.cache.store import snapshot_name

        snapshot = to_json(sorted(self.workspace.snapshot()))
        entries = self._entries(snapshot_name(snapshot))
        cache.save(entries, snapshot, self._under_tree_rules)

    def _entries(self, snapshot: str) -> Iterator[CacheEntry]:
        from notelint.cache.serialize import to_json

        check = self.session.dependency_check
        for path in {**self.session.entries, **self._found}:
            entry, known = self.session.entry_with_analysis(path), self._known(path)
            if entry is None or not entry.stamp or check is None:
                continue
            if known:
                digests = {each: check.digest(each) or "" for each in sorted(known.dependencies)}
                entry = entry._replace(
                    findings=to_json(known.diagnostics),
                    dependencies=to_json(digests),
                    snapshot=snapshot,
                )
            yield entry
