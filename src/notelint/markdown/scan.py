"""The one walk over the block tokens, from which a document's views come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from notelint.markdown import links
from notelint.markdown.headings import Heading, html_headings, rendered
from notelint.markdown.html import Comment, pieces
from notelint.markdown.inline import Node, nodes
from notelint.markdown.prose import Prose
from notelint.markdown.stitch import Stitched, stitched
from notelint.markdown.views import Code, HtmlBlock, ListItem, Views
from notelint.text.lines import LineIndex
from notelint.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

_LINKING = {"a": "href", "img": "src"}
_CONTENT = frozenset({"inline", "fence", "code_block", "html_block", "list_item_open"})
_CONTAINERS = frozenset(
    f"{kind}_{end}"
    for kind in ("blockquote", "alert", "footnote_reference")
    for end in ("open", "close")
)


class Scanner:
    """Walks the tokens of one document and fills its views."""

    def __init__(self, index: LineIndex) -> None:
        self.views = Views()
        self._index = index
        self._open: list[int] = []  # the list items around, as indexes into views.items
        self._lists: list[int] = []
        self._containers = 0
        self._list_count = 0
        self._section: int | None = None  # the heading that we are under, in views.headings

    def walk(self, tokens: list[Token]) -> Views:
        """Visit every token once, in order."""
        visit = self._VISIT
        heading: Token | None = None
        for token in tokens:
            kind = token.type
            if kind in _CONTENT and heading is None:
                self._fill(token)
            if kind == "inline":
                self._inline(token, heading)
                heading = None
            elif kind == "heading_open":
                heading = token
            elif kind in visit:
                visit[kind](self, token)
            elif kind in _CONTAINERS:
                self._containers += token.nesting
        return self.views

    def _fill(self, token: Token) -> None:
        """The section that is open has something in it."""
        if self._section is not None and not (
            token.type == "html_block" and token.content.lstrip().startswith("<!-- notelint-")
        ):
            self.views.filled.add(self._section)

    # ------------------------------------------------------------------ blocks

    def _list_open(self, token: Token) -> None:
        self._lists.append(self._list_count)
        self._list_count += 1

    def _list_close(self, token: Token) -> None:
        self._lists.pop()

    def _item_open(self, token: Token) -> None:
        self.views.items.append(
            ListItem(
                self._lines(token),
                self._open[-1] if self._open else -1,
                self._lists[-1],
                token.markup in (".", ")"),
                self._containers > 0,
            )
        )
        self._open.append(len(self.views.items) - 1)

    def _item_close(self, token: Token) -> None:
        self._open.pop()

    def _code(self, token: Token) -> None:
        first, last = self._lines(token)
        closed = token.type == "code_block" or (
            last > first and _closes(self._index.line(last), token.markup)
        )
        self.views.codes.append(Code((first, last), token.info, token.type == "fence", closed))

    def _front_matter(self, token: Token) -> None:
        self.views.front_matter = self._lines(token)

    def _html_block(self, token: Token) -> None:
        source = stitched(token, self._index)
        if source is None:
            return
        self.views.html_blocks.append(HtmlBlock(source, self._lines(token)))
        self._pieces(source, 0, len(source.content))
        for level, text, raw, span in html_headings(source):
            first, last = self._index.position(span.start).line, self._index.position(span.end).line
            self.views.headings.append(
                Heading(level, text, raw, span, (first, last), html=True, nested=self._nested)
            )

    def _lines(self, token: Token) -> tuple[int, int]:
        """First and last line of *token*, from 1, without blank lines behind it."""
        assert token.map is not None
        first, stop = token.map[0] + 1, token.map[1]
        while stop > first and not self._index.line(stop).strip(" \t>"):
            stop -= 1
        return first, max(stop, first)

    @property
    def _nested(self) -> bool:
        return bool(self._open) or self._containers > 0

    # ------------------------------------------------------------------ inline

    def _inline(self, token: Token, heading: Token | None) -> None:
        source = stitched(token, self._index) if token.map else None
        children = token.children or []
        found: list[Node] = []
        if source is not None:
            if children:
                found = list(nodes(children, source))
                shown = 0  # up to where an image reaches: of its label only the words are shown
                for node in found:
                    self._node(node, shows=node.at[0] >= shown)
                    if node.token.type == "image":
                        shown = max(shown, node.at[1])
            item = self._open[-1] if self._open else -1
            self.views.prose.append(Prose(source, found, item, heading=heading is not None))
        if heading is not None:
            self._heading(heading, token, source, children, found)

    def _node(self, node: Node, *, shows: bool) -> None:
        self.views.nodes.append(node)
        if not shows:
            return
        if node.kind == "html":
            self._pieces(node.source, *node.at)
        elif node.kind not in ("code", "footnote"):
            self.views.links.append(links.from_node(node, self._open[-1] if self._open else -1))

    def _heading(
        self,
        opening: Token,
        token: Token,
        source: Stitched | None,
        children: list[Token],
        found: list[Node],
    ) -> None:
        lines = self._lines(opening)
        if source is not None and token.content:
            span = source.span(0, len(token.content))
        else:  # nothing but the marker
            start, end = self._index.line_span(lines[0])
            line = self._index.text[start:end]
            at = line.find("#") if "#" in line else 0
            span = Span(start + at, start + max(len(line.rstrip()), at))
        level = int(opening.tag[1])
        if not self._nested:
            if self._section is not None and level > self.views.headings[self._section].level:
                self.views.filled.add(self._section)
            self._section = len(self.views.headings)
        self.views.headings.append(
            Heading(
                level,
                rendered(children),
                token.content,
                span,
                lines,
                False,  # no HTML
                self._nested,
                tuple(found),
                "",  # the slug depends on the headings before it
            )
        )

    def _pieces(self, source: Stitched, start: int, end: int) -> None:
        for piece in pieces(source, start, end):
            if isinstance(piece, Comment):
                self.views.comments.append(piece)
                continue
            self.views.tags.append(piece)
            name = _LINKING.get(piece.name)
            attribute = piece.get(name) if name and not piece.closing else None
            if attribute is not None:
                item = self._open[-1] if self._open else -1
                self.views.links.append(links.from_tag(piece, attribute, item))

    _VISIT: ClassVar[dict[str, Callable[[Scanner, Token], None]]] = {
        "bullet_list_open": _list_open,
        "bullet_list_close": _list_close,
        "ordered_list_open": _list_open,
        "ordered_list_close": _list_close,
        "list_item_open": _item_open,
        "list_item_close": _item_close,
        "fence": _code,
        "code_block": _code,
        "html_block": _html_block,
        "front_matter": _front_matter,
    }


def _closes(line: str, markup: str) -> bool:
    """Whether *line* ends a fence opened with *markup*, whatever containers stand before it."""
    line = line.rstrip(" \t")
    return len(line) - len(line.rstrip(markup[0])) >= len(markup)
