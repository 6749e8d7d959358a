"""The external links of a note, and the findings that follow from the answers to requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from notelint.engine.linter import Active, RuleFinding
from notelint.engine.suppressions import apply_suppressions
from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.online.address import is_web
from notelint.online.results import Outcome, Status
from notelint.rules.base import Rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.checked_link import Visit
from notelint.text.startup import NamedTuple
from notelint.workspace.resolve import resolve
from notelint.workspace.urls import canonical

# Without its colon, `https//host` is a path; but no folder has such a name.
_NO_COLON = re.compile(r"https?//", re.IGNORECASE)
# A bare `https://` in a sentence is not a link on GitHub.
_NO_HOST = re.compile(r"https?:/*", re.IGNORECASE)


class Answers(NamedTuple):
    """The outcomes of links by destination; ``archived`` has copies of some dead pages."""

    outcomes: Mapping[str, Outcome]
    archived: Mapping[str, str]


def web_links(doc: Document, path: str) -> Iterator[Link]:
    """The links and images of the note at *path* that lead to the web, or were meant to.

    A reference counts as its definition, and a definition counts if it is used.
    """
    defined: set[str | None] = set()
    for link in doc.links:
        if link.kind == "definition":
            if link.label in defined or link.label not in doc.used_labels:
                continue
            defined.add(link.label)
        if link.kind == "reference" or not is_web(link.destination):
            continue
        if link.kind == "bare" and _NO_HOST.fullmatch(link.destination):
            continue
        kind = resolve(link.destination, path).kind
        if kind == "external" or (kind == "local" and _NO_COLON.match(link.destination)):
            yield link


def link_findings(
    doc: Document, path: str, active: Sequence[Active], answers: Answers
) -> list[RuleFinding]:
    """The findings on the links of *doc*, the note at *path*, after suppressions."""
    rules = [(_bound(each, answers), each.options) for each in active]
    found = [
        RuleFinding(rule, finding)
        for link in web_links(doc, path)
        if (visit := _visit(link, answers))
        for rule, options in rules
        for finding in rule.check(visit, options)
    ]
    return apply_suppressions(found, doc.directives, (), doc.lines).findings


def is_reported(outcome: Outcome | None) -> bool:
    """Whether a link with that outcome is reported."""
    return outcome is not None and outcome.status in (Status.DEAD, Status.MOVED)


def _visit(link: Link, answers: Answers) -> Visit | None:
    outcome = answers.outcomes.get(link.destination)
    if outcome is None or not is_reported(outcome):
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
    """The rule of *active*, whose fixes may only replace a link by the target of its redirect."""
    rule = active.rule
    if not isinstance(rule.effect, Readdresses):
        return rule
    allowed = rule.effect.allowed

    def as_answered(before: str, after: str) -> bool:
        outcome = answers.outcomes.get(before)
        target = canonical(outcome.target) if outcome and outcome.target else None
        return target is not None and canonical(after) == target and allowed(before, after)

    return rule._replace(effect=Readdresses(as_answered))
