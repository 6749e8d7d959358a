"""Shortcuts through the parser: the same tokens, sooner.

Most lines of a note are plain prose, and the parser tries a dozen rules on each before it takes it
for that. The rules here go first and take what can be nothing else; all the rest is left to the
parser's own. That the tokens are equal is tested on the examples of CommonMark and on random
documents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from notelint.markdown.stitch import KEY, Stitch

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

# What a block other than a paragraph can start with, and what a line can start with that ends a
# paragraph or, below one, makes a heading or a table of it.
_BLOCK = frozenset("`~>*-_+#<[0123456789")
_AFTER = _BLOCK | frozenset("|:=")

# Where an inline rule of our dialect can match; the parser's own set has more characters, for
# rules that are off, and does not look at what stands around them.
# It starts with one set, so that the search runs over text without trying alternatives.
_TERMINATOR = re.compile(
    r"[\n!&*:<@\[\\\]_`~w](?:(?<=[\n*<@\[\\\]_`~])|(?<=!)(?=\[)|(?<=&)(?=[#A-Za-z])"
    r"|(?<=w)(?=ww\.)|(?<=:)(?=//)|(?<=mailto:)|(?<=xmpp:))"
)
# The same without line ends, which are soft breaks unless blanks stand beside them.
_MARKUP = re.compile(
    r"[ \n!&*:<@\[\\\]_`~w](?:(?<=[*<@\[\\\]_`~])|(?<= )(?=\n)|(?<=\n)(?=[ \t])|(?<=!)(?=\[)"
    r"|(?<=&)(?=[#A-Za-z])|(?<=w)(?=ww\.)|(?<=:)(?=//)|(?<=mailto:)|(?<=xmpp:))"
)


def take(md: MarkdownIt) -> None:
    """Let *md* take the shortcuts; call once all plugins are in."""
    md.inline.terminator_re = _TERMINATOR
    md.block.ruler.before(md.block.ruler.__rules__[0].name, "prose", _prose)
    md.core.ruler.at("inline", _inline)


def _prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph, none of whose lines could begin anything else."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    first = begins[start] + shifts[start]
    if state.src[first] in _BLOCK or state.sCount[start] - state.blkIndent > 3:
        return False
    line, stop, whole = start + 1, state.lineMax, state.blkIndent == 0
    while line < stop:
        at = begins[line] + shifts[line]
        if at >= ends[line]:
            break
        indent = state.sCount[line]
        if 0 <= indent <= state.blkIndent + 3 and state.src[at] in _AFTER:
            return False
        whole = whole and begins[line] == ends[line - 1] + 1
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    if whole:
        content = state.src[first : ends[line - 1]].rstrip(MD_TRIM_CHARS)
        inline.content = content.lstrip(MD_TRIM_CHARS)
        inline.meta[KEY] = Stitch([(0, first + len(content) - len(inline.content))])
    else:
        inline.content = state.getLines(start, line, state.blkIndent, False).strip(MD_TRIM_CHARS)
    inline.map = [start, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    """The content of blocks, where a block that holds nothing but text is not looked through."""
    parse = state.md.inline.parse
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        content = token.content
        if not content or _MARKUP.search(content):
            parse(content, state.md, state.env, token.children)
            continue
        first, *others = content.split("\n")
        token.children.append(Token("text", "", 0, content=first))
        for line in others:
            token.children.append(Token("softbreak", "br", 0))
            token.children.append(Token("text", "", 0, content=line))
