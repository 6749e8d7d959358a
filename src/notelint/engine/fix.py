"""Fixing one text: rounds of fixes, each checked by the gate, until none is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from notelint.engine.gate import attempt
from notelint.engine.linter import RuleFinding
from notelint.engine.note_cost import pieces
from notelint.engine.tried_fixes import PARSE_OVERHEAD, Offers, offered
from notelint.markdown.document import Document
from notelint.rules.effects import Effect
from notelint.text.edits import select

# Stop after parsing this many characters; only hostile notes need more. The remaining fixes are
# reported as fixable and wait for the next run.
MAX_PARSED = 2_000_000
_CHARACTERS_PER_PIECE = 6  # that each piece of a note counts for, at least
UNDONE = "the fixes undo each other"

Find = Callable[[Document], Sequence[RuleFinding]]
Offer = Callable[[Document], Offers]


@dataclass(slots=True)
class Fixed:
    """The result of fixing: the document, the number of fixes by rule, and what was refused.

    ``refused`` has the findings in the document whose fixes were not applied, with the reasons.
    """

    doc: Document
    applied: Counter[str] = field(default_factory=Counter)
    refused: dict[RuleFinding, str] = field(default_factory=dict)


def fix_document(doc: Document, find: Find, *, unsafe: bool = False) -> Fixed:
    """Apply the fixes of the findings that *find* returns, for *doc* and then for each result.

    The gate may refuse some of them.
    """
    return apply_offers(doc, lambda doc: offered(doc, find(doc)), unsafe=unsafe)


def apply_offers(doc: Document, offer: Offer, *, unsafe: bool = False) -> Fixed:
    """Apply the fixes that *offer* returns, for *doc* and then for each result, until none is left.

    If fixes overlap, the first in the text is applied and the others wait for a later round. Each
    round applies the fixes of one rule, to be checked against the effect of that rule.
    """
    fixed = Fixed(doc)
    seen = {doc.source.text}
    parsed = 0
    while parsed < MAX_PARSED:
        length = len(fixed.doc.source.text) + PARSE_OVERHEAD
        parsed += max(length, _CHARACTERS_PER_PIECE * pieces(fixed.doc))
        offers = offer(fixed.doc)
        wanted = [each for each in offers.accepted if _asked_for(each, unsafe)]
        fixed.refused = {
            each: why for each, why in offers.refused.items() if _asked_for(each, unsafe)
        }
        if not _round(fixed, wanted):
            return fixed
        fixed.refused = {}
        if fixed.doc.source.text in seen:
            # the rules undo each other: none of their fixes is worth keeping
            undone = [each for each in offer(doc).accepted if _asked_for(each, unsafe)]
            return Fixed(doc, refused=dict.fromkeys(undone, UNDONE))
        seen.add(fixed.doc.source.text)
    return fixed


def _asked_for(found: RuleFinding, unsafe: bool) -> bool:
    fix = found.finding.fix
    return fix is not None and (fix.safe or unsafe)


def _round(fixed: Fixed, wanted: Sequence[RuleFinding]) -> bool:
    """Apply the fixes of one rule, the one with the most; whether any were applied."""
    offers = {id(fix): each for each in wanted if (fix := each.finding.fix)}
    by_rule: dict[str, list[RuleFinding]] = {}
    for fix in select(fix for each in wanted if (fix := each.finding.fix)):
        found = offers[id(fix)]
        by_rule.setdefault(found.rule.name, []).append(found)
    return any(_apply(fixed, each) for each in sorted(by_rule.values(), key=len, reverse=True))


def _apply(fixed: Fixed, offers: Sequence[RuleFinding]) -> bool:
    """Apply the fixes of *offers*, all of one rule; whether any were applied.

    The gate accepts each of them alone. If it refuses them together, only the first half is tried,
    and so on.
    """
    while offers:
        fixes = [fix for each in offers if (fix := each.finding.fix)]
        after, objection = attempt(fixed.doc, offers[0].rule.effect or Effect(), fixes)
        if objection is None:
            fixed.doc = after
            fixed.applied[offers[0].rule.name] += len(offers)
            return True
        offers = offers[: len(offers) // 2]
    return False
