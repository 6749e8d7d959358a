"""markdown-it-py: its names that notelint uses, and patches of it and its neighbors.

Other modules take the names of markdown-it-py from here; `parser` imports the plugins. Each module
of this folder patches one fault and says which package and function has it, what the patch does,
and when it can go.
"""

from __future__ import annotations

from collections.abc import Callable

from notelint.text.startup import compiled_late

with compiled_late("markdown_it", "mdurl"):
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import MD_TRIM_CHARS, isStrSpace, normalizeReference
    from markdown_it.helpers import parseLinkDestination
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]
"""Of a state, the first line, the line to stop before and ``silent``: whether the rule matches."""

InlineRule = Callable[[StateInline, bool], bool]
"""Of a state and ``silent``: whether the rule matches at the position of the state."""

__all__ = [
    "MD_TRIM_CHARS",
    "BlockRule",
    "InlineRule",
    "MarkdownIt",
    "StateBlock",
    "StateCore",
    "StateInline",
    "Token",
    "isStrSpace",
    "normalizeReference",
    "parseLinkDestination",
]
