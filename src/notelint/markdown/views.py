"""The constructs of a document that are no link, heading, tag or comment, and all its views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.markdown.headings import Heading
from notelint.markdown.html import Comment, Tag
from notelint.markdown.inline import Node
from notelint.markdown.later import BARE
from notelint.markdown.links import Link
from notelint.markdown.prose import Prose
from notelint.markdown.stitch import Stitched
from notelint.text.named import NamedTuple
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token


class ListItem(NamedTuple):
    """A list item. ``lines`` are its first and its last line, from 1, without blank ones after.

    ``parent`` is the innermost item around it, as an index into ``Document.items``, else -1;
    ``list`` numbers the lists of the document.
    """

    lines: tuple[int, int]
    parent: int
    list: int
    ordered: bool
    quoted: bool


class Code(NamedTuple):
    """A block of code; ``lines`` from 1, first and last. ``closed`` is False for a fence that
    runs to the end of its container."""

    lines: tuple[int, int]
    info: str
    fenced: bool
    closed: bool


class HtmlBlock(NamedTuple):
    """An HTML block: raw text up to a blank line, or as long as its kind lasts."""

    source: Stitched
    lines: tuple[int, int]

    @property
    def span(self) -> Span:
        """The whole block."""
        return self.source.span(0, len(self.source.content))


# A block that is in no other: its first and its last line, from 1, and whether it is a list. There
# may be blank lines at its end.
Block = tuple[int, int, bool]


def top_blocks(tokens: Sequence[Token]) -> list[Block]:
    """The blocks among *tokens* that are in no other."""
    return [
        (token.map[0] + 1, token.map[1], token.type in _LISTS)
        for token in tokens
        if token.map and (not token.level or BARE in token.meta)
    ]


_LISTS = ("bullet_list_open", "ordered_list_open")


class Views:
    """The views that one walk over the tokens fills."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.items: list[ListItem] = []
        self.nodes: list[Node] = []
        self.prose: list[Prose] = []
        self.tags: list[Tag] = []
        self.comments: list[Comment] = []
        self.html_blocks: list[HtmlBlock] = []
        self.codes: list[Code] = []
        self.headings: list[Heading] = []
        self.filled: set[int] = set()
        self.front_matter: tuple[int, int] | None = None
