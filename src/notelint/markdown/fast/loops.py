"""The parser's loops over blocks and over what is inside, with fewer steps: the same tokens.

Where the parser asks one rule after the other at each character that may begin something, these
ask only the rules which that character calls for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.markdown import autolink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    from notelint.markdown.fast.states import FastInlineState

    InlineRule = Callable[[StateInline, bool], bool]
    _Asked = dict[str, list[InlineRule]]

# With what all that an inline rule matches begins: one of these characters.
_FIRST = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
    autolink.NAME: ":",
}


def install(md: MarkdownIt) -> None:
    """Put these loops in the place of those of *md*; call once all its rules are in."""
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__ if rule.enabled}
    text = rules.pop("text")
    asked = {
        char: [rule for name, rule in rules.items() if char in _FIRST[name]]
        for char in {*"".join(_FIRST.values())}
    }
    deepest = md.options["maxNesting"]
    vars(md.inline).update(
        tokenize=_tokenizing(text, asked, deepest), skipToken=_skipping(text, asked, deepest)
    )
    vars(md.block).update(tokenize=_blocks)


def _tokenizing(text: InlineRule, asked: _Asked, deepest: int) -> Callable[[FastInlineState], None]:
    def tokenize(state: FastInlineState) -> None:
        """``ParserInline.tokenize``."""
        src, end = state.src, state.posMax
        while state.pos < end:
            rules: Sequence[InlineRule] = ()
            if state.level < deepest:
                if text(state, False) and state.pos >= end:
                    break
                rules = asked.get(src[state.pos], ())  # text ends where one of these may match
            for rule in rules:
                if rule(state, False):
                    break
            else:
                state.append_pending(src[state.pos])
                state.pos += 1
        state.flush()

    return tokenize


def _skipping(text: InlineRule, asked: _Asked, deepest: int) -> Callable[[FastInlineState], None]:
    def skip(state: FastInlineState) -> None:
        """``ParserInline.skipToken``."""
        pos = state.pos
        if pos in state.cache:
            state.pos = state.cache[pos]
            return
        if state.level >= deepest:
            state.pos = state.posMax + 1
        elif not text(state, True):
            state.level += 1
            for rule in asked.get(state.src[pos], ()):
                if rule(state, True):
                    break
            else:
                state.pos += 1
            state.level -= 1
        state.cache[pos] = state.pos

    return skip


def _blocks(state: StateBlock, start: int, end: int) -> None:
    """``ParserBlock.tokenize``."""
    rules = state.md.block.ruler.getRules("")
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    line, blank = start, False
    while line < end:
        if begins[line] + shifts[line] >= ends[line]:
            line = state.skipEmptyLines(line)
        state.line = line
        if line >= end or state.sCount[line] < state.blkIndent:
            break
        if state.level >= state.md.options["maxNesting"]:
            state.line = end
            break
        for rule in rules:
            if rule(state, line, end, False):
                break
        state.tight = not blank
        line = state.line
        # a paragraph in a list may have taken the blank line behind it
        if line < end and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
            blank = True
        if line < end and begins[line] + shifts[line] >= ends[line]:
            blank = True
            line += 1
            state.line = line
