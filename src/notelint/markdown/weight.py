"""Whether a note is too large to be laid out: not by its bytes, but by what takes long in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document

# Blocks and pieces of lines: mdformat, and the comparison of the pages, take up to 70 microseconds
# for each. Of a note whose blocks are compared one by one, half as many.
MOST_PIECES = 100_000
# From each mark in a block mdformat's parser may look through all of the block.
MOST_STEPS = 1_000_000_000
_MARK = lazy_regex(r"[][!*_~<&`@:\\]|www\.")
# At each of these mdformat's parser stops to see what it is; that takes as long for so many as one
# piece does.
_STOP = lazy_regex(r"[]\n!#$%&*+:<=>@[\\^_`{}~w-]")
_STOPS = 5


def too_large(doc: Document, *, doubt: bool = False) -> str | None:
    """Why it would take too long to lay out *doc*; None if it would not."""
    inner = [token for token in doc.tokens if token.type == "inline"]
    pieces = len(doc.tokens) + len(doc.definitions)
    for token in inner:
        pieces += len(token.children or ()) + len(_STOP.findall(token.content)) // _STOPS
    most = MOST_PIECES // 2 if doubt else MOST_PIECES
    if pieces > most:
        return f"about {pieces:,} blocks and pieces of lines, the limit is {most:,}"
    steps = sum(len(token.content) * len(_MARK.findall(token.content)) for token in inner)
    if steps > MOST_STEPS:
        longest = max(len(token.content) for token in inner)
        return f"a block of {longest:,} characters with too many marks"
    return None
