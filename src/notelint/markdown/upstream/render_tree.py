"""mdformat, ``RenderTreeNode`` (markdown-it-py, ``SyntaxTreeNode``): siblings in constant time.

``previous_sibling`` searches for the node among all children of its parent, so that rendering a
long list or document takes quadratic time. Here, a parent caches the index of each child. This can
be removed when ``SyntaxTreeNode.siblings`` no longer searches.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from mdformat.renderer import MDRenderer, RenderTreeNode

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token


class Renderer(MDRenderer):
    """mdformat's renderer on the nodes of this module."""

    def render(
        self,
        tokens: Sequence[Token],
        options: Mapping[str, Any],
        env: MutableMapping[str, Any],
        *,
        finalize: bool = True,
    ) -> str:
        """The Markdown of *tokens*."""
        return self.render_tree(_Node(tokens), options, env, finalize=finalize)


class _Node(RenderTreeNode):
    """A node that caches the indexes of its children."""

    _indexes: dict[int, int] | None = None  # by the identity of a child

    @property
    def previous_sibling(self) -> _Node | None:
        """The node before this one under the same parent, if there is one."""
        above: Any = self.parent
        if above is None:
            return None
        if above._indexes is None or len(above._indexes) != len(above.children):
            above._indexes = {id(each): at for at, each in enumerate(above.children)}
        at = above._indexes[id(self)]
        before: _Node | None = above.children[at - 1] if at else None
        return before
