"""HTML blocks parsed alone, without the indent of the list that they are in."""

from __future__ import annotations

from functools import lru_cache

from notelint.markdown.document import Document, recent
from notelint.text.source import Source

_MOST = 10_000  # characters


def alone(text: str) -> Document:
    """*text* as a separate document, in which no reference is defined."""
    return _kept(text) if len(text) <= _MOST else recent(Source(text), compared=True)


@lru_cache(32)
def _kept(text: str) -> Document:
    return Document(Source(text), references={})
