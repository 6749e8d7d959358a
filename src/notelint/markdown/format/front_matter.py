"""Front matter in mdformat's layout, if that has the same data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdformat.plugins import PARSER_EXTENSIONS

if TYPE_CHECKING:
    from mdformat.renderer import RenderContext, RenderTreeNode

_MAX_LENGTH = 10_000  # characters; more takes seconds


def render(node: RenderTreeNode, context: RenderContext) -> str:
    """The front matter *node* as mdformat renders it, or as written if that changes the data."""
    import yaml

    from notelint.text.yaml_limits import within_limits

    written = "\n".join([node.markup, *([node.content] if node.content else []), node.markup])
    try:
        if not node.content.strip() or not within_limits(node.content, _MAX_LENGTH):
            return written
        text = PARSER_EXTENSIONS["frontmatter"].RENDERERS["front_matter"](node, context)
        same = yaml.safe_load(node.content) == yaml.safe_load(text.strip("-"))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2024-13-01
        return written
    return text if same else written
