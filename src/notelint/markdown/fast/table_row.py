"""The parse of one row of a table after an edit in it.

A table is one block, and may be half of a note. Its rows do not depend on each other: each is read
here below the head of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notelint.markdown.fast.states import FastBlockState
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import StateBlock, Token

_ROW = lazy_regex(r" {0,3}\|")  # which begins no other block
_MOST = 0x10000  # cells: the parser ends a table when it has put in so many that are missing


class Row(NamedTuple):
    """A row: its tokens, with places in a text of its own, and where it stood before.

    ``lines`` and ``characters`` are from there to the place in the note.
    """

    tokens: list[Token]
    begin: int
    end: int
    lines: int
    characters: int


def row_again(
    state: StateBlock, line: int, tokens: list[Token], begin: int, end: int
) -> Row | None:
    """The row on *line* of the text of *state*, which is the only one that has changed.

    The block around it had the *tokens* from *begin* to *end*. None where it is no row of a table
    that goes on as it did, or may be none.
    """
    table = tokens[begin]
    if table.type != "table_open" or table.map is None:
        return None
    first, stop = table.map
    if not first + 2 <= line < stop or not _ROW.match(state.src, state.bMarks[line]):
        return None
    head = state.src[state.bMarks[first] : state.eMarks[first + 1] + 1]
    if (stop - first) * (head.count("|") + 2) > _MOST:
        return None
    text = head + state.src[state.bMarks[line] : state.eMarks[line]]
    found: dict[str, Any] = {}
    alone = FastBlockState(text, state.md, found, [])
    rules = state.md.block.ruler.getRules("")
    if not any(rule(alone, 0, 3, False) for rule in rules) or alone.line != 3 or found:
        return None
    old, new = _place(tokens, begin, end, line), _place(alone.tokens, 0, len(alone.tokens), 2)
    if alone.tokens[0].type != "table_open" or old is None or new is None:
        return None
    return Row(alone.tokens[slice(*new)], *old, line - 2, state.bMarks[line] - alone.bMarks[2])


def _place(tokens: list[Token], begin: int, end: int, line: int) -> tuple[int, int] | None:
    """Where the tokens of the row on *line* are."""
    for at in range(begin, end):
        each = tokens[at]
        if each.type == "tr_open" and each.map == [line, line + 1]:
            return at, next(n for n in range(at, end) if tokens[n].type == "tr_close") + 1
    return None
