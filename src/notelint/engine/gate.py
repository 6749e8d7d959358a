"""The gate: a fix may do what its rule declares, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.engine.obstacle import obstacle
from notelint.markdown.document import Document, recent
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Contents, Effect
from notelint.text.edits import Fix, apply


def attempt(doc: Document, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
    """*doc* with *fixes*, parsed again, and what speaks against writing it."""
    if why := obstacle(doc):
        return doc, why
    after = recent(doc.source._replace(text=apply(doc.source.text, fixes)), compared=True)
    return after, objection(doc, effect, after, len(fixes))


def objection(doc: Document, effect: Effect, after: Document, fixes: int) -> str | None:
    """What speaks against *after* as what so many *fixes* leave of *doc*, or of a part."""
    return effect.objection(_outline(doc, effect), _outline(after, effect), fixes)


def _outline(doc: Document, effect: Effect) -> Outline:
    about = effect if isinstance(effect, Contents) else None
    if about not in doc.outlines:
        doc.outlines[about] = outline(doc, about.own_lines(doc) if about else ())
    return doc.outlines[about]
