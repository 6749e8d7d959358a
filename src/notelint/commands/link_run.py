"""``links``: request the external links of notes, report dead and moved ones, fix moved ones."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from notelint.commands.command_settings import LinkSettings
from notelint.commands.since import changed_lines
from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic, RunReport, Severity
from notelint.engine import write_note
from notelint.engine.analyze import drop_refused_fixes
from notelint.engine.fix import Fixed, fix_document
from notelint.engine.linter import Active, RuleFinding, to_diagnostic
from notelint.engine.note_errors import decoded, errors_isolated
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.rule_sets import RuleSets
from notelint.engine.web_links import Answers, is_reported, link_findings, web_links
from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.online.address import fault, ignored
from notelint.online.link_check import OnResult, archived, check_urls
from notelint.online.results import LinkReport, Outcome, Status
from notelint.rules import ONLINE
from notelint.text.source import Range, Source
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace

# A note without any of these has no link to the web and need not be parsed.
_WEB = re.compile(r"https?[:/]|//|www\.", re.IGNORECASE)
_NOT_HERE = Outcome(Status.DEAD, "no such file in this repository")

# Makes a progress bar for a number of links, called with each link and its outcome.
LinkProgress = Callable[[int], AbstractContextManager[OnResult]]


class LinkPlace(NamedTuple):
    """The place of a link: its path as displayed, its range and the text there."""

    path: str
    range: Range
    text: str


def check_links(settings: LinkSettings, progress: LinkProgress) -> tuple[LinkRun, LinkReport]:
    """Request the external links, fix the moved ones if wanted; return the run and the outcomes.

    Raises :class:`ConfigError`.
    """
    links = LinkRun(settings)
    if links.report.files and not links.judged and settings.cli_layer.select:
        raise ConfigError("--select names neither `dead-link` nor `moved-link`")
    with progress(len(links.places)) as on_result:
        outcomes = check_urls(links.places, settings.online, on_result)
    copies = {}
    if settings.archive and not outcomes.interrupted:
        dead = [url for url, _ in outcomes.with_status(Status.DEAD) if not fault(url)]
        copies = archived(dead, settings.online)
    links.finish(Answers(outcomes.outcomes, copies), fix=settings.fix and not outcomes.interrupted)
    if settings.strict and not outcomes.offline:
        links.report.diagnostics += _unknown(outcomes, links.places)
        links.report.diagnostics.sort(key=lambda each: each.sort_key)
    return links, outcomes


def _unknown(
    outcomes: LinkReport, places: Mapping[str, Sequence[LinkPlace]]
) -> Iterator[Diagnostic]:
    """A finding for each link whose state is unknown."""
    for url, outcome in outcomes.with_status(Status.UNKNOWN):
        message = f"state of the link is unknown: {outcome.reason}"
        for path, at, text in places.get(url, ()):
            yield Diagnostic(path, at, "dead-link", "links", Severity.WARNING, message, text)


class LinkRun:
    """The external links of the notes: collected on creation, reported by :meth:`finish`.

    ``report`` has the findings, ``places`` the places of each link to request. ``judged`` is the
    number of notes for which a rule on external links is on.
    """

    def __init__(self, settings: LinkSettings) -> None:
        self.report = RunReport(failures=settings.failures)
        self.places: dict[str, list[LinkPlace]] = {}
        self.judged = 0
        self._settings = settings
        self._rules_for = RuleSets(settings.configs, settings.cli_layer)
        self._lines_of = changed_lines(settings.since)
        self._notes: list[tuple[NotePath, frozenset[str]]] = []
        self._known: dict[str, Outcome] = {}
        self._workspaces: dict[str, Workspace] = {}
        for path in settings.files:
            self._collect(note_at(path, os.getcwd()))

    def _collect(self, note: NotePath) -> None:
        try:
            self._rules_for(note)
        except ConfigError as error:  # it may concern other notes, too
            if str(error) not in self.report.failures:
                self.report.failures.append(str(error))
            return
        with errors_isolated(note, self.report):
            data = read_note.read(note.file, note.display_path)
            self.report.files += 1
            self._take(note, decoded(data))

    def _take(self, note: NotePath, source: Source) -> None:
        active, lines = self._active(note), self._lines_of(note.file)
        self.judged += bool(active)
        if not active or lines == frozenset() or not _WEB.search(source.text):
            return
        doc, own = Document(source), self._ignored(note)
        wanted = [
            link
            for link in web_links(doc, note.path)
            if lines is None or doc.lines.range(link.target).touches(lines)
            if not _silenced(doc, link, active) and not ignored(link.destination, own)
        ]
        self._notes.append((note, frozenset(link.destination for link in wanted)))
        for link in wanted:
            if not self._is_known(note, link.destination):
                place = LinkPlace(
                    note.display_path, doc.lines.range(link.target), doc.slice(link.target)
                )
                self.places.setdefault(link.destination, []).append(place)

    def _active(self, note: NotePath) -> list[Active]:
        return self._rules_for(note).in_scope(ONLINE)

    def _ignored(self, note: NotePath) -> tuple[str, ...]:
        """The patterns of links to ignore in *note*, beside those for all notes."""
        configs = self._settings.configs
        config = configs.of(note.file)
        own: tuple[str, ...] = () if config is configs.main else config.links.get("ignore", ())
        return own

    def _is_known(self, note: NotePath, url: str) -> bool:
        """Whether *url* is in the note's own repository; if so, record its outcome."""
        if note.root not in self._workspaces:
            self._workspaces[note.root] = Workspace(Tree(note.root), lambda path: None)
        workspace = self._workspaces[note.root]
        found = workspace.resolve(url, note.path)
        if not found.prefix:
            return False
        there = not found.path or workspace.page(found.path) is not None
        self._known[url] = Outcome(Status.ALIVE) if there else _NOT_HERE
        return True

    def finish(self, answers: Answers, *, fix: bool) -> None:
        """Report the findings that follow from *answers*; with *fix*, first apply their fixes."""
        answers = answers._replace(outcomes={**answers.outcomes, **self._known})
        for note, wanted in self._notes:
            if any(is_reported(answers.outcomes.get(url)) for url in wanted):
                with errors_isolated(note, self.report):
                    self._report(note, answers, fix)
        self.report.diagnostics.sort(key=lambda each: each.sort_key)

    def _report(self, note: NotePath, answers: Answers, fix: bool) -> None:
        if own := self._ignored(note):
            known = answers.outcomes.items()
            left = {url: outcome for url, outcome in known if not ignored(url, own)}
            answers = answers._replace(outcomes=left)
        data = read_note.read(note.file, note.display_path)
        doc = Document(decoded(data))
        active, lines = self._active(note), self._lines_of(note.file)

        def find(doc: Document) -> list[RuleFinding]:
            return [
                each
                for each in link_findings(doc, note.path, active, answers)
                if lines is None or doc.lines.range(each.finding.span).touches(lines)
            ]

        fixed = fix_document(doc, find) if fix else Fixed(doc)
        if fixed.doc.source != doc.source:
            after, force = fixed.doc.source.encode(), self._settings.force
            write_note.write(note.file, note.display_path, data, after, note.root, force=force)
            self.report.fixed += fixed.applied
            self.report.changed.append((note.display_path, doc.source.text, fixed.doc.source.text))
        remaining = [_with_reason(each, fixed) for each in find(fixed.doc)]
        self.report.diagnostics += [
            to_diagnostic(each, note.display_path, fixed.doc.lines)
            for each in drop_refused_fixes(fixed.doc, remaining)
        ]


def _with_reason(found: RuleFinding, fixed: Fixed) -> RuleFinding:
    """*found* with the reason, if its fix was refused."""
    rule, finding = found
    reasons = (why for each, why in fixed.refused.items() if each.finding == finding)
    reason = next(reasons, None)
    if reason is None:
        return found
    message = f"{finding.message} (not fixed: {reason})"
    return RuleFinding(rule, finding._replace(message=message, fix=None))


def _silenced(doc: Document, link: Link, active: Sequence[Active]) -> bool:
    """Whether suppressions silence all rules about *link*."""
    line = doc.lines.position(link.target.start).line if doc.directives else 0
    return bool(doc.directives) and all(
        any(one.covers(line, rule.name, rule.categories) for one in doc.directives)
        for rule, _ in active
    )
