"""The fast path through the parser: the same tokens, with fewer steps.

The parser is complete without this folder, which nearly halves the time over a large corpus.
``NOTELINT_PLAIN_PARSER=1`` in the environment turns it off.

Tests compare its tokens with those of the plain parser, on random documents and at the limits of
each shortcut; ``tests/benchmarks/commonmark.py`` does so on the examples of CommonMark.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notelint.markdown.upstream import MarkdownIt, Token

SWITCH = "NOTELINT_PLAIN_PARSER"
AT_ONCE = "notelint.at-once"  # in the environment of a parse all of whose tokens are needed


def is_on() -> bool:
    """Whether documents are parsed by the fast path."""
    return os.environ.get(SWITCH) != "1"


def install(md: MarkdownIt) -> None:
    """Make *md* use the fast path; call this last, when its rules record positions."""
    from notelint.markdown.fast import blocks, lazy_inline, links, states

    blocks.install(md)
    links.install(md)
    states.install(md)
    lazy_inline.install(md)


def install_blocks(md: MarkdownIt) -> None:
    """Make *md* use the fast path for blocks, with complete inline content; call this last."""
    if is_on():
        from notelint.markdown.fast import blocks, states

        blocks.install(md)
        states.install(md)


def finish_inline(tokens: Sequence[Token], md: MarkdownIt, env: dict[str, Any]) -> None:
    """Complete the children of *tokens*; the plain parser has completed them already."""
    from notelint.markdown.fast import lazy_inline

    lazy_inline.finish_inline(tokens, md, env)
