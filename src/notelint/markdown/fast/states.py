"""States of the parser that make tokens and split text into lines faster.

Both take much of the time of the parser, and so does the search for an inline rule that matches:
here, only rules that can match at a character are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from markdown_it import rules_core

from notelint.markdown import formulas
from notelint.markdown.inline_spans import SPAN
from notelint.markdown.upstream import (
    MarkdownIt,
    StateBlock,
    StateCore,
    StateInline,
    Token,
    autolink,
)
from notelint.text.source import starts_of
from notelint.text.startup import lazy_regex

Nesting = Literal[-1, 0, 1]

_BLANK = frozenset(" \t")

# The places where an inline rule of the dialect can match. The set of the parser has more
# characters, for rules that are off, and ignores their context. The pattern begins with one set of
# characters, so that a search over text tries no alternatives.
_CHARS = r"!$&*:<@\[\\\]_`~w"
_RULES = (
    r"(?:(?<=[$*<@\[\\\]_`~])|(?<=!)(?=\[)|(?<=&)(?=[#A-Za-z])"
    r"|(?<=w)(?=ww\.)|(?<=:)(?=//)|(?<=mailto:)|(?<=xmpp:)"
)
MARKUP = re.compile(rf"[{_CHARS}]{_RULES})")
_TERMINATOR = lazy_regex(rf"[\n{_CHARS}]{_RULES}|(?<=\n))")

# The characters at which an inline rule may match; `text` also matches at all others.
_FIRST = {
    "text": "\n!&:w", "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~",
    "emphasis": "*_", "link": "[", "image": "!", "footnote_ref": "[", "autolink": "<",
    "html_inline": "<", "entity": "&", "gfm_autolink_www": "w", "gfm_autolink_protocol": ":",
    autolink.NAME: ":", "gfm_autolink_email": "@", formulas.INLINE: "$\\",
}  # fmt: skip

_new = Token.__new__


def install(md: MarkdownIt) -> None:
    """Make the rules of *md* work on the states and tokens of this module."""
    md.core.ruler.at("normalize", normalize)
    md.core.ruler.at("block", block)
    md.inline.ruler.at("text", text)
    vars(md.inline).update(parse=inline, tokenize=_tokenizer(md))


def _tokenizer(md: MarkdownIt) -> Callable[[StateInline], None]:
    """``ParserInline.tokenize``, which tries only the rules that may match at a character."""
    rules = [(rule.name, rule.fn) for rule in md.inline.ruler.__rules__ if rule.enabled]
    others = tuple(fn for name, fn in rules if name == "text" or name not in _FIRST)
    at = {
        char: tuple(fn for name, fn in rules if char in _FIRST.get(name, char))
        for char in {"]", *"".join(_FIRST.values())}
    }
    max_nesting = md.options["maxNesting"]

    def tokenize(state: StateInline) -> None:
        src, end = state.src, state.posMax
        while state.pos < end:
            too_deep = state.level >= max_nesting
            for rule in () if too_deep else at.get(src[state.pos], others):
                if rule(state, False):
                    break
            else:
                state.append_pending(src[state.pos])
                state.pos += 1
        if state.pending:
            state.pushPending()

    return tokenize


def token(kind: str, tag: str, nesting: Nesting, level: int, *, block: bool = False) -> Token:
    """``Token(kind, tag, nesting)`` in half the time."""
    made = _new(Token)
    made.type = kind
    made.tag = tag
    made.nesting = nesting
    made.attrs = {}
    made.map = None
    made.level = level
    made.children = None
    made.content = ""
    made.markup = ""
    made.info = ""
    made.meta = {}
    made.block = block
    made.hidden = False
    return made


def text_token(content: str, level: int) -> Token:
    """A token of plain text."""
    made = token("text", "", 0, level)
    made.content = content
    return made


def code_span(written: str, ticks: int, start: int, level: int = 0) -> Token:
    """The token of a code span at *start*: *written* between two runs of *ticks* backticks."""
    code = written.replace("\n", " ")
    if code[0] == " " == code[-1] and code.strip(" "):
        code = code[1:-1]
    made = token("code_inline", "code", 0, level)
    made.content, made.markup = code, "`" * ticks
    made.meta[SPAN] = (start, start + len(written) + 2 * ticks)
    return made


def paragraph(state: StateBlock, lines: list[int]) -> list[Token]:
    """Push the tokens of a paragraph of *lines*: opening, inline content and closing."""
    new = [
        token("paragraph_open", "p", 1, state.level, block=True),
        token("inline", "", 0, state.level + 1, block=True),
        token("paragraph_close", "p", -1, state.level, block=True),
    ]
    new[0].map, new[1].map, new[1].children = lines, [*lines], []
    state.tokens += new
    return new


class FastBlockState(StateBlock):
    """The state of block rules, made from the lines of the whole text at once."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        starts = starts_of(lines)
        ends = [start - 1 for start in starts[1:]]
        if lines[-1].strip(" \t"):
            ends.append(len(src))
        else:
            del lines[-1]  # spaces after the last line end are not a line
        shifts = [_indent(line) if line[:1] in _BLANK else 0 for line in lines]
        columns = shifts[:]
        if "\t" in src:
            for at, shift in enumerate(shifts):
                if shift:
                    columns[at] = len(lines[at][:shift].expandtabs(4))
        self.bMarks = [*starts[: len(lines)], len(src)]
        self.eMarks = [*ends, len(src)]
        self.tShift = [*shifts, 0]
        self.sCount = [*columns, 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(lines)

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """Push the token of a block."""
        if nesting < 0:
            self.level -= 1
        made = token(ttype, tag, nesting, self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(made)
        return made


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


class FastInlineState(StateInline):
    """The state of inline rules. With ``ignore_newlines``, line ends are text."""

    ignore_newlines = False

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        """Push the pending text, then a token."""
        if pending := self.pending:
            self.pending = ""
            self.tokens.append(text_token(pending, self.pendingLevel))
        if nesting:
            return super().push(ttype, tag, nesting)
        made = token(ttype, tag, 0, self.level)
        self.pendingLevel = self.level
        self.tokens.append(made)
        self.tokens_meta.append(None)
        return made


def normalize(state: StateCore) -> None:
    """The core rule ``normalize``, which few texts need."""
    if "\r" in state.src or "\0" in state.src:
        rules_core.normalize(state)


def block(state: StateCore) -> None:
    """The core rule ``block`` on a :class:`FastBlockState`."""
    if state.src:
        lines = FastBlockState(state.src, state.md, state.env, state.tokens)
        state.md.block.tokenize(lines, 0, lines.lineMax)


def inline(src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
    """``ParserInline.parse`` on a :class:`FastInlineState`."""
    return _parsed(FastInlineState(src, md, env, tokens))


def skim(src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> bool:
    """Parse the same elements, but leave line ends and emphasis marks in the text tokens.

    Returns whether there are none of these, so that the tokens are those of :func:`inline`.
    """
    state = FastInlineState(src, md, env, tokens)
    state.ignore_newlines = True
    _parsed(state)
    return not state.delimiters and "\n" not in src


def _parsed(state: FastInlineState) -> list[Token]:
    inline = state.md.inline
    inline.tokenize(state)
    around = state.delimiters and not state.ignore_newlines
    # without emphasis delimiters, these rules change nothing
    if around or any(meta["delimiters"] for meta in state.tokens_meta if meta):
        for rule in inline.ruler2.getRules(""):
            rule(state)
    return state.tokens


def skims(state: StateInline) -> bool:
    """Whether line ends are text for *state*."""
    return isinstance(state, FastInlineState) and state.ignore_newlines


def text(state: StateInline, silent: bool) -> bool:
    """The inline rule ``text``, which also handles line ends that are only soft breaks."""
    src, end, search = state.src, state.posMax, (MARKUP if skims(state) else _TERMINATOR).search
    pos = state.pos
    while True:
        found = search(src, pos)
        stop = found.start() if found else end
        if stop > pos and not silent:
            state.append_pending(src[pos:stop])
            soft = stop < end and src[stop] == "\n" and src[stop - 1] != " "
            if soft and src[stop + 1 : stop + 2] not in _BLANK:
                state.push("softbreak", "br", 0)
                pos = stop + 1
                continue
        moved = stop > state.pos
        state.pos = stop
        return moved
