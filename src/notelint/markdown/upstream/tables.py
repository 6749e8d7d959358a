"""markdown-it-py, ``rules_block.table``: which lines are tables, as cmark-gfm decides.

The rule has three differences from what GitHub runs (cmark-gfm, ``extensions/table.c``). It comes
before the rules of other blocks, and makes the head of a table of ``# a | b`` and ``- a | b``. It
takes dashes alone for a row of delimiters, which make the line above a heading, whatever pipes are
in that (`grep \\| sort`). And it wants a pipe in every head, where a table of one column needs
none: ``a`` above ``:--`` or ``|-|``.

The patch puts the rule after those of other blocks, does not call it above dashes, and shows it a
line without a pipe with one before it. It can go when upstream decides all three so.
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
    """*rule*, which sees each line as :func:`_line` returns it, and its cells as :func:`_cells`."""
    function = cast("Any", rule)
    names = {**function.__globals__, getLine.__name__: _line, escapedSplit.__name__: _cells}
    return cast("BlockRule", FunctionType(function.__code__, names))


def _line(state: StateBlock, line: int) -> str:
    text = getLine(state, line)
    return text if "|" in text or not text.strip() else f"|{text}"


def _cells(row: str) -> list[str]:
    """The cells of *row*; its own look at each character takes a fifth of the time of a table."""
    return escapedSplit(row) if "\\" in row else row.split("|")


def _above_delimiters(rule: BlockRule) -> BlockRule:
    """*rule*, called only above a line that has more than dashes."""

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        below = state.src[at : state.eMarks[start + 1]].rstrip(" \t")
        return below.strip("-") != "" and rule(state, start, end, silent)

    return table
