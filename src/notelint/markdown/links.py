"""Links and images: what they lead to, and where that is written."""

from __future__ import annotations

from typing import Literal

from markdown_it.helpers import parseLinkDestination

from notelint.markdown.definitions import Definition
from notelint.markdown.html import Attribute, Tag
from notelint.markdown.inline import Node
from notelint.text.span import Span

LinkKind = Literal["inline", "reference", "autolink", "bare", "html", "definition"]


class Link:
    """A link or an image, however it is written.

    ``destination`` is what the renderer takes it for: escapes and character references decoded,
    percent-encoding as written. ``span`` covers the whole construct, ``target`` the destination
    as written; for a reference the two are the same, since its destination is elsewhere.
    ``item`` is the innermost list item around it, as an index into ``Document.items``, else -1.
    ``images`` counts the images shown in its text.
    """

    __slots__ = ("_node", "_span", "_target", "destination", "image", "images", "item", "kind",
                 "label", "text")  # fmt: skip

    def __init__(
        self,
        kind: LinkKind,
        destination: str,
        *,
        image: bool = False,
        text: str = "",
        item: int = -1,
        images: int = 0,
        label: str | None = None,
        node: Node | None = None,
        span: Span | None = None,
        target: Span | None = None,
    ) -> None:
        self.kind = kind
        self.destination = destination
        self.image = image
        self.text = text
        self.item = item
        self.images = images
        self.label = label
        self._node = node
        self._span = span
        self._target = target

    def __repr__(self) -> str:
        return f"<{self.kind} {'image' if self.image else 'link'} {self.destination!r}>"

    @property
    def span(self) -> Span:
        """The whole construct, from ``[`` or ``<`` to ``)`` or ``>``."""
        if self._span is None:
            assert self._node is not None
            self._span = self._node.span
        return self._span

    @property
    def shows(self) -> bool:
        """Whether there is anything to click: words, an image, or a tag that may show something."""
        label = self._node.written.partition("](")[0] if self._node else "<"
        return bool(self.text.strip(" \t\n") or self.images or "<" in label)

    @property
    def target(self) -> Span:
        """The destination as written, without the ``<`` and ``>`` or quotes around it."""
        if self._target is None:
            assert self._node is not None
            self._target = _target(self, self._node) or self.span
        return self._target


def from_node(node: Node, item: int) -> Link:
    """The link or image that *node* is."""
    attrs, image = node.token.attrs, node.token.type == "image"
    kind: LinkKind
    if node.kind in ("reference", "image-reference"):
        kind = "reference"
    elif node.kind == "autolink":
        kind = "autolink"
    elif node.kind == "bare":
        kind = "bare"
    else:
        kind = "inline"
    return Link(
        kind,
        str(attrs["src" if image else "href"]),
        image=image,
        text=node.text,
        item=item,
        images=node.images,
        label=node.token.meta.get("label"),
        node=node,
    )


def from_tag(tag: Tag, attribute: Attribute, item: int) -> Link:
    """The link that ``<a href>`` is, or the image that ``<img src>`` is."""
    alt = tag.get("alt")
    return Link(
        "html",
        attribute.value.strip(),
        image=tag.name == "img",
        text=alt.value if alt else "",
        item=item,
        span=tag.span,
        target=attribute.value_span,
    )


def from_definition(definition: Definition) -> Link:
    """The address that a reference definition gives."""
    return Link(
        "definition",
        definition.target,
        text=definition.key,
        label=definition.key,
        span=definition.span,
        target=definition.destination,
    )


def _shrink(span: Span) -> Span:
    return Span(span.start + 1, span.end - 1)


def _target(link: Link, node: Node) -> Span | None:
    if link.kind == "autolink":
        return _shrink(node.span)
    if link.kind == "inline":
        return _inline_target(link.destination, node)
    return None


def _inline_target(destination: str, node: Node) -> Span | None:
    """Where the destination in ``[text](destination "title")`` is.

    The text may hold ``](`` of its own, in code or in an image. The right one is that from which
    the parser's own helper reads the known destination and only a title is left up to the ``)``.
    """
    content, (at, end) = node.source.content, node.at
    last = end - 1  # less the blanks before the `)`
    while content[last - 1] in " \t\n":
        last -= 1
    while (at := content.find("](", at, end)) >= 0:
        begin = _skip_space(content, at + 2, end)
        stop = begin + len(destination)
        if content.startswith(destination, begin) and _only_title(content, stop, last):
            return node.source.span(begin, stop)  # as it reads, as nearly always
        parsed = parseLinkDestination(content, begin, end - 1)
        stop = parsed.pos if parsed.ok else begin
        if parsed.str == destination and _only_title(content, stop, last):
            if content[begin] == "<" and stop > begin:
                begin, stop = begin + 1, stop - 1
            return node.source.span(begin, stop)
        at += 2
    return None


def _only_title(content: str, at: int, last: int) -> bool:
    """Whether there is a title from *at* to *last*, behind a blank, or nothing."""
    first = _skip_space(content, at, last)
    return first >= last or (
        first > at and content[first] + content[last - 1] in ('""', "''", "()")
    )


def _skip_space(text: str, pos: int, end: int) -> int:
    while pos < end and text[pos] in " \t\n":
        pos += 1
    return pos
