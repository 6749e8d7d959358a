"""HTML blocks parsed alone, without the indent of the list around them."""

from __future__ import annotations

from functools import lru_cache

from notelint.markdown.document import Document, recent
from notelint.text.source import Source

_MAX_KEPT = 10_000  # characters of a text whose document is kept


def alone(text: str) -> Document:
    """*text* as a separate document without defined references."""
    return _kept(text) if len(text) <= _MAX_KEPT else recent(Source(text), compared=True)


@lru_cache(32)
def _kept(text: str) -> Document:
    return Document(Source(text), references={})
