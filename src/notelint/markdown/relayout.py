"""Markdown from tokens again: what notelint tells mdformat to do otherwise.

mdformat lays out blocks; words it escapes anew, addresses it encodes anew, definitions it sorts to
the end. As this extension has it, what stands in a line stays as its author wrote it, and so do
definitions, tables of contents and ``<details>`` with all that is in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdformat.plugins import CODEFORMATTERS, PARSER_EXTENSIONS
from mdformat.renderer import DEFAULT_RENDERERS, WRAP_POINT, RenderContext, RenderTreeNode

from notelint.markdown import ends, inline, keep, labels
from notelint.markdown.nodes import Renderer
from notelint.markdown.page import Around, same_page
from notelint.markdown.parser import FOOTNOTES, set_dialect
from notelint.text.named import NamedTuple

if TYPE_CHECKING:
    from mdformat.renderer.typing import Postprocess, Render

OPTION = "notelint"
# In the environment: what a block may refer to, and of lists the bullets and gaps.
_AROUND, _BULLETS, _TIGHT = "notelint.around", "notelint.bullets", "notelint.tight"
# Extensions of mdformat whose syntax is read here anyway.
_COVERED = frozenset({"gfm", "tables", "frontmatter", "footnote", "gfm_alerts"})


class Wishes(NamedTuple):
    """What a run asks for. ``options`` are mdformat's own, the names those of its plugins.

    ``keep`` gives the lines of a text that stay as they are, from 0, ends exclusive. ``renumber``
    has mdformat number lists. With ``doubt``, each block is rendered as a page before and after,
    and one that would look otherwise stays as it is.
    """

    keep: Callable[[str], list[tuple[int, int]]]
    options: Mapping[str, Any]
    extensions: Sequence[str] = ()
    codeformatters: Sequence[str] = ()
    renumber: bool = False
    doubt: bool = False


def lay_out(text: str, wishes: Wishes) -> str:
    """*text*, whose lines end in line feeds and which has no front matter, as mdformat lays it out.

    Raises KeyError with the name of an extension or code formatter that is not installed.
    """
    renderer: Any = Renderer  # not the protocol that the parser asks for, but made for it
    md = MarkdownIt(renderer_cls=renderer)
    others = [PARSER_EXTENSIONS[name] for name in wishes.extensions if name not in _COVERED]
    own = SimpleNamespace(RENDERERS=_RENDERERS, POSTPROCESSORS=_POSTPROCESSORS)
    md.options["parser_extension"] = [own, PARSER_EXTENSIONS["tables"], *others]
    md.options["codeformatters"] = {name: CODEFORMATTERS[name] for name in wishes.codeformatters}
    md.options["mdformat"] = {**wishes.options, OPTION: wishes}
    for extension in others:
        extension.update_mdit(md)
    _read_alike(md, wishes)
    rendered: str = md.render(text)
    return rendered


def _read_alike(md: MarkdownIt, wishes: Wishes) -> None:
    """Have *md* read as the rest of notelint does, and note where things stand."""
    set_dialect(md, {FOOTNOTES})
    md.options["inline_definitions"] = True
    md.core.ruler.disable("text_join")  # it forgets how an escaped character was written
    inline.record(md)
    labels.take(md)
    md.core.ruler.after("block", "notelint_ends", ends.rule)
    md.core.ruler.after("block", "notelint_keep", keep.keeping(wishes.keep))


def _wishes(context: RenderContext) -> Wishes:
    wishes: Wishes = context.options["mdformat"][OPTION]
    return wishes


# ---------------------------------------------------------------------- inline


def _written(node: RenderTreeNode, context: RenderContext) -> str:
    """A link, an image or a footnote reference, as it stands in the text of its block."""
    block = node
    while block.type != "inline":
        assert block.parent is not None
        block = block.parent
    written: str = block.content[slice(*node.meta[inline.KEY])]
    return written.replace("\n", " ") if context.do_wrap else written


def _code(node: RenderTreeNode, context: RenderContext) -> str:
    return _written(node, context).replace("\n", " ")  # a line of it may begin like a list


def _text(node: RenderTreeNode, context: RenderContext) -> str:
    wraps = context.do_wrap and _inside("paragraph", node)
    if _inside("heading", node):  # an anchor has a hyphen for every space
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


def _struck(node: RenderTreeNode, context: RenderContext) -> str:
    return node.markup + _children(node, context, "") + node.markup


# ---------------------------------------------------------------------- blocks


def _children(node: RenderTreeNode, context: RenderContext, separator: str) -> str:
    rendered = (child.render(context) for child in node.children)
    return separator.join(text for text in rendered if text)


def _blocks(node: RenderTreeNode, context: RenderContext, gap: str = "\n\n") -> str:
    """The blocks in *node* with *gap* between each two, but where what belongs together is so."""
    lines: list[str] = context.env[keep.LINES]
    doubt = _wishes(context).doubt and node.type == "root"
    laid_out = ""
    for child in node.children:
        text = _undoubted(child, context, lines) if doubt else child.render(context)
        if text and laid_out:
            laid_out += "\n" if _close(child, lines) else gap
        laid_out += text
    return laid_out


def _close(block: RenderTreeNode, lines: Sequence[str]) -> bool:
    """Whether *block* follows a footnote, or a comment that may be about it, without a gap."""
    before = block.previous_sibling
    if before is None or not block.map or not lines[block.map[0] - 1].strip(" \t>"):
        return False
    comment = before.type == "html_block" and before.content.rstrip().endswith("-->")
    return comment or "footnote_reference" in (before.type, block.type)


def _undoubted(block: RenderTreeNode, context: RenderContext, lines: Sequence[str]) -> str:
    text = block.render(context)
    if not block.map or block.type == "kept":
        return text
    before = "\n".join(lines[slice(*block.map)]).rstrip(" \t\n")
    if _AROUND not in context.env:
        context.env[_AROUND] = Around.of(context.env)
    around = context.env[_AROUND]
    return text if same_page(before, text, around) else before


def _heading(node: RenderTreeNode, context: RenderContext) -> str:
    text = _children(node, context, "").replace("\n", " ")
    marks = "#" * int(node.tag[1])
    if re.search(r"(?:^|[ \t])#+$", text):  # not the closing sequence that it looks like
        text = f"{text} {marks}"
    return f"{marks} {text}".rstrip(" ")


def _html(node: RenderTreeNode, context: RenderContext) -> str:
    return _outdented(node.content.rstrip("\n"), node)


def _kept(node: RenderTreeNode, context: RenderContext) -> str:
    return _outdented(node.content, node)


def _outdented(text: str, node: RenderTreeNode) -> str:
    """*text*, and after a list without its indentation, which may make it part of that list."""
    before = node.previous_sibling
    if before is None or not before.type.endswith("_list"):
        return text
    indent = len(text) - len(text.lstrip(" "))
    return re.sub(rf"^ {{1,{indent}}}", "", text, flags=re.MULTILINE) if indent else text


def _quote(node: RenderTreeNode, context: RenderContext) -> str:
    with context.indented(2):
        return _quoted(_blocks(node, context))


def _alert(node: RenderTreeNode, context: RenderContext) -> str:
    node.children = node.children[1:]  # without the title, which is not in the text
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
    """An ordered list with the numbers that are written, since mdformat would count 1, 1, 1."""
    if _wishes(context).renumber:
        return DEFAULT_RENDERERS["ordered_list"](node, context)
    return _listed(node, context, [f"{item.info}{item.markup} " for item in node.children])


def _bullets(node: RenderTreeNode, context: RenderContext) -> str:
    """A list whose bullets differ from those of a list right before it."""
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
    """Whether there is no gap between the items of a list; each of them asks."""
    known: dict[int, bool] = context.env.setdefault(_TIGHT, {})
    if id(node) not in known:
        blocks = (block for item in node.children for block in item.children)
        known[id(node)] = all(block.hidden for block in blocks if block.type == "paragraph")
    return known[id(node)]


# ---------------------------------------------------------------------- white space

# mdformat strips and encodes these at the ends of lines; an indent of U+3000 is as it should be.
_MASK = {ord(char): 0xF0000 + ord(char) for char in ends.SPACES | set("\x1c\x1d\x1e\x1f\x85")}
_UNMASK = {stand_in: char for char, stand_in in _MASK.items()}


def _mask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    return text.translate(_MASK) if node.parent and node.parent.type == "paragraph" else text


def _unmask(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    return text.translate(_UNMASK)


_RENDERERS: Mapping[str, Render] = {
    "root": _blocks,
    "text": _text,
    "text_special": _special,
    "link": _written,
    "image": _written,
    "footnote_ref": _written,
    "code_inline": _code,
    "s": _struck,
    "heading": _heading,
    "html_block": _html,
    "kept": _kept,
    "blockquote": _quote,
    "alert": _alert,
    "footnote_reference": _footnote,
    "list_item": _item,
    "ordered_list": _ordered,
    "bullet_list": _bullets,
}
_POSTPROCESSORS: Mapping[str, Postprocess] = {
    "inline": _mask,
    "paragraph": _unmask,
}
