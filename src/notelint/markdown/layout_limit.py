"""The limit on notes to lay out: not by their bytes, but by what takes mdformat long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document

# mdformat and the comparison of the pages take up to 70 microseconds for each piece of a line, and
# half of that for each block and each character at which the parser stops. If the blocks of a note
# are compared one by one, the limit is half of this.
MAX_PIECES = 100_000
_STOP = lazy_regex(r"[]\n!#$%&*+:<=>@[\\^_`{}~w-]")
# At each of these marks, mdformat's parser may read the rest of the block.
MAX_STEPS = 1_000_000_000
_LEVEL = 8  # of nesting that people write
_MARK = lazy_regex(r"[][!*_~<&`@:\\]|www\.")


def too_large(doc: Document, *, verify_blocks: bool = False) -> str | None:
    """The reason why it would take too long to lay out *doc*, if it would."""
    pieces, steps, longest = 0, 0, 0
    halves = len(doc.definitions) + len(doc.tokens)  # each counts for half a piece
    deep = 0  # lines in deep quotes and lists, counted once for each level
    for token in doc.tokens:
        if token.type == "inline":
            stops = len(_STOP.findall(token.content))
            pieces += len(token.children or ())
            halves += stops
            steps += len(token.content) * len(_MARK.findall(token.content))
            longest = max(longest, len(token.content))
            deep += max(token.level - _LEVEL, 0) * (token.content.count("\n") + 1)
    pieces += halves // 2 + deep // 6
    most = MAX_PIECES // 2 if verify_blocks else MAX_PIECES
    if pieces > most:
        return f"about {pieces:,} blocks and pieces of lines, the limit is {most:,}"
    if steps > MAX_STEPS:
        return f"a block of {longest:,} characters with too many marks"
    return None
