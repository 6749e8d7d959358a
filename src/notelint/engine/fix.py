"""Fixing one note: rounds of fixes, each checked by the gate, until none is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from notelint.engine.gate import attempt
from notelint.engine.linter import RuleFinding
from notelint.engine.note_cost import pieces
from notelint.engine.note_path import NotePath
from notelint.engine.offered_fixes import PARSE_OVERHEAD, Offers, offered
from notelint.engine.tree_linter import TreeLinter
from notelint.markdown.document import Document
from notelint.rules.effects import Effect
from notelint.text.edits import select

# The rounds stop after this many characters were parsed; only hostile notes need more. The
# remaining fixes are reported as fixable and wait for the next run.
_MAX_PARSED_CHARACTERS = 2_000_000
_CHARACTERS_PER_PIECE = 6  # that each piece of a note counts for, at least
UNDO_EACH_OTHER = "the fixes undo each other"

Find = Callable[[Document], Sequence[RuleFinding]]
Choose = Callable[[Document, Sequence[RuleFinding]], Sequence[RuleFinding]]


@dataclass(slots=True)
class Fixed:
    """The result of fixing: the document, the number of fixes by rule, and what was refused.

    ``refused`` has the findings in the document whose fixes were not applied, with the reasons.
    """

    doc: Document
    applied: Counter[str] = field(default_factory=Counter)
    refused: dict[RuleFinding, str] = field(default_factory=dict)


def fix_document(doc: Document, find: Find, *, unsafe: bool = False) -> Fixed:
    """Apply the fixes of what *find* returns for *doc*, and then for the result of each round."""
    return _in_rounds(doc, lambda doc: offered(doc, find(doc)), unsafe=unsafe)


def fix_note(
    linter: TreeLinter,
    note: NotePath,
    doc: Document,
    *,
    unsafe: bool = False,
    choose: Choose | None = None,
) -> Fixed:
    """Apply the fixes of what *linter* finds in *note*, parsed as *doc*; *choose* picks findings.

    Rules across files run again after every round. Nothing is written to disk, but *linter* takes
    the fixed text for that of the note: write it, or give back the text before.
    """
    known = doc

    def offer(doc: Document) -> Offers:
        nonlocal known
        if doc is not known:
            linter.take_document(note, doc, "")
            known = doc
        found: Sequence[RuleFinding] = linter.findings(note)
        chosen = choose(doc, found) if choose else found
        return Offers(each for each in chosen if each.finding.fix)  # a check offers no others

    fixed = _in_rounds(doc, offer, unsafe=unsafe)
    if fixed.doc.source != doc.source and known is not fixed.doc:
        linter.take_document(note, fixed.doc, "")  # the limit of rounds was reached
    return fixed


def _in_rounds(doc: Document, offer: Callable[[Document], Offers], *, unsafe: bool) -> Fixed:
    """Apply the fixes that *offer* returns for *doc*, and then for each result, until none is left.

    If fixes overlap, the first in the text is applied and the others wait for a later round. Each
    round applies the fixes of one rule, to be checked against the effect of that rule.
    """
    fixed = Fixed(doc)
    seen = {doc.source.text}
    parsed = 0
    while parsed < _MAX_PARSED_CHARACTERS:
        length = len(fixed.doc.source.text) + PARSE_OVERHEAD
        parsed += max(length, _CHARACTERS_PER_PIECE * pieces(fixed.doc))
        offers = offer(fixed.doc)
        wanted = [each for each in offers.accepted if _is_wanted(each, unsafe)]
        fixed.refused = {
            each: why for each, why in offers.refused.items() if _is_wanted(each, unsafe)
        }
        if not _round(fixed, wanted):
            return fixed
        fixed.refused = {}
        if fixed.doc.source.text in seen:
            # the rules undo each other: none of their fixes is worth keeping
            wanted = [each for each in offer(doc).accepted if _is_wanted(each, unsafe)]
            return Fixed(doc, refused=dict.fromkeys(wanted, UNDO_EACH_OTHER))
        seen.add(fixed.doc.source.text)
    return fixed


def _is_wanted(found: RuleFinding, unsafe: bool) -> bool:
    fix = found.finding.fix
    return fix is not None and (fix.safe or unsafe)


def _round(fixed: Fixed, wanted: Sequence[RuleFinding]) -> bool:
    """Apply the fixes of one rule, the one with the most; return whether any were applied."""
    by_fix = {id(fix): each for each in wanted if (fix := each.finding.fix)}
    by_rule: dict[str, list[RuleFinding]] = {}
    for fix in select(fix for each in wanted if (fix := each.finding.fix)):
        found = by_fix[id(fix)]
        by_rule.setdefault(found.rule.name, []).append(found)
    return any(_apply(fixed, each) for each in sorted(by_rule.values(), key=len, reverse=True))


def _apply(fixed: Fixed, findings: Sequence[RuleFinding]) -> bool:
    """Apply the fixes of *findings*, all of one rule; return whether any were applied.

    The gate accepts each of them alone. If it refuses them together, only the first half is tried,
    and so on.
    """
    while findings:
        fixes = [fix for each in findings if (fix := each.finding.fix)]
        after, objection = attempt(fixed.doc, findings[0].rule.effect or Effect(), fixes)
        if objection is None:
            fixed.doc = after
            fixed.applied[findings[0].rule.name] += len(findings)
            return True
        findings = findings[: len(findings) // 2]
    return False
