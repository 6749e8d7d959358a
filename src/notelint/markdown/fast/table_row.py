"""Parsing one row of a table after an edit in it.

A table is one block and may be half of a note. Its rows do not depend on each other, so a row is
parsed here alone, below the head of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notelint.markdown.fast.states import FastBlockState
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import StateBlock, Token

_ROW = lazy_regex(r" {0,3}\|")  # a line that begins no other block
_MAX_CELLS = 0x10000  # the parser ends a table after adding so many missing cells


class Row(NamedTuple):
    """A row: its tokens, with places in a separate text, and the range of its former tokens.

    ``lines`` and ``characters`` are the move from that text to the note.
    """

    tokens: list[Token]
    begin: int
    end: int
    lines: int
    characters: int


def reparse_row(
    state: StateBlock, line: int, tokens: list[Token], begin: int, end: int
) -> Row | None:
    """The row on *line* of the text of *state*, the only line that has changed.

    The block around it had the *tokens* from *begin* to *end*. None if the line was not, or may not
    be any more, a row of a table.
    """
    table = tokens[begin]
    if table.type != "table_open" or table.map is None:
        return None
    first, stop = table.map
    if not first + 2 <= line < stop or not _ROW.match(state.src, state.bMarks[line]):
        return None
    head = state.src[state.bMarks[first] : state.eMarks[first + 1] + 1]
    if (stop - first) * (head.count("|") + 2) > _MAX_CELLS:
        return None
    text = head + state.src[state.bMarks[line] : state.eMarks[line]]
    found: dict[str, Any] = {}
    alone = FastBlockState(text, state.md, found, [])
    rules = state.md.block.ruler.getRules("")
    if not any(rule(alone, 0, 3, False) for rule in rules) or alone.line != 3 or found:
        return None
    old, new = (
        _row_range(tokens, begin, end, line),
        _row_range(alone.tokens, 0, len(alone.tokens), 2),
    )
    if alone.tokens[0].type != "table_open" or old is None or new is None:
        return None
    return Row(alone.tokens[slice(*new)], *old, line - 2, state.bMarks[line] - alone.bMarks[2])


def _row_range(tokens: list[Token], begin: int, end: int, line: int) -> tuple[int, int] | None:
    """The range of the tokens of the row on *line*."""
    for at in range(begin, end):
        each = tokens[at]
        if each.type == "tr_open" and each.map == [line, line + 1]:
            return at, next(n for n in range(at, end) if tokens[n].type == "tr_close") + 1
    return None
