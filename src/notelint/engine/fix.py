"""Fixing one text: round after round until nothing is left, every round through the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from notelint.engine.lint import Raised
from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Contents, Effect
from notelint.text.edits import Fix, apply, select
from notelint.text.named import NamedTuple
from notelint.toc.markers import find_markers
from notelint.toc.own import own_lines

MOST_REFUSED = 50  # fixes of a note; to try the others would take about as many parses again
# Every round has a fix less to do; but a note that needs more than so many rounds, or so many
# characters to be parsed, was made to take long: what is left then waits for the next run.
ROUNDS = 30
CHARACTERS = 3_000_000

Find = Callable[[Document], Sequence[Raised]]


class Refusal(NamedTuple):
    """A finding whose fix was not applied, by what is the same in every round."""

    rule: str
    message: str
    lines: str


@dataclass(slots=True)
class Fixed:
    """What fixing came to: the document, the number of fixes by rule, and what was refused."""

    doc: Document
    applied: Counter[str] = field(default_factory=Counter)
    refused: dict[Refusal, str] = field(default_factory=dict)


def fix_document(doc: Document, find: Find, *, unsafe: bool = False) -> Fixed:
    """Apply what *find* offers for *doc*, and for what comes of it, until nothing is left.

    Of fixes that overlap, the first in the text goes in and the other waits for a later round.
    A round takes the fixes of one rule, so that they can be held against that rule's effect.
    """
    fixed = Fixed(doc)
    seen, settled = {doc.source.text}, ""
    parsed = rounds = 0
    while rounds < ROUNDS or parsed < CHARACTERS:
        rounds, parsed = rounds + 1, parsed + len(fixed.doc.source.text)
        if not _round(fixed, find, unsafe):
            if not fixed.refused or fixed.doc.source.text == settled:
                return fixed
            # What spoke against a fix may have gone with another.
            settled = fixed.doc.source.text
            fixed.refused.clear()
            continue
        if fixed.doc.source.text in seen:
            # Rules that undo each other: none of it is worth keeping.
            return Fixed(doc, refused={Refusal("", "", ""): "the fixes undo each other"})
        seen.add(fixed.doc.source.text)
    return fixed


def _round(fixed: Fixed, find: Find, unsafe: bool) -> bool:
    """Apply the fixes of one rule; whether there was one with any to apply."""
    offers: dict[int, Raised] = {}
    for raised in find(fixed.doc):
        fix = raised.finding.fix
        if fix and (fix.safe or unsafe) and refusal(fixed.doc, raised) not in fixed.refused:
            offers[id(fix)] = raised
    chosen = select(fix for each in offers.values() if (fix := each.finding.fix))
    by_rule: dict[str, list[Raised]] = {}
    for fix in chosen:
        raised = offers[id(fix)]
        by_rule.setdefault(raised.rule.name, []).append(raised)
    return any(_apply(fixed, each) for each in by_rule.values())


def _apply(fixed: Fixed, offers: Sequence[Raised]) -> bool:
    """Apply the fixes of *offers*, all of one rule, or those that can be; whether any went in."""
    if _go_in(fixed, offers):
        return True
    good = _parts(fixed, offers)
    every = [each for part in good for each in part]
    # parts that are good may not be so together
    return bool(good) and (_go_in(fixed, every) or _go_in(fixed, good[0]))


def _go_in(fixed: Fixed, offers: Sequence[Raised]) -> bool:
    after, objection = _attempt(fixed, offers)
    if objection is None:
        fixed.doc = after
        fixed.applied[offers[0].rule.name] += len(offers)
    return objection is None


def _good(fixed: Fixed, offers: Sequence[Raised]) -> list[Sequence[Raised]]:
    """Parts of *offers* with nothing that speaks against them; against the others something does.

    Where something speaks against many fixes, the rest is not tried.
    """
    if len(fixed.refused) >= MOST_REFUSED:
        fixed.refused.update({refusal(fixed.doc, each): "many others were not" for each in offers})
        return []
    return [offers] if _attempt(fixed, offers)[1] is None else _parts(fixed, offers)


def _parts(fixed: Fixed, offers: Sequence[Raised]) -> list[Sequence[Raised]]:
    """:func:`_good` of *offers* that can't go in together."""
    if len(offers) == 1:
        fixed.refused[refusal(fixed.doc, offers[0])] = _attempt(fixed, offers)[1] or ""
        return []
    middle = len(offers) // 2
    return [*_good(fixed, offers[:middle]), *_good(fixed, offers[middle:])]


def _attempt(fixed: Fixed, offers: Sequence[Raised]) -> tuple[Document, str | None]:
    fixes = [fix for each in offers if (fix := each.finding.fix)]
    return attempt(fixed.doc, offers[0].rule.effect or Effect(), fixes)


def attempt(doc: Document, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
    """*doc* with *fixes*, parsed again, and what speaks against writing it."""
    text = apply(doc.source.text, fixes)
    after = Document(doc.source._replace(text=text))
    return after, effect.objection(_outline(doc, effect), _outline(after, effect), len(fixes))


def _outline(doc: Document, effect: Effect) -> Outline:
    return outline(doc, _written_anew(doc, effect) if isinstance(effect, Contents) else ())


def _written_anew(doc: Document, effect: Contents) -> frozenset[int]:
    """The lines of the table of contents that is kept up to date, less what is not its own."""
    found = find_markers(doc)  # a marker alone asks for a table, and is part of it then
    blocks = found.blocks or found.alone
    return own_lines(doc, blocks[0], titled=effect.titled) if blocks else frozenset()


def refusal(doc: Document, raised: Raised) -> Refusal:
    """How *raised* is recognised in a later round, when other fixes have moved it."""
    finding: Finding = raised.finding
    first, last = doc.lines.range(finding.span)
    lines = doc.slice(doc.lines.line_span(first.line, last.line))
    return Refusal(raised.rule.name, finding.message, lines)
