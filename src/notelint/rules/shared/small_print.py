"""The small print: a last heading that is only there for its small letters."""

from __future__ import annotations

from notelint.markdown.document import Document
from notelint.markdown.elements import Heading

_SMALL = 5  # the level from which on letters are smaller than those of the text


def small_print(doc: Document) -> Heading | None:
    """The last heading of *doc*, if it skips levels to small letters and nothing is below it."""
    last = doc.headings[-1] if doc.headings else None
    if last is None or last.level < _SMALL or last not in doc.empty_sections:
        return None
    above = doc.headings[-2].level if doc.headings[1:] else last.level
    return last if last.level > above + 1 else None
