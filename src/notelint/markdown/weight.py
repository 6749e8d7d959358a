"""Whether a note is too large to be laid out: not by its bytes, but by what takes long in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document

# mdformat, and the comparison of the pages, take up to 70 microseconds for each piece of a line,
# and half of that for each block and for each mark at which the parser stops to see what it is. Of
# a note whose blocks are compared one by one, half as many.
MOST_PIECES = 100_000
_STOP = lazy_regex(r"[]\n!#$%&*+:<=>@[\\^_`{}~w-]")
# From each of these mdformat's parser may look through all of the block.
MOST_STEPS = 1_000_000_000
_LEVEL = 8  # that of what is nested as people do
_MARK = lazy_regex(r"[][!*_~<&`@:\\]|www\.")


def too_large(doc: Document, *, doubt: bool = False) -> str | None:
    """Why it would take too long to lay out *doc*; None if it would not."""
    pieces, steps, longest = 0, 0, 0
    lesser = len(doc.definitions) + len(doc.tokens)
    deep = 0  # lines, counted once for each level of quotes and lists that is indented around them
    for token in doc.tokens:
        if token.type == "inline":
            stops = len(_STOP.findall(token.content))
            pieces += len(token.children or ())
            lesser += stops
            steps += len(token.content) * len(_MARK.findall(token.content))
            longest = max(longest, len(token.content))
            deep += max(token.level - _LEVEL, 0) * (token.content.count("\n") + 1)
    pieces += lesser // 2 + deep // 6
    most = MOST_PIECES // 2 if doubt else MOST_PIECES
    if pieces > most:
        return f"about {pieces:,} blocks and pieces of lines, the limit is {most:,}"
    if steps > MOST_STEPS:
        return f"a block of {longest:,} characters with too many marks"
    return None
