"""The elements of a document: headings, links, list items, code and HTML blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from notelint.markdown.definitions import Definition
from notelint.markdown.html import Attribute, Comment, Tag
from notelint.markdown.inline_spans import Node, destination_at
from notelint.markdown.prose import Prose
from notelint.markdown.source_map import MappedText
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

LinkKind = Literal["inline", "reference", "autolink", "bare", "html", "definition"]


class Heading(NamedTuple):
    """A heading in Markdown or HTML. ``slug`` is its anchor on GitHub, unique in the document.

    ``text`` is the text that a reader sees, ``raw`` the inline Markdown or HTML as written, and
    ``span`` covers that; the span of an empty heading covers its marker. ``lines`` are the first
    and the last line, from 1. ``nested`` is True inside a list, a quote or a footnote. ``named`` is
    the text that the anchor is made of: without line ends, with the numbers of footnotes.
    """

    level: int
    text: str
    raw: str
    span: Span
    lines: tuple[int, int]
    html: bool = False
    nested: bool = False
    nodes: tuple[Node, ...] = ()
    named: str = ""
    slug: str = ""

    @property
    def shows(self) -> bool:
        """Whether a reader sees something: words, an image, or what a component may produce."""
        return bool(self.text.strip()) or (
            bool(self.raw.strip()) if self.html else any(map(_shows, self.nodes))
        )

    @property
    def has_component(self) -> bool:
        """Whether it contains a component of a site generator, such as `<Badge text="beta" />`."""
        return any(each.kind == "html" and each.written[1:2].isupper() for each in self.nodes)


# Tags that show nothing unless there are words inside. (Comments may stand for some.)
_UNSEEN = lazy_regex(
    r"</?(?:b|big|br|center|div|em|font|i|p|small|span|strong|sub|sup|u)(?![\w-])[^>]*>",
    re.IGNORECASE,
)


def _shows(node: Node) -> bool:
    return node.kind != "html" or not _UNSEEN.fullmatch(node.written)


class ListItem(NamedTuple):
    """A list item. ``lines`` are the first and the last line, from 1, without trailing blank ones.

    ``parent`` is the index in ``Document.items`` of the innermost item around it, or -1. ``list``
    is the number of its list in the document, from 0. ``quoted`` is True in a quote, an alert or a
    footnote.
    """

    lines: tuple[int, int]
    parent: int
    list: int
    ordered: bool
    quoted: bool


class Code(NamedTuple):
    """A code block. ``lines`` are the first and the last line, from 1.

    ``info`` is the info string of a fence. ``closed`` is False for a fence that runs to the end of
    its container.
    """

    lines: tuple[int, int]
    info: str
    fenced: bool
    closed: bool


class HtmlBlock(NamedTuple):
    """An HTML block (CommonMark, 4.6). ``lines`` are the first and the last line, from 1."""

    source: MappedText
    lines: tuple[int, int]

    @property
    def span(self) -> Span:
        """The whole block."""
        return self.source.span(0, len(self.source.content))


class Link:
    """A link or an image of any kind.

    ``destination`` is as the parser reads it: escapes and character references decoded,
    percent-encoding as written. ``text`` is what a reader sees, for an image its alternative text.
    ``item`` is the index in ``Document.items`` of the innermost list item around it, or -1.
    ``images`` counts the images in its text. ``label`` is the normalized label of a reference.
    """

    __slots__ = ("_at", "_span", "_target", "_written", "destination", "image", "images", "item",
                 "kind", "label", "text")  # fmt: skip

    def __init__(
        self,
        kind: LinkKind,
        destination: str,
        written: Node | Tag | Definition,
        *,
        image: bool = False,
        text: str = "",
        item: int = -1,
        images: int = 0,
        label: str | None = None,
        at: tuple[int, int] | None = None,
    ) -> None:
        """Make a link of *written*; *at* are the offsets of its destination in its block."""
        self.kind = kind
        self.destination = destination
        self.image = image
        self.text = text
        self.item = item
        self.images = images
        self.label = label
        self._written = written
        self._at = at
        self._span: Span | None = None
        self._target: Span | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} {'image' if self.image else 'link'} {self.destination!r}>"

    @property
    def span(self) -> Span:
        """The whole link, from ``[`` or ``<`` to ``)`` or ``>``."""
        if self._span is None:
            self._span = self._written.span
        return self._span

    @property
    def shows(self) -> bool:
        """Whether there is something to click: words, an image, or a tag that may show an image."""
        node = self._written
        label = node.written.partition("](")[0] if isinstance(node, Node) else "<"
        return bool(self.text.strip(" \t\n") or self.images or "<" in label)

    @property
    def target(self) -> Span:
        """The destination as written, without the ``<`` and ``>`` or quotes around it.

        For a reference, whose destination is in its definition, this is the whole link.
        """
        if self._target is None:
            self._target = self._find_target()
        return self._target

    def _find_target(self) -> Span:
        written = self._written
        if isinstance(written, Definition):
            return written.destination
        if self._at is None:
            self._at = written.at
            if self.kind == "autolink":
                self._at = self._at[0] + 1, self._at[1] - 1
            elif self.kind == "inline" and isinstance(written, Node):
                self._at = destination_at(written, self.destination) or self._at
        return written.source.span(*self._at)

    def move(self, items: int) -> None:
        """Move it down by *items* in the list of items; its spans have moved with its source."""
        if self.item >= 0:
            self.item += items
        self._span = self._target = None


def link_from_node(node: Node, item: int) -> Link:
    """The link or image of *node*."""
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
        node,
        image=image,
        text=node.text,
        item=item,
        images=node.images,
        label=node.token.meta.get("label"),
    )


def link_from_tag(tag: Tag, attribute: Attribute, item: int) -> Link:
    """The link of an ``<a href>``, or the image of an ``<img src>``."""
    alt = tag.get("alt")
    return Link(
        "html",
        attribute.value.strip(),
        tag,
        image=tag.name == "img",
        text=alt.value if alt else "",
        item=item,
        at=attribute.value_at,
    )


def link_from_definition(definition: Definition) -> Link:
    """The link for a reference definition, from its label to its destination."""
    return Link(
        "definition",
        definition.target,
        definition,
        text=definition.key,
        label=definition.key,
    )


# A block that is not inside another: the first and the last line, from 1, and whether it is a list.
# Its last lines may be blank.
TopBlock = tuple[int, int, bool]
LIST_TOKENS = ("bullet_list_open", "ordered_list_open")


def top_blocks(tokens: Iterable[Token]) -> list[TopBlock]:
    """The blocks among *tokens* that are not inside another."""
    return [
        (token.map[0] + 1, token.map[1], token.type in LIST_TOKENS)
        for token in tokens
        if token.map and not token.level
    ]


class Elements:
    """All elements of a document, in document order.

    ``footnotes`` are the labels and lines of their definitions, ``filled`` the indexes in
    ``headings`` of sections with content, ``front_matter`` its first and last line. Lines count
    from 1.
    """

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.items: list[ListItem] = []
        self.nodes: list[Node] = []
        self.prose: list[Prose] = []
        self.tags: list[Tag] = []
        self.comments: list[Comment] = []
        self.html_blocks: list[HtmlBlock] = []
        self.codes: list[Code] = []
        self.formulas: list[Span] = []
        self.tables: list[tuple[int, int]] = []
        self.headings: list[Heading] = []
        self.footnotes: list[tuple[str, tuple[int, int]]] = []
        self.filled: set[int] = set()
        self.front_matter: tuple[int, int] | None = None
