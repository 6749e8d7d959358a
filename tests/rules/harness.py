"""Runs one rule, and its fixes, on a note of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import notelint.rules as rules
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.linter import (
    Active,
    RuleFinding,
    RuleSet,
    across,
    in_document,
    in_tree,
    stale_tocs,
)
from notelint.engine.note_path import NotePath
from notelint.engine.suppressions import apply_suppressions, unused
from notelint.engine.web_links import Answers, link_findings
from notelint.markdown.document import Document
from notelint.online.address import fault
from notelint.online.results import Outcome, Status
from notelint.text.source import Source, Span
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.note_kinds import kinds_of
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace

NOTE = "note.md"
UNUSED = "unused-suppression"
ON_BY_DEFAULT = sorted(rules.CATALOG.keys() - rules.OPT_IN)


class ForAll(NamedTuple):
    """The same rules for every note."""

    on: RuleSet

    def __call__(self, note: NotePath, /) -> RuleSet:
        return self.on

    def judge_trees(self) -> bool:
        return False


class Found(NamedTuple):
    """A finding: its span and the text there, its message, and the places that it names.

    A path is None in the note itself.
    """

    span: Span
    covers: str
    message: str
    related: tuple[tuple[str | None, str, str], ...] = ()  # path, text and message
    path: str | None = None


def run_on_text(name: str, text: str, **options: Any) -> list[Found]:
    """The findings of the rule *name* in *text*, in text order."""
    return RuleHarness(name, options=options).run(Document.of(text))


def run_on_note(name: str, folder: Path, note: str = NOTE, **options: Any) -> list[Found]:
    """The findings of the rule *name* in the note at *note* below *folder*, in text order."""
    return RuleHarness(name, folder, note, options).run(_read(folder, note))


def fix_note(name: str, folder: Path, note: str = NOTE, *, unsafe: bool = True) -> str:
    """The text of the note at *note* below *folder* after all fixes; none may be refused."""
    done = RuleHarness(name, folder, note).fix(_read(folder, note), unsafe=unsafe)
    assert not done.refused, done.refused
    return done.doc.source.text


@dataclass
class RuleHarness:
    """The rule *name* with *options*, for documents that are the note at *note* below *folder*.

    A folder with a ``.git`` counts as a repository. The web has lost ``/gone`` of every site and
    moved ``/old`` to ``/new``.
    """

    name: str
    folder: Path = Path()
    note: str = NOTE
    options: Mapping[str, Any] = field(default_factory=dict)

    def run(self, doc: Document) -> list[Found]:
        """The findings in *doc*, in text order, and behind them those in other files."""
        found = [
            Found(
                each.finding.span,
                doc.slice(each.finding.span),
                each.finding.message,
                tuple(
                    (
                        one.path,
                        (_read(self.folder, one.path) if one.path else doc).slice(one.span),
                        one.message,
                    )
                    for one in each.finding.related
                ),
            )
            for each in self.findings(doc)
        ]
        elsewhere = in_tree(self._workspace(doc), self._on.in_scope(rules.TREE))
        return found + [
            Found(each.finding.span, "", each.finding.message, path=path)
            for path, each in elsewhere
        ]

    def fix(self, doc: Document, *, unsafe: bool = True) -> Fixed:
        """What all fixes make of *doc*."""
        return fix_document(doc, self.findings, unsafe=unsafe)

    def findings(self, doc: Document) -> list[RuleFinding]:
        """What the rule finds in *doc*, in text order."""
        return sorted(self._raised(doc), key=lambda each: each.finding.span)

    def _raised(self, doc: Document) -> list[RuleFinding]:
        if rules.CATALOG[self.name].scope == rules.ONLINE:
            return link_findings(doc, self.note, self._on.in_scope(rules.ONLINE), _answers(doc))
        findings = in_document(doc, self._on.on_document(doc))
        findings += across(facts_of(self.note, doc), self._workspace(doc), self._on)
        if self.name != UNUSED:
            return findings
        used = apply_suppressions(findings, doc.directives, stale_tocs(findings), doc.lines).used
        return list(unused(doc.directives, used, ON_BY_DEFAULT, doc.lines))

    @cached_property
    def _on(self) -> RuleSet:
        names = ON_BY_DEFAULT if self.name == UNUSED else [self.name]
        names = rules.not_silent(names, kinds_of(self.note))
        return RuleSet(names, lambda name: Active(rules.get(name), self._options(name)))

    def _options(self, name: str) -> Any:
        return rules.get(name).options(**self.options if name == self.name else {})

    def _workspace(self, doc: Document) -> Workspace:
        def load(path: str) -> FileFacts | None:
            if path != self.note and not (self.folder / path).exists():
                return None
            return facts_of(path, doc if path == self.note else _read(self.folder, path))

        return Workspace(Tree(str(self.folder)), load, [self.note])


def _answers(doc: Document) -> Answers:
    outcomes = {}
    for link in doc.links:
        url = link.destination
        if "/gone" in url or fault(url):
            outcomes[url] = Outcome(Status.DEAD, "404")
        elif "/old" in url:
            outcomes[url] = Outcome(Status.MOVED, target=url.replace("/old", "/new"))
    return Answers(outcomes, {})


def _read(folder: Path, path: str) -> Document:
    return Document(Source.decode((folder / path).read_bytes()))
