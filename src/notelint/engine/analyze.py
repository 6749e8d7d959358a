"""The analysis of one note: a pure function of its bytes, its path and the rules.

It may run in another process or on another machine; its result is small.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from notelint.cache.entry import Analysis, CacheEntry, file_stamp
from notelint.config.errors import ConfigError
from notelint.engine.gate import obstacle
from notelint.engine.linter import (
    RuleFinding,
    RuleSet,
    RulesFor,
    across,
    in_document,
    limited,
    stale_tocs,
    to_diagnostic,
    without_echoes,
)
from notelint.engine.note_cost import too_costly
from notelint.engine.note_errors import bug_message
from notelint.engine.note_path import NotePath
from notelint.engine.suppressions import SuppressionResult, apply_suppressions
from notelint.markdown.document import Document, recent
from notelint.text.source import Source
from notelint.workspace import read_note
from notelint.workspace.digests import digest
from notelint.workspace.facts import facts_of
from notelint.workspace.workspace import Workspace

# The result for a note: its analysis, its cache entry with the analysis, or why there is none.
Result = Analysis | CacheEntry | str


def analyze(path: str, doc: Document, rule_set: RuleSet) -> Analysis:
    """The analysis of *doc*, the note at *path*, without its digest and stamp."""
    findings = in_document(doc, rule_set.on_document(doc))
    tocs = stale_tocs(findings)
    kept, used = apply_suppressions(findings, doc.directives, tocs, doc.lines)
    kept = limited(drop_refused_fixes(doc, without_echoes(kept)))
    return Analysis(
        facts=facts_of(path, doc, copies=rule_set.compares_copies, sites=rule_set.sites),
        diagnostics=tuple(to_diagnostic(each, path, doc.lines) for each in kept),
        directives=tuple(doc.directives),
        used=used,
        stale_tocs=tuple(tocs),
        changeable=not (obstacle(doc) or too_costly(doc)),
        text=doc.source.text,
    )


def analyze_bytes(
    rules_for: RulesFor,
    note: NotePath,
    data: bytes,
    stamp: str = "",
    parse: Callable[[Source], Document] = recent,
) -> Analysis | str:
    """The analysis of a note with the bytes *data*, or why there is none."""
    try:
        doc = parse(Source.decode(data))
        found = analyze(note.path, doc, rules_for(note))
        return found._replace(digest=digest(data), stamp=stamp)
    except ConfigError as error:
        return str(error)
    except Exception as error:
        return f"{note.display_path}: {bug_message(error)}"


def analyze_file(rules_for: RulesFor, note: NotePath) -> tuple[NotePath, Analysis | str]:
    """Read *note* and analyze it. Raises nothing."""
    try:
        data, stamp = read_stamped(note)
    except read_note.FileProblem as problem:
        return note, str(problem)
    return note, analyze_bytes(rules_for, note, data, stamp)


def analyze_elsewhere(
    rules_for: RulesFor, serialized: bool, note: NotePath
) -> tuple[NotePath, Result]:
    """:func:`analyze_file` in another process; a *serialized* result is smaller to send."""
    _, found = analyze_file(rules_for, note)
    if isinstance(found, str):
        return note, found
    if serialized:
        from notelint.cache.serialize import entry_of

        return note, entry_of(found)
    return note, found._replace(text=None)


def read_stamped(note: NotePath) -> tuple[bytes, str]:
    """The bytes of *note* and the stamp of its file. Raises :class:`FileProblem`."""
    now = time.time_ns()
    data = read_note.read(note.file, note.display_path)
    return data, file_stamp(note.file, now)


def drop_refused_fixes(doc: Document, findings: list[RuleFinding]) -> list[RuleFinding]:
    """*findings* of *doc* without the fixes that the gate refuses."""
    if not any(each.finding.fix for each in findings):
        return findings
    from notelint.engine.offered_fixes import (
        without_refused_fixes,  # most notes have nothing to fix
    )

    return without_refused_fixes(doc, findings)


def findings_of(
    path: str, doc: Document, workspace: Workspace, rule_set: RuleSet
) -> SuppressionResult:
    """The findings of all rules in the note at *path* in *workspace*, after suppressions."""
    findings = in_document(doc, rule_set.on_document(doc))
    findings += across(facts_of(path, doc, sites=rule_set.sites), workspace, rule_set)
    found = apply_suppressions(findings, doc.directives, stale_tocs(findings), doc.lines)
    return found._replace(findings=without_echoes(found.findings))
