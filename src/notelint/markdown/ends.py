"""The white space at the ends of a block that the parser takes off and GitHub does not.

CommonMark strips spaces and tabs. The parser, as markdown-it, strips U+3000 and its kin as well,
with which Chinese paragraphs are indented.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SPACES = frozenset(MD_TRIM_CHARS) - set(" \t\n\r")
_BLOCKS = ("paragraph_open", "heading_open")


def rule(state: StateCore) -> None:
    """A core rule, to come between blocks and inlines: put that white space back."""
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
