"""Errors that block every change to a note, because the change would hide them unrepaired.

`fix`, `toc` and `fmt` leave such a note alone, and no fix is offered in it. Conflict markers parse
as headings and quotes, and a new layout closes an open fence or comment.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import notelint.rules as rules
from notelint.diagnostics import Finding
from notelint.markdown import front_matter
from notelint.markdown.document import Document

_ERRORS = ("merge-conflict", "unclosed-fence")


@lru_cache(1)  # every trial of a fix asks for the same document
def obstacle(doc: Document) -> str | None:
    """The first error in *doc* that must be repaired by hand before anything else changes."""
    if doc.front_matter is None and front_matter.is_open(doc.source.text):
        return "front matter never ends (line 1)"
    errors = rules.concerned(_ERRORS, doc.source.text.__contains__)
    checks = (rules.get(each).check(doc, None) for each in errors)
    first: Finding | None = min(chain(*checks), key=lambda each: each.span, default=None)
    if first is None:
        return None
    return f"{first.message} (line {doc.lines.position(first.span.start).line})"
