"""The fixes that a check offers: those that the gate accepts, each tried alone.

Parsing a note again for each of its fixes would take many times as long as checking it. So some
fixes are proven from the text alone (see :mod:`~notelint.engine.proven_fixes`): most of those found
across files, when the document of the note is no longer in memory, and those of definitions, on
which the whole note may depend. For most others, only the part of the note around them is parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from notelint.diagnostics import RefusedFix
from notelint.engine.gate import attempt, objection, obstacle
from notelint.engine.linter import RuleFinding
from notelint.engine.note_cost import too_costly
from notelint.engine.proven_fixes import (
    proven_address_fixes,
    proven_definition_removals,
    proven_entry_removals,
)
from notelint.markdown.document import Document, recent
from notelint.markdown.elements import Link
from notelint.markdown.passages import Passages
from notelint.rules import DOCUMENT
from notelint.rules.effects import Destinations, Effect, ReplacesBlock
from notelint.text.edits import Fix, select
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts, LinkFact

# Limits on the time that a note takes, which only hostile notes reach. The characters that may be
# parsed to try the fixes of a note: at least, at most, and for each character of the note.
_MIN_BUDGET = 200_000
_MAX_BUDGET = 600_000  # about as many as can be parsed in a second
_BUDGET_PER_CHARACTER = 4
PARSE_OVERHEAD = 200  # the fixed cost of a parse, in characters
_MAX_REFUSED_FIXES = 50  # after these, no more are tried
_MAX_JOINT_TRIALS = 20  # trials of several fixes together

GAVE_UP = "too many fixes of this note were refused; run again after repairing these"


class Offers:
    """Findings whose fix the gate accepts, and those whose fix it refuses, with the reasons."""

    def __init__(self, accepted: Iterable[RuleFinding] = ()) -> None:
        self.accepted = [*accepted]
        self.refused: dict[RuleFinding, str] = {}


def offered(doc: Document, findings: Sequence[RuleFinding]) -> Offers:
    """Those of *findings* in *doc* that have a fix, by whether the gate accepts it."""
    offers = Offers()
    found = [each for each in findings if each.finding.fix]
    if not found:
        return offers
    if why := obstacle(doc) or too_costly(doc, len(found)):
        offers.refused = dict.fromkeys(found, why)
        return offers
    to = _destinations(doc.links)
    proven = _proven(doc.source.text, doc.links, found, to) | proven_definition_removals(doc, found)
    # Fixes found across files have a budget of their own: the analysis of one note does not know
    # them, and must come to the same decisions without them.
    for part in (
        [each for each in found if each.rule.scope == DOCUMENT],
        [each for each in found if each.rule.scope != DOCUMENT],
    ):
        if part:
            trial = _Trial(doc, to)
            for each in sorted(part, key=_is_unsafe):
                if id(each.finding.fix) in proven:
                    offers.accepted.append(each)
                else:
                    trial.take(each)
            trial.finish()
            offers.accepted += trial.offers.accepted
            offers.refused.update(trial.offers.refused)
    return offers


def without_refused_fixes(doc: Document, findings: Sequence[RuleFinding]) -> list[RuleFinding]:
    """*findings* of *doc* without the fixes that the gate refuses."""
    refused = offered(doc, findings).refused
    return [_without_fix(each, refused[each]) if each in refused else each for each in findings]


def across_without_refused_fixes(
    facts: FileFacts, text: str, findings: Sequence[RuleFinding], *, changeable: bool
) -> list[RuleFinding]:
    """The same for *findings* across files, in the note with these *facts* and this *text*.

    All fixes are refused if the note is not *changeable*.
    """
    proven = _proven(text, facts.links, findings, _destinations(facts.links))
    known = all(each.finding.fix is None or id(each.finding.fix) in proven for each in findings)
    if known and changeable:
        return list(findings)
    return without_refused_fixes(recent(Source(text)), findings)


def _destinations(links: Iterable[Link | LinkFact]) -> Destinations:
    return Destinations(
        each.destination for each in links if not each.image and each.kind != "definition"
    )


def _proven(
    text: str, links: Iterable[Link | LinkFact], findings: Sequence[RuleFinding], to: Destinations
) -> set[int]:
    return proven_address_fixes(text, links, findings) | proven_entry_removals(
        text, links, findings, to
    )


def _without_fix(found: RuleFinding, reason: str) -> RuleFinding:
    refused = RefusedFix(reason, safe=not _is_unsafe(found))
    return found._replace(finding=found.finding._replace(fix=None, refused=refused))


def _is_unsafe(found: RuleFinding) -> bool:
    return found.finding.fix is not None and not found.finding.fix.safe


class _Trial:
    """Trials of fixes in *doc*, within a budget of characters to parse."""

    def __init__(self, doc: Document, destinations: Destinations) -> None:
        self.offers = Offers()
        self._destinations = destinations
        self._doc = doc
        self._left = min(
            max(_MIN_BUDGET, _BUDGET_PER_CHARACTER * len(doc.source.text)), _MAX_BUDGET
        )
        self._untried: dict[str, list[RuleFinding]] = {}
        self._tried: dict[int, RuleFinding] = {}
        self._same: list[tuple[RuleFinding, RuleFinding]] = []

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self._doc)

    def take(self, found: RuleFinding) -> None:
        """Decide on *found*, or leave it to :meth:`finish`."""
        fix, effect = found.finding.fix, found.rule.effect or Effect()
        assert fix
        first = self._tried.setdefault(id(fix), found)
        if first is not found:  # several findings may share a fix
            self._same.append((found, first))
        else:
            self._take_in_passage(found, effect, fix)

    def _take_in_passage(self, found: RuleFinding, effect: Effect, fix: Fix) -> None:
        # the lines of a table depend on all headings
        parts = None if isinstance(effect, ReplacesBlock) else self._in_passage(fix)
        if parts and _headings(parts[0]) == _headings(parts[1]):
            self._put(found, objection(parts[0], effect.beside(self._destinations), parts[1], 1))
            return
        self._untried.setdefault(found.rule.name, []).append(found)

    def _put(self, found: RuleFinding, against: str | None) -> None:
        if against is None:
            self.offers.accepted.append(found)
        else:
            self.offers.refused[found] = against

    def finish(self) -> None:
        """Try the fixes that no passage could decide.

        Each is tried alone or, over the budget, together with all others of its rule. If these are
        refused together, each half is tried.
        """
        waiting, tries = [left for each in self._untried.values() if (left := self._alone(each))], 0
        # each rule has one trial; a small note leaves time for more
        times = _MAX_BUDGET // max(len(self._doc.source.text), 1)
        allowed = min(max(times * times, len(waiting)), _MAX_JOINT_TRIALS)
        while waiting:
            some, tries = waiting.pop(), tries + 1
            many = tries > allowed or len(self.offers.refused) >= _MAX_REFUSED_FIXES
            fixes = select(fix for each in some if (fix := each.finding.fix))
            effect = some[0].rule.effect or Effect()
            against = GAVE_UP if many else attempt(self._doc, effect, fixes)[1]
            if against is None:
                self.offers.accepted += some
            elif many or len(some) == 1:
                self.offers.refused.update(dict.fromkeys(some, against))
            else:
                waiting += some[: len(some) // 2], some[len(some) // 2 :]
        for twin, first in self._same:
            if why := self.offers.refused.get(first):
                self.offers.refused[twin] = why
            else:
                self.offers.accepted.append(twin)

    def _alone(self, found: list[RuleFinding]) -> list[RuleFinding]:
        """Try each of *found*, all of one rule, alone; return those that exceed a limit."""
        if not self._spend(len(found) * len(self._doc.source.text)):
            return found
        for at, each in enumerate(found):
            if len(self.offers.refused) >= _MAX_REFUSED_FIXES:
                return found[at:]
            assert each.finding.fix
            effect = each.rule.effect or Effect()
            self._put(each, attempt(self._doc, effect, [each.finding.fix])[1])
        return []

    def _spend(self, characters: int) -> bool:
        """Whether the budget has so many *characters* left; if so, take them."""
        affordable = characters <= self._left
        self._left -= characters if affordable else 0
        return affordable

    def _in_passage(self, fix: Fix) -> tuple[Document, Document] | None:
        """The passage around *fix*, before and after it; None if there is none to parse alone."""
        if self._left < 2 * PARSE_OVERHEAD:
            return None
        passage = self._passages.around(fix.edits)
        if passage is None or not self._spend(
            2 * (passage.span.end - passage.span.start + PARSE_OVERHEAD)
        ):
            return None
        before, after = self._passages.before(passage), self._passages.after(passage, fix.edits)
        return (before, after) if before and after else None


def _headings(doc: Document) -> list[tuple[int, str]]:
    """The headings of a part, compared since anchors elsewhere may depend on their texts."""
    return [(each.level, each.text) for each in doc.headings]
