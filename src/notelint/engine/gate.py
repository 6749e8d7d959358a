"""The gate: a fix may do what its rule declares, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.engine.obstacle import obstacle
from notelint.markdown.document import Document
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Contents, Effect
from notelint.text.edits import Fix, apply


def attempt(doc: Document, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
    """*doc* with *fixes*, parsed again, and what speaks against writing it."""
    if why := obstacle(doc):
        return doc, why
    return Gate(doc).attempt(effect, fixes)


class Gate:
    """What may be made of *doc*, a document or a part of one."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self._before: dict[Effect | None, Outline] = {}

    def attempt(self, effect: Effect, fixes: Sequence[Fix]) -> tuple[Document, str | None]:
        """The document with *fixes*, parsed again, and what speaks against writing it."""
        after = Document(self.doc.source._replace(text=apply(self.doc.source.text, fixes)))
        return after, self.objection(effect, after, len(fixes))

    def objection(self, effect: Effect, after: Document, fixes: int) -> str | None:
        """What speaks against *after* as what so many *fixes* leave."""
        about = effect if isinstance(effect, Contents) else None
        if about not in self._before:
            self._before[about] = _outline(self.doc, effect)
        return effect.objection(self._before[about], _outline(after, effect), fixes)


def _outline(doc: Document, effect: Effect) -> Outline:
    return outline(doc, _written_anew(doc, effect) if isinstance(effect, Contents) else ())


def _written_anew(doc: Document, effect: Contents) -> frozenset[int]:
    """The lines of the table of contents that is kept up to date, less what is not its own."""
    from notelint.toc.block import own_lines
    from notelint.toc.markers import find_markers  # most fixes are of something else

    found = find_markers(doc)  # a marker alone asks for a table, and is part of it then
    blocks = found.blocks or found.alone
    return own_lines(doc, blocks[0], titled=effect.titled) if blocks else frozenset()
