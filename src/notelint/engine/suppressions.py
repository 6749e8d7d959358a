"""Suppressions applied to findings, and suppressions that suppress nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

import notelint.rules as rules
from notelint.cache.entry import Use
from notelint.diagnostics import Finding
from notelint.engine.linter import RuleFinding
from notelint.markdown.directives import Directive
from notelint.text.covered import Covered
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple
from notelint.text.suggest import Suggester, did_you_mean, hint


class SuppressionResult(NamedTuple):
    """The findings to report, and which comments suppressed the others."""

    findings: list[RuleFinding]
    used: frozenset[Use]


def apply_suppressions(
    findings: Iterable[RuleFinding],
    directives: Sequence[Directive],
    stale_tocs: Sequence[Span],
    lines: LineIndex,
) -> SuppressionResult:
    """*findings* less those that comments suppress and those inside *stale_tocs*."""
    if not directives and not stale_tocs:
        return SuppressionResult(list(findings), frozenset())
    found = [(each, lines.position(each.finding.span.start).line) for each in findings]
    used: set[Use] = set()
    quiet: dict[str, Covered] = {}
    for rule in {each.rule.name: each.rule for each, _ in found}.values():
        at = sorted(line for each, line in found if each.rule.name == rule.name)
        concerned = [one for one in directives if one.is_about(rule.name, rule.categories)]
        quiet[rule.name] = _lines_of(concerned)
        for one in concerned:
            first = bisect_left(at, one.first)
            if first < len(at) and at[first] <= one.last:
                names = one.names & {rule.name, *rule.categories}
                used |= {Use(one.span, name) for name in names or {""}}
    kept = [
        each
        for each, line in found
        if line not in quiet[each.rule.name] and not _hidden(each, stale_tocs)
    ]
    return SuppressionResult(kept, frozenset(used))


def _hidden(found: RuleFinding, stale_tocs: Sequence[Span]) -> bool:
    """Whether the finding is in a table of contents that is reported as a whole."""
    if found.rule.name == rules.TOC_STALE:
        return False
    return any(toc.covers(found.finding.span) for toc in stale_tocs)


def _lines_of(directives: Iterable[Directive]) -> Covered:
    """The lines that any of *directives* concerns."""
    return Covered(Span(one.first, one.last + 1) for one in directives)


def unused(
    directives: Sequence[Directive],
    used: frozenset[Use],
    ran: Iterable[str],
    lines: LineIndex,
) -> Iterator[RuleFinding]:
    """A finding of ``unused-suppression`` for each name in a comment that suppressed nothing.

    An unknown comment for notelint is a finding, too. A comment for another linter is not judged,
    nor is a category unless all of its rules *ran*.
    """
    names_on = set(ran) - _NOT_IN_ONE_NOTE
    if rules.UNUSED_SUPPRESSION not in names_on or not directives:
        return
    from notelint.config.selection import known

    suggester, known_names = Suggester(), known()
    quiet = _lines_of(one for one in directives if one.names and one.is_about(*_OWN_RULE))
    for one in directives:
        if one.unknown is not None and one.first not in quiet:
            start = max(lines.text.find(one.unknown, *one.span), one.span.start)
            span = Span(start, start + len(one.unknown))
            why = _without_effect(one.unknown, named=bool(one.names))
            yield RuleFinding(rules.get(rules.UNUSED_SUPPRESSION), Finding(span, why))
    for comment, names in _names_by_comment(directives).items():
        for name in sorted(names or {""}):
            if Use(comment, name) in used:
                continue
            message = _message(name, names_on, suggester, known_names)
            span = _place(name, comment, lines)
            line = lines.position(span.start).line
            if message and line not in quiet:
                yield RuleFinding(rules.get(rules.UNUSED_SUPPRESSION), Finding(span, message))


# Rules whose findings are in no text, or are not known yet.
_NOT_IN_ONE_NOTE = frozenset(rules.in_scope(rules.ONLINE, rules.TREE))
_OWN_RULE = (rules.UNUSED_SUPPRESSION, (rules.CATALOG[rules.UNUSED_SUPPRESSION].categories,))


def _names_by_comment(directives: Iterable[Directive]) -> dict[Span, frozenset[str]]:
    """The names in each comment for notelint; one comment may have become several directives."""
    found: dict[Span, frozenset[str]] = {}
    for one in directives:
        if one.own and one.unknown is None:
            found[one.span] = found.get(one.span, frozenset()) | one.names
    return found


def _without_effect(written: str, *, named: bool) -> str:
    """The message for an unknown comment that begins as *written*, with the closest known one.

    For one that enables nothing: it has names if *named*.
    """
    from notelint.config.key_path import in_quotes
    from notelint.markdown.directives import ACTIONS, ENABLE

    name = " ".join(written[:_MAX_SHOWN].split())
    action = re.sub(r"[^a-z]+", "-", name.lower().removeprefix("notelint")).strip("-")
    if action == ENABLE and re.match(r"(?i)notelint-", name):
        missing = "no `notelint-disable` above it names the same"
        if not named:
            missing = "there is no `notelint-disable` above it"
        return f"`{name}` has no effect: {missing}"
    known = in_quotes(f"notelint-{each}" for each in ACTIONS)
    whole = [each for each in ACTIONS if each.startswith(f"{action}-")]
    close = hint(action, whole if len(whole) == 1 else ACTIONS).replace("`", "`notelint-", 1)
    return f"unknown comment `{name}`" + (close or f"; known are {known}")


_MAX_SHOWN = 40  # characters of a comment


def _message(
    name: str, names_on: set[str], suggester: Suggester, names: Collection[str]
) -> str | None:
    """The message for *name*, which suppressed nothing; None if that is not certain."""
    if name in _OWN_RULE[1] or name == rules.UNUSED_SUPPRESSION:
        return None
    if name and name not in rules.CATALOG and name not in rules.CATEGORIES:
        return f"no rule `{name}`{did_you_mean(*suggester.closest(name, names, 1, 0.6))}"
    if not _rules_of(name) <= names_on:
        return None
    return f"`{name}` suppresses nothing" if name else "suppresses nothing"


def _rules_of(name: str) -> set[str]:
    """The rules that *name* stands for; of a category, only those that are on by default."""
    if name in rules.CATALOG:
        return {name}
    named = rules.in_category(name) if name else list(rules.CATALOG)
    return {each for each in named if each not in rules.OPT_IN | _NOT_IN_ONE_NOTE}


def _place(name: str, comment: Span, lines: LineIndex) -> Span:
    """The span of *name* in *comment*; the whole comment if it has no name."""
    text = lines.text[comment.start : comment.end]
    match = re.compile(rf"(?<=[\s,]){re.escape(name)}(?![\w-])").search(text) if name else None
    if match is None:
        return comment
    return Span(comment.start + match.start(), comment.start + match.end())
