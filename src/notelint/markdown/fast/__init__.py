"""The fast path through the parser: the same tokens, with fewer steps.

The parser is complete without it, and everything but this folder can be read as if it were not
there. It takes less than half the time over a large corpus. ``NOTELINT_PLAIN_PARSER=1`` in the
environment turns it off.

That the tokens are equal is tested on random documents and at the edges of each shortcut;
``tests/benchmarks/commonmark.py`` holds the examples of CommonMark against it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SWITCH = "NOTELINT_PLAIN_PARSER"


def is_on() -> bool:
    """Whether documents are parsed by the fast path."""
    return os.environ.get(SWITCH) != "1"


def install(md: MarkdownIt) -> None:
    """Let *md* take the fast path; call last, when its rules record positions."""
    from notelint.markdown.fast import blocks, lazy_inline, states

    blocks.install(md)
    states.install(md)
    lazy_inline.install(md)


def finish_parsing(tokens: list[Token], md: MarkdownIt, env: dict[str, Any]) -> None:
    """Complete the *tokens* of a parse in place; the tokens of the plain parser are complete."""
    from notelint.markdown.fast import lazy_inline

    if lazy_inline.UNFINISHED in env:
        lazy_inline.finish_parsing(tokens, md, env)
