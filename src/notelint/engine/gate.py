"""The gate: a fix may change what its rule declares, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.engine.obstacle import obstacle
from notelint.markdown.document import Document, recent
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Effect, ReplacesBlock
from notelint.text.edits import Fix, apply


def attempt(doc: Document, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
    """Apply *fixes* and parse the result; return it and the objection to it, or None."""
    if why := obstacle(doc):
        return doc, why
    after = recent(doc.source._replace(text=apply(doc.source.text, fixes)), compared=True)
    return after, objection(doc, effect, after, len(fixes))


def objection(doc: Document, effect: Effect, after: Document, number: int) -> str | None:
    """The objection to *after* as the result of *number* fixes in *doc*, if there is one.

    Both may be the same part of a document.
    """
    return effect.objection(_outline(doc, effect), _outline(after, effect), number)


def _outline(doc: Document, effect: Effect) -> Outline:
    about = effect if isinstance(effect, ReplacesBlock) else None
    if about not in doc.outlines:
        doc.outlines[about] = outline(doc, about.own_lines(doc) if about else ())
    return doc.outlines[about]
