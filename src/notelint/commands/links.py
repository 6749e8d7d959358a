"""The external links of many notes: which to ask for, then what to report and what to fix."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from notelint.engine import files
from notelint.engine.analyze import offered_of
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.guard import decoded, guarded
from notelint.engine.linter import Active, Raised, RulesFor, located
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.web_links import Answers, matters, raised, web_links
from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.online.results import Outcome, Status
from notelint.rules import ONLINE
from notelint.run_report import RunReport
from notelint.text.source import Source, Span
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.git import repository_root
from notelint.workspace.workspace import Workspace

# Without any of these nothing leads to the web, and the note need not be parsed.
_WEB = re.compile(r"https?[:/]|//|www\.", re.IGNORECASE)
_NOT_HERE = Outcome(Status.DEAD, "no such file in this repository")

# The lines of a note, given its absolute path, whose links count; None for all.
LinesOf = Callable[[str], "frozenset[int] | None"]


class Place(NamedTuple):
    """Where a destination stands: path as shown, line and column from 1."""

    path: str
    line: int
    column: int


class LinkRun:
    """One look at the external links of *notes*, given as paths from the current folder.

    ``places`` tells where each destination stands that is to be asked for. Of what *rules_for* has
    for a note only the rules about links that were asked for count; ``judged`` is the number of
    notes that have any. *lines_of* gives the lines of a note whose links count, None for all.
    Raises ConfigError where one of these functions does.
    """

    def __init__(
        self, notes: Sequence[str], rules_for: RulesFor, lines_of: LinesOf = lambda note: None
    ) -> None:
        self.report = RunReport()
        self.places: dict[str, list[Place]] = {}
        self.judged = 0
        self._rules_for = rules_for
        self._lines_of = lines_of
        self._notes: list[tuple[NotePath, frozenset[str]]] = []
        self._known: dict[str, Outcome] = {}
        self._workspaces: dict[str, Workspace] = {}
        for path in notes:
            self._collect(note_at(path, os.getcwd()))

    # ------------------------------------------------------------------ questions

    def _collect(self, note: NotePath) -> None:
        with guarded(note, self.report.problems):
            source = decoded(note, read_note.read(note.file, note.display_path))
            self.report.files += 1
            self._take(note, source)

    def _take(self, note: NotePath, source: Source) -> None:
        active, lines = self._active(note), self._lines_of(note.file)
        self.judged += bool(active)
        if not active or lines == frozenset() or not _WEB.search(source.text):
            return
        doc = Document(source)
        wanted = [
            link
            for link in web_links(doc, note.path)
            if lines is None or _touches(doc, link.target, lines)
            if not _silenced(doc, link, active)
        ]
        self._notes.append((note, frozenset(link.destination for link in wanted)))
        for link in wanted:
            if not self._is_known(note, link.destination):
                start = doc.lines.position(link.target.start)
                place = Place(note.display_path, start.line, start.column)
                self.places.setdefault(link.destination, []).append(place)

    def _active(self, note: NotePath) -> list[Active]:
        return self._rules_for(note.file).in_scope(ONLINE)

    def _is_known(self, note: NotePath, url: str) -> bool:
        """Whether *url* is a page of the note's own repository, which is looked up here."""
        if note.root not in self._workspaces:
            inside = repository_root(note.root) is not None
            self._workspaces[note.root] = Workspace(note.root, lambda path: None, repository=inside)
        workspace = self._workspaces[note.root]
        found = workspace.resolve(url, note.path)
        if not found.prefix:
            return False
        there = not found.path or workspace.page(found.path) is not None
        self._known[url] = Outcome(Status.ALIVE) if there else _NOT_HERE
        return True

    # ------------------------------------------------------------------ answers

    def finish(self, answers: Answers, *, fix: bool = False, force: bool = False) -> RunReport:
        """Report what *answers* say of the links; with *fix*, first put in the new addresses.

        With *force*, also into files that lose something else by it.
        """
        answers = answers._replace(outcomes={**answers.outcomes, **self._known})
        for note, wanted in self._notes:
            if any(matters(answers.outcomes.get(url)) for url in wanted):
                with guarded(note, self.report.problems):
                    self._report(note, answers, fix, force)
        self.report.diagnostics.sort(key=lambda each: each.sort_key)
        return self.report

    def _report(self, note: NotePath, answers: Answers, fix: bool, force: bool) -> None:
        data = read_note.read(note.file, note.display_path)
        doc = Document(decoded(note, data))
        active, lines = self._active(note), self._lines_of(note.file)

        def find(doc: Document) -> list[Raised]:
            return [
                each
                for each in raised(doc, note.path, active, answers)
                if lines is None or _touches(doc, each.finding.span, lines)
            ]

        left = fix_document(doc, find) if fix else Fixed(doc)
        if left.doc.source != doc.source:
            after = left.doc.source.encode()
            files.write(note.file, note.display_path, data, after, note.root, force=force)
            self.report.fixed += left.applied
            self.report.changed.append((note.display_path, doc.source.text, left.doc.source.text))
        told = [_told(each, left) for each in find(left.doc)]
        self.report.diagnostics += [
            located(each, note.display_path, left.doc.lines) for each in offered_of(left.doc, told)
        ]


def _told(raised: Raised, fixed: Fixed) -> Raised:
    """*raised*, with the reason if its fix was refused."""
    rule, finding = raised
    reasons = (why for each, why in fixed.refused.items() if each.finding == finding)
    reason = next(reasons, None)
    if reason is None:
        return raised
    return Raised(rule, Finding(finding.span, f"{finding.message} (not fixed: {reason})"))


def _silenced(doc: Document, link: Link, active: Sequence[Active]) -> bool:
    """Whether the note asks not to be told anything of *link*."""
    line = doc.lines.position(link.target.start).line if doc.directives else 0
    return bool(doc.directives) and all(
        any(one.covers(line, rule.name, rule.categories) for one in doc.directives)
        for rule, _ in active
    )


def _touches(doc: Document, span: Span, lines: frozenset[int]) -> bool:
    first, last = doc.lines.range(span)
    return any(line in lines for line in range(first.line, last.line + 1))
