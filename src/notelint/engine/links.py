"""External links of notes: which are to be asked for, and what is reported of the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from notelint.engine import files
from notelint.engine.fix import fix_document, refusal
from notelint.engine.lint import Active, Raised, RulesFor, located
from notelint.engine.look import internal
from notelint.engine.note import Note, note_at
from notelint.engine.outcome import Report
from notelint.engine.suppress import sift
from notelint.markdown.document import Document
from notelint.markdown.links import Link
from notelint.online.address import is_web
from notelint.online.outcome import Outcome, Status
from notelint.rules.base import Rule
from notelint.rules.effects import Readdresses
from notelint.rules.visit import Visit
from notelint.text.source import Source
from notelint.text.span import Span
from notelint.workspace.resolve import resolve
from notelint.workspace.urls import canonical

# No scheme, so it would be a path; but nobody means a folder `https` with one without a name in it.
_NO_COLON = re.compile(r"https?//", re.IGNORECASE)

LinesOf = Callable[[Path], "frozenset[int] | None"]


class Answers(NamedTuple):
    """What is known of links, by destination; ``archived`` has copies of some that are dead."""

    outcomes: Mapping[str, Outcome]
    archived: Mapping[str, str]


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
    """

    def __init__(
        self, notes: Sequence[Path], rules_for: RulesFor, lines_of: LinesOf = lambda note: None
    ) -> None:
        self.report = Report()
        self.places: dict[str, list[Place]] = {}
        self.judged = 0
        self._rules_for = rules_for
        self._lines_of = lines_of
        self._notes: list[tuple[Note, frozenset[str]]] = []
        for path in notes:
            self._collect(note_at(path, Path.cwd()))

    def _collect(self, note: Note) -> None:
        try:
            doc = self._parsed(note)[1]
            self.report.files += 1
            found = self._wanted(note, doc)
        except files.FileProblem as problem:
            self.report.problems.append(str(problem))
        except Exception as error:  # a bug of ours must not cost the other files
            self.report.problems.append(f"{note.shown}: {internal(error)}")
        else:
            if found:
                self._notes.append((note, frozenset(link.destination for link in found)))
            for link in found:
                start = doc.lines.position(link.target.start)
                place = Place(note.shown, start.line, start.column)
                self.places.setdefault(link.destination, []).append(place)

    def _parsed(self, note: Note) -> tuple[bytes, Document]:
        data = files.read(note.file, note.shown)
        source = Source.decode(data)
        if source.invalid is not None:
            raise files.FileProblem(f"{note.shown}: not UTF-8 (byte at offset {source.invalid})")
        return data, Document(source)

    def _active(self, note: Note) -> list[Active]:
        return [active for active in self._rules_for(note.file) if active.rule.online]

    def _wanted(self, note: Note, doc: Document) -> list[Link]:
        """The links that anything would be reported of."""
        active, lines = self._active(note), self._lines_of(note.file)
        self.judged += bool(active)
        if not active or lines == frozenset():
            return []
        return [
            link
            for link in web_links(doc, note.path)
            if lines is None or _touches(doc, link.target, lines)
            if not _silenced(doc, link, active)
        ]

    # ------------------------------------------------------------------ answers

    def finish(self, answers: Answers, *, fix: bool = False) -> Report:
        """Report what *answers* say of the links; with *fix*, first put in the new addresses."""
        for note, wanted in self._notes:
            if any(_matters(answers.outcomes.get(url)) for url in wanted):
                try:
                    self._report(note, answers, fix)
                except files.FileProblem as problem:
                    self.report.problems.append(str(problem))
        self.report.diagnostics.sort(key=lambda each: each.sort_key)
        return self.report

    def _report(self, note: Note, answers: Answers, fix: bool) -> None:
        data, doc = self._parsed(note)
        active = self._active(note)
        lines = self._lines_of(note.file)

        def find(doc: Document) -> list[Raised]:
            return [
                each
                for each in raised(doc, note.path, active, answers)
                if lines is None or _touches(doc, each.finding.span, lines)
            ]

        if fix:
            doc = self._fixed(note, data, doc, find)
        self.report.diagnostics += [located(each, note.shown, doc.lines) for each in find(doc)]

    def _fixed(
        self, note: Note, data: bytes, doc: Document, find: Callable[[Document], list[Raised]]
    ) -> Document:
        fixed = fix_document(doc, find)
        for each in find(fixed.doc) if fixed.refused else ():
            if reason := fixed.refused.get(refusal(fixed.doc, each)):
                line = fixed.doc.lines.position(each.finding.span.start).line
                message = f"fix of {each.rule.name} not applied, {reason}"
                self.report.problems.append(f"{note.shown}:{line}: {message}")
        if fixed.doc.source == doc.source:
            return doc
        files.write(note.file, note.shown, data, fixed.doc.source.encode(), note.root)
        self.report.fixed += fixed.applied
        self.report.changed.append((note.shown, doc.source.text, fixed.doc.source.text))
        return fixed.doc


def web_links(doc: Document, path: str) -> Iterator[Link]:
    """The links and images of the note at *path* that lead to the web, or were meant to.

    A reference counts where it is defined, and a definition where something uses it.
    """
    defined: set[str | None] = set()
    for link in doc.links:
        if link.kind == "definition":
            if link.label in defined or link.label not in doc.used_labels:
                continue
            defined.add(link.label)
        if link.kind == "reference" or not is_web(link.destination):
            continue
        kind = resolve(link.destination, path).kind
        if kind == "external" or (kind == "local" and _NO_COLON.match(link.destination)):
            yield link


def raised(doc: Document, path: str, active: Sequence[Active], answers: Answers) -> list[Raised]:
    """What the rules say of the links of *doc*, the note at *path*, less what it suppresses."""
    rules = [(_bound(each, answers), each.options) for each in active]
    found = [
        Raised(rule, finding)
        for link in web_links(doc, path)
        if (visit := _visit(link, answers))
        for rule, options in rules
        if rule.online
        for finding in rule.online(visit, options)
    ]
    return sift(found, doc.directives, (), doc.lines).kept


def _matters(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.status in (Status.DEAD, Status.MOVED)


def _visit(link: Link, answers: Answers) -> Visit | None:
    outcome = answers.outcomes.get(link.destination)
    if outcome is None or not _matters(outcome):
        return None
    return Visit(
        kind=link.kind,
        destination=link.destination,
        span=link.target,
        dead=outcome.reason if outcome.status is Status.DEAD else "",
        moved=outcome.target,
        archived=answers.archived.get(link.destination),
    )


def _bound(active: Active, answers: Answers) -> Rule:
    """The rule, whose fixes may lead a link to where the answers say that it leads, only."""
    rule = active.rule
    if not isinstance(rule.effect, Readdresses):
        return rule
    allowed = rule.effect.allowed

    def as_answered(before: str, after: str) -> bool:
        outcome = answers.outcomes.get(before)
        target = outcome.target if outcome else None
        return (
            bool(target) and canonical(after) == canonical(target or "") and allowed(before, after)
        )

    return replace(rule, effect=Readdresses(as_answered))


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
