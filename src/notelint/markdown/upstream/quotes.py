"""markdown-it-py, ``rules_block.blockquote``: ``>`` after four columns of indent.

The rule treats such a line as part of the quote above. But with this indent, the ``>`` is text
(CommonMark, 5.1): the line continues a paragraph of the quote, or ends the quote.

While the rule searches for the end of the quote, the patch makes it see the blank before the ``>``
of such lines. It can be removed when upstream checks the indent of all lines, not only the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, MarkdownIt, StateBlock

_NAME = "blockquote"
_DEEP = lazy_regex(r"(?: {4}|\t {0,3})>")  # few notes have this anywhere


def install(md: MarkdownIt) -> None:
    """Patch the rule of *md*; call this after all plugins."""
    quote = next(each for each in md.block.ruler.__rules__ if each.name == _NAME)
    quote.fn = _shallow(quote.fn)
    md.block.ruler.__cache__ = None


def _shallow(rule: BlockRule) -> BlockRule:
    known: tuple[str, bool] = ("", False)

    def blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        nonlocal known
        if silent:
            return rule(state, start, end, silent)
        if known[0] is not state.src:
            known = state.src, _DEEP.search(state.src) is not None
        deep = _deep_lines(state, start, end) if known[1] else []
        for line in deep:
            state.tShift[line] -= 1
        matched = rule(state, start, end, silent)
        for line in deep:
            state.tShift[line] += 1
        return matched

    return blockquote


def _deep_lines(state: StateBlock, start: int, end: int) -> list[int]:
    """The lines in the quote at *start*, or right below it, whose ``>`` is indented too far.

    The search ends where the rule ends, so that it does not take longer.
    """
    found = []
    ends = state.md.block.ruler.getRules(_NAME)
    around, state.parentType = state.parentType, _NAME
    blank = False
    for line in range(start, end):
        at = state.bMarks[line] + state.tShift[line]
        if at >= state.eMarks[line]:
            break
        if state.sCount[line] < state.blkIndent or state.src[at] != ">":
            if blank or any(rule(state, line, end, True) for rule in ends):
                break
        elif state.is_code_block(line):
            found.append(line)
            if blank:
                break
        else:
            blank = not state.src[at + 1 : state.eMarks[line]].strip(" \t")
    state.parentType = around
    return found
