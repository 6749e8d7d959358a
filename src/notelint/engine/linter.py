"""The rules applied to one document."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from notelint import rules
from notelint.diagnostics import (
    Diagnostic,
    DiagnosticEdit,
    DiagnosticFix,
    DiagnosticRelated,
    Finding,
)
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


class Active(NamedTuple):
    """A rule that is on, with its options."""

    rule: Rule
    options: Any


class RuleSet:
    """The rules that are on for a note. Each is made, and loaded, when it is first needed.

    ``entries`` tells whether for any note of the run entries are compared with those of others,
    ``sites`` which addresses are those of one page.
    """

    def __init__(
        self,
        names: Sequence[str],
        make: Callable[[str], Active],
        *,
        entries: bool = True,
        sites: tuple[Site, ...] = SITES,
    ) -> None:
        self.names = names
        self.entries = entries
        self.sites = sites
        self._make = cache(make)

    def in_scope(self, *scopes: str) -> list[Active]:
        """Those with one of these *scopes*."""
        return [*map(self._make, rules.in_scope(*scopes, names=self.names))]

    def configured(self, raised: RuleFinding) -> RuleFinding:
        """*raised* with the rule as it is configured."""
        return raised._replace(rule=self._make(raised.rule.name).rule)

    def named(self, names: Container[str]) -> list[Active]:
        """Those whose name is in *names*."""
        return [self._make(name) for name in self.names if name in names]


# The rules that are on for a note, given its absolute path.
RulesFor = Callable[[str], RuleSet]


class RuleFinding(NamedTuple):
    """A finding and the rule that it is from."""

    rule: Rule
    finding: Finding


def in_document(doc: Document, active: Iterable[Active]) -> list[RuleFinding]:
    """What the rules that look at one document find in *doc*."""
    invalid = doc.source.invalid is not None
    return [
        RuleFinding(rule, finding)
        for rule, options in active
        if rule.scope == rules.DOCUMENT and (not invalid or rule.name == "not-utf8")
        for finding in rule.check(doc, options)
    ]


def across(facts: FileFacts, workspace: Workspace, on: RuleSet) -> list[RuleFinding]:
    """What the rules that look at more than one file find in the note of *facts*."""
    scopes = (rules.LINKS, rules.NOTES) if workspace.inside(facts) else (rules.NOTES,)
    return [
        RuleFinding(rule, finding)
        for rule, options in on.in_scope(*scopes)
        for finding in rule.check(facts, workspace, options)
    ]


def in_tree(workspace: Workspace, active: Iterable[Active]) -> list[tuple[str, RuleFinding]]:
    """What the rules that look at a whole tree find, each with the path of its file."""
    return [
        (path, RuleFinding(rule, Finding(Span(0, 0), message)))
        for rule, options in active
        for path, message in rule.check(workspace, options)
    ]


def stale_blocks(raised: Iterable[RuleFinding]) -> list[Span]:
    """The tables of contents that are reported as a whole."""
    return [each.finding.span for each in raised if each.rule.name == "toc-stale"]


def to_diagnostic(raised: RuleFinding, path: str, lines: LineIndex) -> Diagnostic:
    """*raised* in lines and columns, without related places in other files."""
    rule, finding = raised
    return Diagnostic(
        path=path,
        range=lines.range(finding.span),
        rule=rule.name,
        category=rule.category,
        severity=rule.severity,
        message=finding.message,
        text=lines.text[finding.span.start : finding.span.end],
        fix=_fix(finding.fix, lines) if finding.fix else None,
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
    """The finding of *rule* that *diagnostic* was made of, in the text of *lines*.

    It is without related places.
    """
    fix = diagnostic.fix and Fix(
        diagnostic.fix.message,
        tuple([Edit(lines.span(each.range), each.text) for each in diagnostic.fix.edits]),
        diagnostic.fix.safe,
    )
    span = lines.span(diagnostic.range)
    return RuleFinding(rule, Finding(span, diagnostic.message, fix, key=diagnostic.key))


def _fix(fix: Fix, lines: LineIndex) -> DiagnosticFix:
    return DiagnosticFix(
        fix.message,
        fix.safe,
        tuple(DiagnosticEdit(lines.range(edit.span), edit.text) for edit in fix.edits),
    )
