"""The pieces of a note: what a look at it takes, where its length does not tell.

A block is a piece, and so is each cell of a table; a link counts for three, as other elements in a
line do, and a tag for two. A piece takes up to twenty microseconds. Prose has one in about twenty
characters, a changelog or a list of links one in about ten.
"""

from __future__ import annotations

from notelint.markdown.document import Document

# No fix is tried in a note of more pieces: a list of links, or a changelog, of 1 MB or more.
MOST_PIECES = 120_000
OF_A_FIX = 3  # a finding with a fix counts for so many

_CELLS = frozenset({"td_open", "th_open", "tr_open"})
_ENOUGH = 20_000  # characters; fewer never hold too many pieces


def pieces(doc: Document) -> int:
    """The number of pieces of *doc*."""
    blocks = sum(
        each.nesting >= 0
        and each.type not in _CELLS
        and (each.level > 0 or each.type != "paragraph_open")  # but its text counts
        for each in doc.shallow_tokens
    )
    return blocks + _inline(doc)


def _inline(doc: Document) -> int:
    return 3 * len(doc.nodes) + 2 * len(doc.tags)


def too_many(doc: Document, fixes: int = 0) -> str | None:
    """Why no fix is tried in *doc*, where so many *fixes* are found; None if they are."""
    left = MOST_PIECES - OF_A_FIX * fixes
    if len(doc.source.text) < _ENOUGH or len(doc.shallow_tokens) + _inline(doc) <= left:
        return None
    if pieces(doc) <= left:
        return None
    return (
        "the note has too many blocks, links and problems to try fixes in it; split it into several"
    )
