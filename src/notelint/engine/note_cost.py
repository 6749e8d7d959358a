"""The cost of a note: its number of pieces, an estimate of the time to check it.

The length of a note is a poor estimate. A block is a piece, and so is each cell of a table; a link
or another inline element counts for three pieces, a tag for two. A piece takes up to twenty
microseconds. Prose has a piece in about twenty characters, a changelog or a list of links in about
ten.
"""

from __future__ import annotations

from notelint.markdown.document import Document

# No fix is tried in a note with more pieces: a list of links, or a changelog, of 1 MB or more.
MAX_PIECES = 120_000
_PIECES_OF_A_FIX = 3  # pieces that a finding with a fix counts for

_CELLS = frozenset({"td_open", "th_open", "tr_open"})
_MIN_CHARACTERS = 20_000  # a shorter note never has too many pieces


def pieces(doc: Document) -> int:
    """The number of pieces of *doc*."""
    blocks = sum(
        each.nesting >= 0
        and each.type not in _CELLS
        and (each.level > 0 or each.type != "paragraph_open")  # the text of a paragraph counts
        for each in doc.shallow_tokens
    )
    return blocks + _inline_pieces(doc)


def _inline_pieces(doc: Document) -> int:
    return 3 * len(doc.nodes) + 2 * len(doc.tags)


def too_costly(doc: Document, fixes: int = 0) -> str | None:
    """The reason why no fix is tried in *doc*, which has so many *fixes*; None if they may be."""
    left = MAX_PIECES - _PIECES_OF_A_FIX * fixes
    short = len(doc.source.text) < _MIN_CHARACTERS
    if short or len(doc.shallow_tokens) + _inline_pieces(doc) <= left:
        return None
    if pieces(doc) <= left:
        return None
    return (
        "the note has too many blocks, links and problems to try fixes in it; split it into several"
    )
