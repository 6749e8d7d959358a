"""Fixing one text: round after round until nothing is left, every round through the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from notelint.engine.lint import Raised
from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Contents, Effect
from notelint.text.edits import Fix, apply, select
from notelint.toc.markers import find_markers

ROUNDS = 1000  # every round has a fix less to do; only rules that undo each other get there

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
    seen = {doc.source.text}
    for _ in range(ROUNDS):
        if not _round(fixed, find, unsafe):
            return fixed
        if fixed.doc.source.text in seen:
            break
        seen.add(fixed.doc.source.text)
    # Rules that undo each other: none of it is worth keeping.
    return Fixed(doc, refused={Refusal("", "", ""): "the fixes undo each other"})


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
    """Apply the fixes of *offers*, all of one rule, or of a part of them; whether any went in."""
    rule = offers[0].rule
    fixes = [fix for each in offers if (fix := each.finding.fix)]
    after, objection = attempt(fixed.doc, rule.effect or Effect(), fixes)
    if objection is None:
        fixed.doc = after
        fixed.applied[rule.name] += len(fixes)
        return True
    if len(offers) == 1:
        fixed.refused[refusal(fixed.doc, offers[0])] = objection
        return False
    middle = len(offers) // 2
    return _apply(fixed, offers[:middle]) or _apply(fixed, offers[middle:])


def attempt(doc: Document, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
    """*doc* with *fixes*, parsed again, and what speaks against writing it."""
    text = apply(doc.source.text, fixes)
    after = Document(doc.source._replace(text=text))
    return after, effect.objection(_outline(doc, effect), _outline(after, effect), len(fixes))


def _outline(doc: Document, effect: Effect) -> Outline:
    if isinstance(effect, Contents):
        found = find_markers(doc)  # a marker alone asks for a table, and is part of it then
        return outline(doc, [block.span for block in (*found.blocks, *found.alone)])
    return outline(doc)


def refusal(doc: Document, raised: Raised) -> Refusal:
    """How *raised* is recognised in a later round, when other fixes have moved it."""
    finding: Finding = raised.finding
    first, last = doc.lines.range(finding.span)
    lines = doc.slice(doc.lines.line_span(first.line, last.line))
    return Refusal(raised.rule.name, finding.message, lines)
