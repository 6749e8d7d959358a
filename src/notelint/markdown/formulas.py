r"""Formulas: ``$…$``, ``$$…$$`` and ``$`…`$`` as GitHub has them, ``\(…\)`` and ``\[…\]`` of LaTeX.

A formula is one token: its text contains no elements, even if it looks like links, lists or
headings. A ```` ```math ```` block is code.

On GitHub, a dollar delimits a formula if there is no letter or digit outside of it and, for a
single dollar, no whitespace inside (github/markup, issues 1644 and 1742). GitHub reads ``\(`` and
``\[`` as escaped brackets; here they delimit a formula if the text between them is clearly LaTeX.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notelint.text.source import Span
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.markdown.upstream import MarkdownIt, StateBlock, StateInline, Token

INLINE, BLOCK = "formula", "formula_block"

# From one delimiter to the other; between them, a backslash escapes the next character. Or an
# escaped character, which is no delimiter.
_FORMULA = lazy_regex(
    r"""\$\$(?!\$)(?P<display>[^$\\]*(?:(?:\\.|\$(?!\$))[^$\\]*)*)\$\$(?![A-Za-z0-9$])
      | \$`[^`]+`\$(?![A-Za-z0-9])
      | \$(?![\s$`]|\{\{)(?P<inline>[^$\\]*(?:\\.[^$\\]*)*)(?<!\s)\$(?![A-Za-z0-9${])
      | \\\((?P<round>[^\\]*(?:\\[^()][^\\]*)*)\\\)
      | \\\[(?P<square>[^\\]*(?:\\[^][][^\\]*)*)\\\]
      | (?P<escape>\\.)
    """,
    re.DOTALL | re.VERBOSE,
)
_BEFORE_NONE = lazy_regex(r"[A-Za-z0-9$]")
_TICKS = lazy_regex(r"`+")
ESCAPE = lazy_regex(r"\\([!-/:-@\[-`{-~])")
# Certain signs of LaTeX: a command that is not a Windows folder, a power, an index.
_LATEX = lazy_regex(r"(?<![\w.\\/])\\[A-Za-z]{2,}|[\d}]\\[A-Za-z]{2,}|\^[\w\\{(]|_\{")
# Words and destinations of links; signs of a formula; the start of the text of a link.
_WORDS = lazy_regex(r"[^\W\d_]{3,}|[.#:][A-Za-z]")
_EAST_ASIAN = lazy_regex(r"[぀-ヿ一-鿿가-힣]")  # separate, since it takes long to compile
_SIGNS = lazy_regex(r"[=<>+*/|]|[^\W\d_][(\[]|[^\W\d_]_\w(?!\w)")
_TEXT = lazy_regex(r"(?<![\w)\]}])\[")


def install(md: MarkdownIt) -> None:
    """Make *md* parse formulas."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", BLOCK, _block, {"alt": alt})
    md.inline.ruler.before("escape", INLINE, _inline)
    md.add_render_rule(INLINE, _rendered)
    md.add_render_rule(BLOCK, _rendered)


def may_have_formula(text: str) -> bool:
    """Whether *text* may contain a formula: a quick test, certain only if False."""
    return "$" in text or "\\(" in text or "\\[" in text


def in_line(text: str) -> list[Span]:
    """The formulas in *text*, which is not parsed, that are within one line."""
    found = _FORMULA.finditer(text) if may_have_formula(text) else ()
    return [Span(*each.span()) for each in found if "\n" not in each[0] and _is_meant(each)]


def _inline(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if src[pos] not in "$\\" or (src[pos] == "$" and pos and _BEFORE_NONE.match(src, pos - 1)):
        return False
    found = _FORMULA.match(src, pos, state.posMax)
    if found is None or not _is_meant(found):
        return False
    if not silent:
        token = state.push(INLINE, "", 0)
        token.content = found[0] if src[pos] == "$" else ESCAPE.sub(r"\1", found[0])
    state.pos = found.end()
    return True


def _is_meant(found: re.Match[str]) -> bool:
    if found["escape"]:
        return False
    dollars, brackets = found["inline"] or found["display"], found["round"] or found["square"]
    if dollars:
        return not _crosses(dollars)
    return brackets is None or _is_latex(brackets)


def _crosses(inside: str) -> bool:
    """Whether a link or a code span reaches across the start or end of *inside*."""
    if len(_TICKS.findall(inside)) % 2:
        return True
    if "](" not in inside and "][" not in inside:
        return False
    depth = 0
    for at, char in enumerate(inside):
        depth += (char == "[") - (char == "]")
        if depth < 0:
            if inside[at + 1 : at + 2] in ("(", "["):
                return True
            depth = 0
    return False


def _is_latex(inside: str) -> bool:
    if _LATEX.search(inside):
        return True
    if _WORDS.search(inside) or _TEXT.search(inside):
        return False
    if not inside.isascii() and _EAST_ASIAN.search(inside):
        return False
    return _SIGNS.search(inside) is not None


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A formula from the start of a line to the end of another, without blank lines."""
    first = _line(state, start)
    closing = "$$" if first.startswith("$$") else "\\]" if first.rstrip(" \t") == "\\[" else ""
    if not closing or first.find("$$", 1) >= 0 or state.is_code_block(start):
        return False
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent or state.isEmpty(line):
            return False
        text = _line(state, line).rstrip(" \t")
        if text == "\\[":  # otherwise the search for the end would take quadratic time
            return False
        at = text.find(closing)
        if at >= 0 and text[at - 1 : at] != "\\":
            return at + 2 == len(text) and _push(state, start, line + 1, silent)
    return False


def _push(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    content = state.getLines(start, end, state.blkIndent, False)
    if content.lstrip(" \t").startswith("\\[") and not _is_latex(content.strip(" \t\n")[2:-2]):
        return False
    if not silent:
        token = state.push(BLOCK, "", 0)
        token.content, token.map = content, [start, end]
        state.line = end
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _rendered(self: object, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    from html import escape

    return escape(tokens[at].content)
