"""The rules applied to one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

import notelint.rules as rules
from notelint.diagnostics import (
    Diagnostic,
    DiagnosticEdit,
    DiagnosticFix,
    DiagnosticRelated,
    Finding,
)
from notelint.engine.note_path import NotePath
from notelint.text.covered import Covered
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.text.startup import NamedTuple
from notelint.workspace.sites import SITES

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.rules.base import Rule
    from notelint.text.source import LineIndex
    from notelint.workspace.facts import FileFacts
    from notelint.workspace.sites import Site
    from notelint.workspace.workspace import Workspace

MAX_LISTED = 10_000  # findings of one rule, without a fix, in one note; hostile notes have more


class Active(NamedTuple):
    """A rule that is on, with its options."""

    rule: Rule
    options: Any


class RuleSet:
    """The rules that are on for a note. Each is imported and configured when it is first needed.

    ``compares_copies``: list entries are compared across notes, for some note of the run.
    ``sites`` decide which addresses lead to the same page.
    """

    def __init__(
        self,
        names: Sequence[str],
        make: Callable[[str], Active],
        *,
        compares_copies: bool = True,
        sites: tuple[Site, ...] = SITES,
    ) -> None:
        self.names = names
        self.compares_copies = compares_copies
        self.sites = sites
        self._make = cache(make)

    def in_scope(self, *scopes: str) -> list[Active]:
        """The active rules with one of these *scopes*."""
        return [*map(self._make, rules.in_scope(*scopes, names=self.names))]

    def on_document(self, doc: Document) -> list[Active]:
        """The active rules with the scope of one document that may find something in *doc*."""
        names = rules.in_scope(rules.DOCUMENT, names=self.names)
        has = cache(doc.source.text.__contains__)  # several rules ask for the same text
        return [*map(self._make, rules.may_fire(names, has))]

    def across(self, facts: FileFacts, *, links: bool) -> list[Active]:
        """The active rules across files that may find something in the note with these *facts*.

        Rules on links are included only with *links*.
        """
        scopes = (rules.LINKS, rules.NOTES) if links else (rules.NOTES,)
        names = rules.in_scope(*scopes, names=self.names)
        return [*map(self._make, rules.may_fire(names, partial(getattr, facts)))]

    def configured(self, found: RuleFinding) -> RuleFinding:
        """*found*, with the configured rule."""
        return found._replace(rule=self._make(found.rule.name).rule)

    def named(self, names: Container[str]) -> list[Active]:
        """The active rules whose name is in *names*."""
        return [self._make(name) for name in self.names if name in names]


class RulesFor(Protocol):
    """A function that returns the rules for each note."""

    def __call__(self, note: NotePath, /) -> RuleSet:
        """The rules that are on for *note*."""

    def judge_trees(self) -> bool:
        """Whether a rule on a tree as a whole may be on for some note, without asking for each."""


class RuleFinding(NamedTuple):
    """A finding and its rule."""

    rule: Rule
    finding: Finding


def in_document(doc: Document, active: Iterable[Active]) -> list[RuleFinding]:
    """The findings in *doc* of those *active* rules that have the scope of one document."""
    invalid = doc.source.invalid is not None
    return _without_repeats(
        doc,
        [
            RuleFinding(rule, finding)
            for rule, options in active
            if rule.scope == rules.DOCUMENT and (not invalid or rule.name == rules.NOT_UTF8)
            for finding in rule.check(doc, options)
        ],
    )


def _without_repeats(doc: Document, findings: list[RuleFinding]) -> list[RuleFinding]:
    """*findings* without those in tables of contents that are also found in a heading.

    An entry repeats its heading, with its fault. A fix of the entry alone would not last, since
    `toc` writes it again.
    """
    if not findings or "<!--" not in doc.source.text:
        return findings
    headings = Covered(each.span for each in doc.headings)

    def fault(found: RuleFinding) -> tuple[str, str]:
        return found.rule.name, doc.slice(found.finding.span)

    faults = {fault(each) for each in findings if headings.covers(each.finding.span)}
    if not faults:
        return findings
    from notelint.toc.markers import find_blocks  # few notes have a fault in a heading

    tables = Covered(block.inner for block in find_blocks(doc))
    return [
        each
        for each in findings
        if headings.covers(each.finding.span)
        or fault(each) not in faults
        or not tables.covers(each.finding.span)
    ]


def without_echoes(findings: list[RuleFinding]) -> list[RuleFinding]:
    """*findings* in one note without those that only repeat that it has a merge conflict."""
    if all(each.rule.name != rules.MERGE_CONFLICT for each in findings):
        return findings
    return [each for each in findings if each.rule.name not in rules.CONFUSED_BY_CONFLICTS]


def across(facts: FileFacts, workspace: Workspace, rule_set: RuleSet) -> list[RuleFinding]:
    """The findings of rules across files in the note with these *facts*."""
    return [
        RuleFinding(rule, finding)
        for rule, options in rule_set.across(facts, links=bool(workspace.inside(facts)))
        for finding in rule.check(facts, workspace, options)
    ]


def in_tree(workspace: Workspace, active: Iterable[Active]) -> list[tuple[str, RuleFinding]]:
    """The findings of rules that look at a whole tree, each with the path of its file."""
    return [
        (path, RuleFinding(rule, Finding(Span(0, 0), message)))
        for rule, options in active
        for path, message in rule.check(workspace, options)
    ]


def limited(findings: list[RuleFinding]) -> list[RuleFinding]:
    """*findings* of one note, at most :data:`MAX_LISTED` of a rule; the last one counts the rest.

    Findings that have a fix, or that are reported as one, do not count.
    """
    if len(findings) <= MAX_LISTED:
        return findings
    kept: list[RuleFinding] = []
    number: Counter[str] = Counter()
    last: dict[str, int] = {}
    for each in findings:
        if each.finding.fix is None and each.finding.many is None:
            number[each.rule.name] += 1
            if number[each.rule.name] > MAX_LISTED:
                continue
            last[each.rule.name] = len(kept)
        kept.append(each)
    for name, at in last.items():
        if more := max(number[name] - MAX_LISTED, 0):
            rule, finding = kept[at]
            message = f"{finding.message}; {more:,} more of `{name}` in this note are not listed"
            kept[at] = RuleFinding(rule, finding._replace(message=message))
    return kept


def stale_tocs(findings: Iterable[RuleFinding]) -> list[Span]:
    """The spans of the tables of contents that are reported as stale as a whole."""
    return [each.finding.span for each in findings if each.rule.name == rules.TOC_STALE]


def to_diagnostic(found: RuleFinding, path: str, lines: LineIndex) -> Diagnostic:
    """*found* as a diagnostic, in lines and columns, without related places in other files."""
    rule, finding = found
    return Diagnostic(
        path=path,
        range=lines.range(finding.span),
        rule=rule.name,
        category=rule.category,
        severity=rule.severity,
        message=finding.message,
        text=lines.text[finding.span.start : finding.span.end],
        fix=_diagnostic_fix(finding.fix, lines) if finding.fix else None,
        related=tuple(
            [
                DiagnosticRelated(path, lines.range(each.span), each.message)
                for each in finding.related
                if each.path is None
            ]
        ),
        key=finding.key,
        refused=finding.refused,
        many=finding.many,
    )


def from_diagnostic(diagnostic: Diagnostic, rule: Rule, lines: LineIndex) -> RuleFinding:
    """The finding of *rule* that *diagnostic* was made from, without related places.

    *lines* are those of its note.
    """
    fix = diagnostic.fix and Fix(
        diagnostic.fix.message,
        tuple([Edit(lines.span(each.range), each.text) for each in diagnostic.fix.edits]),
        diagnostic.fix.safe,
    )
    span = lines.span(diagnostic.range)
    return RuleFinding(rule, Finding(span, diagnostic.message, fix, key=diagnostic.key))


def _diagnostic_fix(fix: Fix, lines: LineIndex) -> DiagnosticFix:
    return DiagnosticFix(
        fix.message,
        fix.safe,
        tuple(DiagnosticEdit(lines.range(edit.span), edit.text) for edit in fix.edits),
    )
