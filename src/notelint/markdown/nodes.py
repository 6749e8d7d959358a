"""The tree that mdformat renders, whose nodes know what is before them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from mdformat.renderer import MDRenderer, RenderTreeNode

if TYPE_CHECKING:
    from markdown_it.token import Token


class Renderer(MDRenderer):
    """mdformat's, over the nodes here."""

    def render(
        self,
        tokens: Sequence[Token],
        options: Mapping[str, Any],
        env: MutableMapping[str, Any],
        *,
        finalize: bool = True,
    ) -> str:
        """The Markdown that *tokens* are."""
        return self.render_tree(_Node(tokens), options, env, finalize=finalize)


class _Node(RenderTreeNode):
    """As mdformat has it, but for time: there a node is searched for among all others."""

    _places: dict[int, int] | None = None  # of the children, by identity

    @property
    def previous_sibling(self) -> _Node | None:
        """The node before this one under the same parent."""
        above: Any = self.parent
        if above is None:
            return None
        if above._places is None or len(above._places) != len(above.children):
            above._places = {id(each): at for at, each in enumerate(above.children)}
        at = above._places[id(self)]
        before: _Node | None = above.children[at - 1] if at else None
        return before
