"""Shortcuts through the parser: the same tokens, sooner.

Most lines of a note are plain prose, and the parser tries a dozen rules on each before it takes it
for that. The rules here go first and take what can be nothing else; all the rest is left to the
parser's own. That the tokens are equal is tested on the examples of CommonMark and on random
documents.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.helpers import parseLinkDestination
from markdown_it.token import Token

from notelint.markdown.inline import KEY as SPAN
from notelint.markdown.labels import label_end
from notelint.markdown.stitch import KEY, Stitch, of_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

    from notelint.markdown.stitch import BlockRule

TEXT = "notelint.text"  # on a token whose children are nothing but text
BRIEF = "notelint.brief"  # in the environment of a parse that is only after headings and HTML

# What a block other than a paragraph may start with, and what a line may start with that ends a
# paragraph or, below one, makes a heading or a table of it: at least these, and cheap to tell.
_END = r"(?:[ \t\n]|\Z)"
_STARTS = rf"#{{1,6}}{_END}|`{{3}}|~{{3}}|[+*]{_END}|(?:[*_][ \t]*){{3}}|\d{{1,9}}[.)]{_END}"
_BLOCK = re.compile(rf"[><\[]|-{_END}|(?:-[ \t]*){{3}}|{_STARTS}")
_AFTER = re.compile(rf"[><|:=-]|\[\^|{_STARTS}")
_FOR_BLOCK = frozenset("`~>*-_+#<[0123456789")
_FOR_AFTER = _FOR_BLOCK | frozenset("|:=")

# What a line must begin with for a rule to match it; most lines begin with none of these.
_FIRST = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "front_matter": "-",
}

_UNDER_HEAD = frozenset("|-:")

# Where an inline rule of our dialect can match; the parser's own set has more characters, for
# rules that are off, and does not look at what stands around them.
# It starts with one set, so that the search runs over text without trying alternatives.
_TERMINATOR = re.compile(
    r"[\n!&*:<@\[\\\]_`~w](?:(?<=[\n*<@\[\\\]_`~])|(?<=!)(?=\[)|(?<=&)(?=[#A-Za-z])"
    r"|(?<=w)(?=ww\.)|(?<=:)(?=//)|(?<=mailto:)|(?<=xmpp:))"
)
# The same without backticks, and without line ends: they are soft breaks if no blank is beside.
_MARKUP = re.compile(
    r"[ \n!&*:<@\[\\\]_~w](?:(?<=[*<@\[\\\]_~])|(?<= )(?=\n)|(?<=\n)(?=[ \t])|(?<=!)(?=\[)"
    r"|(?<=&)(?=[#A-Za-z])|(?<=w)(?=ww\.)|(?<=:)(?=//)|(?<=mailto:)|(?<=xmpp:))"
)
_BACKTICKS = re.compile("`+")
# A destination without parentheses and with nothing to decode.
_PLAIN = re.compile(r"[^\x00-\x20\x7f()<\\&]+")


def take(md: MarkdownIt) -> None:
    """Let *md* take the shortcuts; call once all plugins are in."""
    md.inline.terminator_re = _TERMINATOR
    md.block.ruler.before(md.block.ruler.__rules__[0].name, "prose", _prose)
    for rule in list(md.block.ruler.__rules__):
        if rule.name in _FIRST:
            guarded = _guarded(rule.fn, frozenset(_FIRST[rule.name]))
            md.block.ruler.at(rule.name, guarded, {"alt": rule.alt})
        elif rule.name == "table":
            md.block.ruler.at(rule.name, _guarded_table(rule.fn), {"alt": rule.alt})
    md.core.ruler.at("inline", _inline)
    ours = {"parseLinkDestination": _destination, "parseLinkLabel": label_end}
    vars(md).update(helpers=SimpleNamespace(**{**vars(md.helpers), **ours}))


class _Destination(NamedTuple):
    """What the parser's helper returns of a destination."""

    ok: bool
    pos: int
    str: str


