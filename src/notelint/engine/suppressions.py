"""Suppressions applied to findings, and suppressions that suppress nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from notelint import rules
from notelint.cache.entry import Use
from notelint.diagnostics import Finding
from notelint.engine.linter import RuleFinding
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.markdown.directives import Directive
    from notelint.text.suggest import Suggester

NAME = "unused-suppression"


class SuppressionResult(NamedTuple):
    """The findings to report, and which comments suppressed the others."""

    kept: list[RuleFinding]
    used: frozenset[Use]


def apply_suppressions(
    raised: Iterable[RuleFinding],
    directives: Sequence[Directive],
    stale: Sequence[Span],
    lines: LineIndex,
) -> SuppressionResult:
    """*raised* less what the note suppresses, and what lies in a block that *stale* covers."""
    if not directives and not stale:
        return SuppressionResult(list(raised), frozenset())
    found = [(each, lines.position(each.finding.span.start).line) for each in raised]
    used: set[Use] = set()
    quiet: dict[str, _Lines] = {}
    for rule in {each.rule.name: each.rule for each, _ in found}.values():
        at = sorted(line for each, line in found if each.rule.name == rule.name)
        about = [one for one in directives if one.is_about(rule.name, rule.categories)]
        quiet[rule.name] = _Lines((one.first, one.last) for one in about)
        for one in about:
            first = bisect_left(at, one.first)
            if first < len(at) and at[first] <= one.last:
                names = one.names & {rule.name, *rule.categories}
                used |= {Use(one.span, name) for name in names or {""}}
    kept = [
        each
        for each, line in found
        if line not in quiet[each.rule.name] and not _hidden(each, stale)
    ]
    return SuppressionResult(kept, frozenset(used))


def _hidden(raised: RuleFinding, stale: Sequence[Span]) -> bool:
    """Whether what is found is told with the whole table of contents that it is in."""
    if raised.rule.name == "toc-stale":
        return False
    return any(block.covers(raised.finding.span) for block in stale)


class _Lines:
    """The lines in any of some *ranges*, each from a first to a last."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in sorted(ranges):
            if self._lasts and first <= self._lasts[-1]:
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    def __contains__(self, line: int) -> bool:
        at = bisect_right(self._firsts, line)
        return at > 0 and line <= self._lasts[at - 1]


def unused(
    directives: Sequence[Directive],
    used: frozenset[Use],
    ran: Iterable[str],
    lines: LineIndex,
) -> Iterator[RuleFinding]:
    """A finding of ``unused-suppression`` for each name in a comment that suppressed nothing.

    So is a comment for notelint that it does not know. A comment for another linter is not judged,
    nor is a name of which not every rule *ran*.
    """
    names_on = set(ran) - _ELSEWHERE
    if NAME not in names_on or not directives:
        return
    from notelint.config.selection import known
    from notelint.text.suggest import Suggester

    suggester, known_names = Suggester(), known()
    quiet = _Lines(
        (one.first, one.last) for one in directives if one.names and one.is_about(*_IDENTITY)
    )
    for one in directives:
        if one.unknown is not None and one.first not in quiet:
            start = max(lines.text.find(one.unknown, *one.span), one.span.start)
            span = Span(start, start + len(one.unknown))
            yield RuleFinding(rules.get(NAME), Finding(span, _meaningless(one.unknown)))
    for comment, names in _asked(directives).items():
        for name in sorted(names or {""}):
            if Use(comment, name) in used:
                continue
            message = _message(name, names_on, suggester, known_names)
            span = _place(name, comment, lines)
            line = lines.position(span.start).line
            if message and line not in quiet:
                yield RuleFinding(rules.get(NAME), Finding(span, message))


# What these find is in no text, or not known yet.
_ELSEWHERE = frozenset(rules.in_scope(rules.ONLINE, rules.TREE))
_IDENTITY = (NAME, (rules.CATALOG[NAME].categories,))


def _asked(directives: Iterable[Directive]) -> dict[Span, frozenset[str]]:
    """The names in each comment of ours; one comment may have become several directives."""
    found: dict[Span, frozenset[str]] = {}
    for one in directives:
        if one.own and one.unknown is None:
            found[one.span] = found.get(one.span, frozenset()) | one.names
    return found


def _meaningless(written: str) -> str:
    """A message for a comment that begins as *written*, with the closest one that is known."""
    from notelint.config.location import listed
    from notelint.markdown.directives import ACTIONS
    from notelint.text.suggest import hint

    name = " ".join(written[:_MOST_SHOWN].split())
    action = re.sub(r"[^a-z]+", "-", name.lower().removeprefix("notelint")).strip("-")
    known = listed(f"notelint-{each}" for each in ACTIONS)
    close = hint(action, ACTIONS).replace("`", "`notelint-", 1)
    return f"unknown comment `{name}`" + (close or f"; known are {known}")


_MOST_SHOWN = 40  # characters of a comment


def _message(
    name: str, names_on: set[str], suggester: Suggester, names: Collection[str]
) -> str | None:
    """What is wrong with *name*, which suppressed nothing; None where nobody can tell."""
    if name in _IDENTITY[1] or name == NAME:
        return None
    if name and name not in rules.CATALOG and name not in rules.CATEGORIES:
        from notelint.text.suggest import did_you_mean

        return f"no rule `{name}`{did_you_mean(*suggester.closest(name, names, 1, 0.6))}"
    if not _meant(name) <= names_on:
        return None
    return f"`{name}` suppresses nothing" if name else "suppresses nothing"


def _meant(name: str) -> set[str]:
    """The rules that *name* is about, of a category those that are on by default."""
    if name in rules.CATALOG:
        return {name}
    named = rules.in_category(name) if name else list(rules.CATALOG)
    return {each for each in named if each not in rules.OPT_IN | _ELSEWHERE}


def _place(name: str, comment: Span, lines: LineIndex) -> Span:
    """Where *name* stands in *comment*; the whole comment where it has none."""
    text = lines.text[comment.start : comment.end]
    match = re.compile(rf"(?<=[\s,]){re.escape(name)}(?![\w-])").search(text) if name else None
    if match is None:
        return comment
    return Span(comment.start + match.start(), comment.start + match.end())
