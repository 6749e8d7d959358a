"""markdown-it-py, ``rules_block``: Unicode whitespace around a block must not be stripped.

CommonMark strips only spaces and tabs (4.8), and so does GitHub. The rules ``paragraph``,
``heading`` and ``lheading`` strip ``MD_TRIM_CHARS``, which includes U+3000 and others, like
``trim`` in JavaScript, which markdown-it uses. Chinese paragraphs are indented with U+3000.

The patch is a core rule that restores this whitespace. `fmt` uses it, so that no indent is lost. It
can be removed when the rules strip only spaces and tabs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from notelint.markdown.upstream import MD_TRIM_CHARS

if TYPE_CHECKING:
    from notelint.markdown.upstream import MarkdownIt, StateCore, Token

SPACES = frozenset(MD_TRIM_CHARS) - set(" \t\n\r")
_BLOCKS = ("paragraph_open", "heading_open")


def install(md: MarkdownIt) -> None:
    """Add the core rule between those for blocks and for inline content."""
    md.core.ruler.after("block", "notelint_outer_space", _rule)


def _rule(state: StateCore) -> None:
    if SPACES.isdisjoint(state.src):
        return
    lines = state.src.split("\n")
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "inline" and before.type in _BLOCKS and token.map:
            token.content = _whole(token, lines)


def _whole(token: Token, lines: Sequence[str]) -> str:
    assert token.map is not None
    first, *others = token.content.split("\n")
    opening = lines[token.map[0]]
    if not token.content:
        return "".join(char for char in opening if char in SPACES)
    lead = _run(opening[: max(opening.find(first), 0)][::-1])[::-1]
    last = others[-1] if others else first
    closing = lines[token.map[0] + len(others)]
    at = closing.rfind(last)
    return lead + token.content + (_run(closing[at + len(last) :]) if at >= 0 else "")


def _run(text: str) -> str:
    return "".join(takewhile(SPACES.__contains__, text))
