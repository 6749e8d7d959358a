"""The names of markdown-it-py that notelint uses, and patches for it and related packages.

Other modules import names of markdown-it-py from here; `parser` imports the plugins. Each module of
this folder patches one fault. It says which package and function has the fault, what the patch
does, and when it can be removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from notelint.text.startup import compiled_late

with compiled_late("markdown_it", "mdurl"):
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import MD_TRIM_CHARS, isStrSpace, normalizeReference
    from markdown_it.helpers import parseLinkDestination
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_block.html_block import HTML_SEQUENCES
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


class NoRenderer:
    """A renderer that renders nothing: making the HTML renderer takes time."""

    __output__: ClassVar[str] = "nothing"

    def __init__(self, md: MarkdownIt) -> None:
        """Take the parser *md*, as every renderer does."""

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        """Refuse to render *tokens*."""
        raise TypeError("a parser that records positions does not render")


BlockRule = Callable[[StateBlock, int, int, bool], bool]
"""Takes a state, the first line, the line to stop before and ``silent``; whether it matches."""

InlineRule = Callable[[StateInline, bool], bool]
"""Takes a state and ``silent``; whether the rule matches at the position of the state."""

__all__ = [
    "HTML_SEQUENCES",
    "MD_TRIM_CHARS",
    "BlockRule",
    "InlineRule",
    "MarkdownIt",
    "NoRenderer",
    "StateBlock",
    "StateCore",
    "StateInline",
    "Token",
    "isStrSpace",
    "normalizeReference",
    "parseLinkDestination",
]
