"""Fixing one note of a tree: rules across files run again after every round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from notelint.engine.fix import Fixed, apply_offers
from notelint.engine.linter import RuleFinding
from notelint.engine.note_path import NotePath
from notelint.engine.tree_linter import TreeLinter
from notelint.engine.tried_fixes import Offers
from notelint.markdown.document import Document

Keep = Callable[[Document, Sequence[RuleFinding]], Sequence[RuleFinding]]


def fix_note(
    linter: TreeLinter,
    note: NotePath,
    doc: Document,
    *,
    unsafe: bool = False,
    keep: Keep | None = None,
) -> Fixed:
    """Apply the fixes that *linter* finds for *note*, parsed as *doc*; *keep* chooses among them.

    Nothing is written; *linter* has the result as the content of the note.
    """
    known = doc

    def offer(doc: Document) -> Offers:
        nonlocal known
        if doc is not known:
            linter.take_document(note, doc, "")
            known = doc
        found: Sequence[RuleFinding] = linter.findings(note)
        kept = keep(doc, found) if keep else found
        offers = Offers()
        offers.accepted = [each for each in kept if each.finding.fix]
        return offers

    fixed = apply_offers(doc, offer, unsafe=unsafe)
    if fixed.doc.source != doc.source and known is not fixed.doc:
        linter.take_document(note, fixed.doc, "")  # the limit of rounds was reached
    return fixed