def _destination(text: str, pos: int, end: int) -> Any:
    """A destination that stands there as it reads; any other is left to the parser's helper."""
    match = _PLAIN.match(text, pos, end)
    if match and (match.end() == end or text[match.end()] in " \t\n)"):
        return _Destination(True, match.end(), match[0])
    return parseLinkDestination(text, pos, end)


def _guarded(rule: BlockRule, first: frozenset[str]) -> BlockRule:
    """*rule*, called only on lines that begin with one of *first*."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return state.src[at : at + 1] in first and rule(state, start, end, silent)

    return guarded


def _guarded_table(rule: BlockRule) -> BlockRule:
    """*rule*, called only above a line that may be the one under a table's head."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 >= end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        return state.src[at : at + 1] in _UNDER_HEAD and rule(state, start, end, silent)

    return guarded


def _prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph, none of whose lines could begin anything else."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    first = begins[start] + shifts[start]
    src = state.src
    if state.sCount[start] - state.blkIndent > 3:
        return False
    if src[first] in _FOR_BLOCK and _BLOCK.match(src, first):
        return False
    line, stop, whole = start + 1, state.lineMax, state.blkIndent == 0
    while line < stop:
        at = begins[line] + shifts[line]
        if at >= ends[line]:
            break
        indent = state.sCount[line]
        if src[at] in _FOR_AFTER and 0 <= indent <= state.blkIndent + 3 and _AFTER.match(src, at):
            return False
        whole = whole and begins[line] == ends[line - 1] + 1
        line += 1
    state.line = line
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    if whole:
        content = src[first : ends[line - 1]].rstrip(MD_TRIM_CHARS)
        inline.content = content.lstrip(MD_TRIM_CHARS)
        inline.meta[KEY] = Stitch([(0, first + len(content) - len(inline.content))])
    else:
        inline.content = state.getLines(start, line, state.blkIndent, False).strip(MD_TRIM_CHARS)
    inline.map = [start, line]
    inline.children = []
    closing = state.push("paragraph_close", "p", -1)
    if KEY not in inline.meta:
        of_lines(state, [opening, inline, closing])
    return True


def _inline(state: StateCore) -> None:
    """The content of blocks; one that holds nothing but text and code is read at once."""
    parse, brief, heading = state.md.inline.parse, BRIEF in state.env, False
    for token in state.tokens:
        if token.type != "inline":
            heading = token.type == "heading_open"
            continue
        if token.children is None:
            token.children = []
        content = token.content
        if brief and not heading and "<" not in content:
            _text(content, token.children)
        elif not content or _MARKUP.search(content):
            parse(content, state.md, state.env, token.children)
        elif "`" in content:
            _code(content, token.children)
        else:
            _text(content, token.children)
            token.meta[TEXT] = True


def _text(text: str, into: list[Token]) -> None:
    first, *others = text.split("\n")
    if first:
        into.append(Token("text", "", 0, content=first))
    for line in others:
        into.append(Token("softbreak", "br", 0))
        if line:
            into.append(Token("text", "", 0, content=line))


def _code(content: str, into: list[Token]) -> None:
    """Text and code spans (CommonMark, 6.1): a run of backticks is closed by the next as long."""
    runs = [match.span() for match in _BACKTICKS.finditer(content)]
    last = {_long(run): number for number, run in enumerate(runs)}
    done = at = 0
    while at < len(runs):
        start, stop = runs[at]
        length = stop - start
        at += 1
        if last[length] < at:
            continue  # closed by none
        closing = next(n for n in range(at, len(runs)) if _long(runs[n]) == length)
        _text(content[done:start], into)
        end, done = runs[closing]
        code = content[stop:end].replace("\n", " ")
        if code[0] == " " == code[-1] and code.strip(" "):
            code = code[1:-1]
        meta = {SPAN: (start, done)}
        into.append(Token("code_inline", "code", 0, content=code, markup="`" * length, meta=meta))
        at = closing + 1
    _text(content[done:], into)


def _long(run: tuple[int, int]) -> int:
    return run[1] - run[0]
