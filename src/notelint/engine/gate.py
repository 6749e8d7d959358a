"""The gate: a fix may change what its rule declares, and nothing else.

Some errors block every change to a note, because the change would hide them unrepaired: conflict
markers parse as headings and quotes, and a new layout closes an open fence or comment. `fix`, `toc`
and `fmt` leave such a note alone, and no fix is offered in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import notelint.rules as rules
from notelint.diagnostics import Finding
from notelint.markdown import front_matter
from notelint.markdown.document import Document, recent
from notelint.markdown.outline import Outline, outline
from notelint.rules.effects import Effect, ReplacesBlock
from notelint.text.edits import Fix, apply

_OBSTACLES = ("merge-conflict", "unclosed-fence")


@lru_cache(1)  # every trial of a fix asks for the same document
def obstacle(doc: Document) -> str | None:
    """The first error in *doc* that must be repaired by hand before anything else changes."""
    if doc.front_matter is None and front_matter.is_open(doc.source.text):
        return "front matter never ends (line 1)"
    errors = rules.may_fire(_OBSTACLES, doc.source.text.__contains__)
    checks = (rules.get(each).check(doc, None) for each in errors)
    first: Finding | None = min(chain(*checks), key=lambda each: each.span, default=None)
    if first is None:
        return None
    return f"{first.message} (line {doc.lines.position(first.span.start).line})"


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
    block = effect if isinstance(effect, ReplacesBlock) else None
    if block not in doc.outlines:
        doc.outlines[block] = outline(doc, block.own_lines(doc) if block else ())
    return doc.outlines[block]
