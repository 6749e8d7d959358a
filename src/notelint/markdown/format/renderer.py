"""An extension of mdformat that changes the layout of blocks only.

By itself, mdformat changes escapes in text and the encoding of URLs, and moves definitions to the
end. With this extension, inline content stays as written, and so do definitions, tables of contents
and ``<details>`` with their content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mdformat.renderer import DEFAULT_RENDERERS, WRAP_POINT, RenderContext, RenderTreeNode

from notelint.markdown import formulas, inline_spans
from notelint.markdown.format import known_paragraphs, preserve
from notelint.markdown.format.known_paragraphs import KnownParagraphs
from notelint.markdown.format.rendered import Context, same_page
from notelint.markdown.upstream import outer_space
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from mdformat.renderer.typing import Postprocess, Render

OPTION = "notelint"
# In the environment: the context of blocks, the bullets of lists, and which lists are tight.
_CONTEXT, _BULLETS, _TIGHT = "notelint.context", "notelint.bullets", "notelint.tight"


class FormatOptions(NamedTuple):
    """How to lay out a note. ``options`` are mdformat's own.

    ``extensions`` and ``codeformatters`` are the names of its plugins. ``preserve`` returns the
    ranges of lines of a text to leave unchanged, in order, from 0, ends exclusive. With
    ``renumber``, mdformat numbers lists. With ``verify_blocks``, each block is rendered before and
    after, and is left unchanged if its page would change.
    """

    preserve: Callable[[str], list[tuple[int, int]]]
    options: Mapping[str, Any]
    extensions: Sequence[str] = ()
    codeformatters: Sequence[str] = ()
    renumber: bool = False
    verify_blocks: bool = False


def _options(context: RenderContext) -> FormatOptions:
    options: FormatOptions = context.options["mdformat"][OPTION]
    return options


# ---------------------------------------------------------------------- inline


def _written(node: RenderTreeNode, context: RenderContext) -> str:
    """A link, an image or a footnote reference, as written in the content of its block."""
    block = node
    while block.type != "inline":
        assert block.parent is not None
        block = block.parent
    written: str = block.content[slice(*node.meta[inline_spans.SPAN])]
    wraps = context.do_wrap and not _inside("heading", node)
    return written.replace("\n", " ") if wraps else written


def _code(node: RenderTreeNode, context: RenderContext) -> str:
    return _written(node, context).replace("\n", " ")  # a line in it may look like a list item


def _text(node: RenderTreeNode, context: RenderContext) -> str:
    wraps = context.do_wrap and _inside("paragraph", node)
    if _inside("heading", node):  # its anchor has a hyphen for every space
        return node.content
    return re.sub(r"[ \t]+", WRAP_POINT if wraps else " ", node.content)


def _special(node: RenderTreeNode, context: RenderContext) -> str:
    return node.markup  # `\*` or `&lt;`


def _inside(kind: str, node: RenderTreeNode) -> bool:
    while node.parent:
        node = node.parent
        if node.type == kind:
            return True
    return False


def _break(node: RenderTreeNode, context: RenderContext) -> str:
    if _inside("heading", node):  # mdformat's `<br />` and a space would be part of its anchor
        return "\\\n"
    return DEFAULT_RENDERERS["hardbreak"](node, context)


def _struck(node: RenderTreeNode, context: RenderContext) -> str:
    return node.markup + _children(node, context) + node.markup


# ---------------------------------------------------------------------- blocks


def _children(node: RenderTreeNode, context: RenderContext) -> str:
    return "".join(child.render(context) for child in node.children)


def _blocks(node: RenderTreeNode, context: RenderContext, gap: str = "\n\n") -> str:
    """The blocks in *node* with *gap* between them, except between two that belong together."""
    lines: list[str] = context.env[preserve.LINES]
    verify = _options(context).verify_blocks and node.type == "root"
    laid_out = ""
    for child in node.children:
        text = _verified(child, context, lines) if verify else child.render(context)
        if text and laid_out:
            laid_out += "\n" if preserve.is_close(child, lines) else gap
        laid_out += text
    return laid_out


def _verified(block: RenderTreeNode, context: RenderContext, lines: Sequence[str]) -> str:
    """The new layout of *block*, or its source if its page would change."""
    text = block.render(context)
    if not block.map or block.type == "preserved":
        return text
    before = "\n".join(lines[slice(*block.map)]).rstrip(" \t\n")
    if _CONTEXT not in context.env:
        context.env[_CONTEXT] = Context.of(context.env)
    return text if same_page(before, text, context.env[_CONTEXT]) else before


def _heading(node: RenderTreeNode, context: RenderContext) -> str:
    text = _children(node, context)
    if "\n" in text:  # on one line it would have another anchor
        return f"{text}\n{'===' if node.tag == 'h1' else '---'}"
    marks = "#" * int(node.tag[1])
    if re.search(r"(?:^|[ \t])#+$", text):  # otherwise it would be a closing sequence
        text = f"{text} {marks}"
    return f"{marks} {text}".rstrip(" ")


def _paragraph(node: RenderTreeNode, context: RenderContext) -> str:
    inline = node.children[0]
    known: KnownParagraphs | None = context.env.get(known_paragraphs.KNOWN_PARAGRAPHS)
    if known is None:
        return _new_paragraph(node, context)
    if inline.content not in known.texts:
        known.texts[inline.content] = _new_paragraph(node, context)
    return known.texts[inline.content]


def _new_paragraph(node: RenderTreeNode, context: RenderContext) -> str:
    inline = node.children[0]
    if any(each.type == formulas.INLINE and "\n" in each.content for each in inline.walk()):
        return inline.content  # the lines of a formula must stay as they are
    return DEFAULT_RENDERERS["paragraph"](node, context)


def _raw(node: RenderTreeNode, context: RenderContext) -> str:
    return _outdented(node.content.rstrip("\n"), node)


def _outdented(text: str, node: RenderTreeNode) -> str:
    """*text*; after a list without its indent, which might make it part of the list."""
    before = node.previous_sibling
    if before is None or not before.type.endswith("_list"):
        return text
    indent = len(text) - len(text.lstrip(" "))
    return re.sub(rf"^ {{1,{indent}}}", "", text, flags=re.MULTILINE) if indent else text


def _quote(node: RenderTreeNode, context: RenderContext) -> str:
    with context.indented(2):
        return _quoted(_blocks(node, context))


def _alert(node: RenderTreeNode, context: RenderContext) -> str:
    node.children = node.children[1:]  # without the title, which is not in the source
    with context.indented(2):
        body = _quoted(_blocks(node, context))
    first = node.children[0].map if node.children else None
    gap = "\n>" if first and node.map and first[0] > node.map[0] + 1 else ""
    return f"> [!{node.info}]{gap}" + (f"\n{body}" if node.children else "")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _footnote(node: RenderTreeNode, context: RenderContext) -> str:
    with context.indented(4):
        body = _blocks(node, context)
    return f"[^{node.meta['label']}]: " + _hanging(body, 4)


def _hanging(text: str, indent: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * indent + line if line else "" for line in others)])


def _item(node: RenderTreeNode, context: RenderContext) -> str:
    assert node.parent is not None
    text = _blocks(node, context, "\n" if _tight(node.parent, context) else "\n\n")
    if "checked" not in node.meta:
        return text
    return f"[{'x' if node.meta['checked'] else ' '}] {text}"


def _ordered(node: RenderTreeNode, context: RenderContext) -> str:
    """An ordered list with its numbers as written; mdformat would write 1, 1, 1."""
    if _options(context).renumber:
        return DEFAULT_RENDERERS["ordered_list"](node, context)
    return _listed(node, context, [f"{item.info}{item.markup} " for item in node.children])


def _bullets(node: RenderTreeNode, context: RenderContext) -> str:
    """A bullet list, whose bullet differs from that of a list right before it."""
    bullets: dict[int, str] = context.env.setdefault(_BULLETS, {})
    bullet = "* " if bullets.get(id(node.previous_sibling)) == "- " else "- "
    bullets[id(node)] = bullet
    return _listed(node, context, [bullet] * len(node.children))


def _listed(node: RenderTreeNode, context: RenderContext, markers: Sequence[str]) -> str:
    items = []
    for item, marker in zip(node.children, markers, strict=True):
        with context.indented(len(marker)):
            text = item.render(context)
        items.append(marker + _hanging(text, len(marker)) if text else marker.rstrip(" "))
    return ("\n" if _tight(node, context) else "\n\n").join(items)


def _tight(node: RenderTreeNode, context: RenderContext) -> bool:
    """Whether a list has no gaps between its items; cached, since each item asks for it."""
    known: dict[int, bool] = context.env.setdefault(_TIGHT, {})
    if id(node) not in known:
        blocks = (block for item in node.children for block in item.children)
        known[id(node)] = all(block.hidden for block in blocks if block.type == "paragraph")
    return known[id(node)]


# ---------------------------------------------------------------------- whitespace

# Stand-ins for whitespace that mdformat strips or encodes at the ends of lines.
_MASK = {
    ord(char): 0xF0000 + ord(char) for char in outer_space.SPACES | set("\x1c\x1d\x1e\x1f\x85")
}
_UNMASK = {stand_in: char for char, stand_in in _MASK.items()}


def _mask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    return text.translate(_MASK) if node.parent and node.parent.type == "paragraph" else text


def _unmask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    return text.translate(_UNMASK)


# ----------------------------------------------------------------------

RENDERERS: Mapping[str, Render] = {
    "root": _blocks,
    "text": _text,
    "text_special": _special,
    "link": _written,
    "image": _written,
    "footnote_ref": _written,
    formulas.INLINE: _written,
    "code_inline": _code,
    "hardbreak": _break,
    "s": _struck,
    "heading": _heading,
    "paragraph": _paragraph,
    formulas.BLOCK: _raw,
    "html_block": _raw,
    "preserved": _raw,
    "blockquote": _quote,
    "alert": _alert,
    "footnote_reference": _footnote,
    "list_item": _item,
    "ordered_list": _ordered,
    "bullet_list": _bullets,
}
POSTPROCESSORS: Mapping[str, Postprocess] = {
    "inline": _mask,
    "paragraph": _unmask,
}
