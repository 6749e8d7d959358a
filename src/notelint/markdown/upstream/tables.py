"""markdown-it-py, ``rules_block.table``: which lines are tables, as cmark-gfm decides.

The rule differs in three ways from the code of GitHub (cmark-gfm, ``extensions/table.c``). It comes
before the rules for other blocks, so that ``# a | b`` and ``- a | b`` become heads of tables. It
treats a line of dashes as a delimiter row; such a line makes the line above it a heading, even with
a pipe in it (`grep \\| sort`). And it requires a pipe in every head, but a table with one column
needs none: ``a`` above ``:--`` or ``|-|``.

The patch puts the rule after those for other blocks, does not call it above a line of dashes, and
adds a pipe to the start of lines without one. It can be removed when upstream decides as GitHub
does in all three cases.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

from markdown_it.rules_block.table import escapedSplit, getLine

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, MarkdownIt, StateBlock

_NAME = "table"


def install(md: MarkdownIt) -> None:
    """Patch the rule of *md*; call this after all plugins."""
    rules = md.block.ruler.__rules__
    table = next(each for each in rules if each.name == _NAME)
    table.fn = _above_delimiters(_with_pipes(table.fn))
    rules.remove(table)
    lower = [each for each in rules if each.name in ("reference", "lheading", "paragraph")]
    others = [each for each in rules if each not in lower]
    rules[:] = [*others, table, *lower]
    md.block.ruler.__cache__ = None


def _with_pipes(rule: BlockRule) -> BlockRule:
    """*rule*, which gets its lines from :func:`_line` and their cells from :func:`_cells`."""
    function = cast("Any", rule)
    names = {**function.__globals__, getLine.__name__: _line, escapedSplit.__name__: _cells}
    return cast("BlockRule", FunctionType(function.__code__, names))


def _line(state: StateBlock, line: int) -> str:
    text = getLine(state, line)
    return text if "|" in text or not text.strip() else f"|{text}"


def _cells(row: str) -> list[str]:
    """The cells of *row*; reading each character would take a fifth of the time of a table."""
    return escapedSplit(row) if "\\" in row else row.split("|")


def _above_delimiters(rule: BlockRule) -> BlockRule:
    """*rule*, called only above a line that is not just dashes."""

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        below = state.src[at : state.eMarks[start + 1]].rstrip(" \t")
        return below.strip("-") != "" and rule(state, start, end, silent)

    return table
