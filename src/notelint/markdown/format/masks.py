"""Stand-ins for whitespace that mdformat strips or encodes at the ends of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.markdown.upstream import outer_space

if TYPE_CHECKING:
    from mdformat.renderer import RenderContext, RenderTreeNode

_MASK = {
    ord(char): 0xF0000 + ord(char) for char in outer_space.SPACES | set("\x1c\x1d\x1e\x1f\x85")
}
_UNMASK = {stand_in: char for char, stand_in in _MASK.items()}


def mask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """*text*, in a paragraph, with stand-ins for such whitespace."""
    return text.translate(_MASK) if node.parent and node.parent.type == "paragraph" else text


def unmask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """*text* with its stand-ins replaced by whitespace."""
    return text.translate(_UNMASK)
