"""Collecting the elements of a document in one walk over the tokens of its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from notelint.markdown import formulas
from notelint.markdown.definitions import label_key
from notelint.markdown.elements import (
    Code,
    Elements,
    Heading,
    HtmlBlock,
    ListItem,
    link_from_node,
    link_from_tag,
)
from notelint.markdown.html import Comment, html_headings, tags_and_comments
from notelint.markdown.inline_spans import Node, named_text, nodes, visible_text
from notelint.markdown.prose import Prose
from notelint.markdown.source_map import MappedText, mapped_text
from notelint.markdown.upstream import MD_TRIM_CHARS
from notelint.text.source import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from notelint.markdown.upstream import Token

_LINKING = {"a": "href", "img": "src"}
_TRIMMED = frozenset(MD_TRIM_CHARS) - set("\r\n")


class Collector:
    """A walk over the tokens of one document, which fills ``elements``."""

    def __init__(self, index: LineIndex) -> None:
        self.elements = Elements()
        self._index = index
        self._open: list[int] = []  # open list items, as indexes in elements.items
        self._lists: list[int] = []
        self._containers = 0
        self._list_count = 0
        self._footnotes: dict[str, int] = {}  # their numbers by key
        self._section: int | None = None  # the index of the last heading outside containers
        self._opening: Token | None = None  # of the heading whose text follows

    def collect(self, tokens: list[Token]) -> Elements:
        """The elements of *tokens*; visits each token once, in order."""
        visit = self._VISIT
        for token in tokens:
            if token.type in visit:
                visit[token.type](self, token)
        return self.elements

    def _fill(self, token: Token) -> None:
        """Record that the current section has content."""
        if self._section is not None and not (
            token.type == "html_block" and token.content.lstrip().startswith("<!-- notelint-")
        ):
            self.elements.filled.add(self._section)

    # ------------------------------------------------------------------ blocks

    def _container(self, token: Token) -> None:
        self._containers += token.nesting

    def _footnote_open(self, token: Token) -> None:
        self.elements.footnotes.append((token.meta["label"], self._lines(token)))
        self._containers += 1

    def _list_open(self, token: Token) -> None:
        self._lists.append(self._list_count)
        self._list_count += 1

    def _list_close(self, token: Token) -> None:
        self._lists.pop()

    def _item_open(self, token: Token) -> None:
        self._fill(token)
        self.elements.items.append(
            ListItem(
                self._lines(token),
                self._around,
                self._lists[-1],
                token.markup in (".", ")"),
                self._containers > 0,
            )
        )
        self._open.append(len(self.elements.items) - 1)

    def _item_close(self, token: Token) -> None:
        self._open.pop()

    def _code(self, token: Token) -> None:
        self._fill(token)
        first, last = self._lines(token)
        closed = token.type == "code_block" or (
            last > first and _closes(self._index.line(last), token.markup)
        )
        self.elements.codes.append(Code((first, last), token.info, token.type == "fence", closed))

    def _formula(self, token: Token) -> None:
        self._fill(token)
        first, last = map(self._index.line_span, self._lines(token))
        self.elements.formulas.append(Span(first.start, last.end))

    def _table(self, token: Token) -> None:
        self.elements.tables.append(self._lines(token))

    def _front_matter(self, token: Token) -> None:
        self.elements.front_matter = self._lines(token)

    def _html_block(self, token: Token) -> None:
        self._fill(token)
        source = mapped_text(token, self._index)
        if source is None:
            return
        self.elements.html_blocks.append(HtmlBlock(source, self._lines(token)))
        self._pieces(source, 0, len(source.content))
        for level, text, raw, span in html_headings(source):
            first, last = self._index.position(span.start).line, self._index.position(span.end).line
            self.elements.headings.append(
                Heading(
                    level,
                    text,
                    raw,
                    span,
                    (first, last),
                    html=True,
                    nested=self._nested,
                    named=text,
                )
            )

    def _lines(self, token: Token) -> tuple[int, int]:
        """The first and the last line of *token*, from 1, without trailing blank lines."""
        assert token.map is not None
        first, stop = token.map[0] + 1, token.map[1]
        while stop > first and not self._index.line(stop).strip(" \t>"):
            stop -= 1
        return first, max(stop, first)

    @property
    def _around(self) -> int:
        """The index of the innermost open list item, or -1."""
        return self._open[-1] if self._open else -1

    @property
    def _nested(self) -> bool:
        return bool(self._open) or self._containers > 0

    # ------------------------------------------------------------------ inline

    def _heading_open(self, token: Token) -> None:
        self._opening = token

    def _inline(self, token: Token) -> None:
        heading, self._opening = self._opening, None
        if heading is None:
            self._fill(token)
        source = mapped_text(token, self._index) if token.map else None
        children = token.children or []
        found: list[Node] = []
        if source is not None:
            if children:
                found = list(nodes(children, source))
                shown = 0  # the end of the last image, in whose label only words are shown
                for node in found:
                    self._node(node, shows=node.at[0] >= shown)
                    if node.token.type == "image":
                        shown = max(shown, node.at[1])
            prose = Prose(source, found, self._around, heading=heading is not None)
            self.elements.prose.append(prose)
        if heading is not None:
            self._heading(heading, token, source, children, found)

    def _node(self, node: Node, *, shows: bool) -> None:
        self.elements.nodes.append(node)
        if node.kind == "footnote":
            key = label_key(node.token.meta["label"])
            self._footnotes.setdefault(key, len(self._footnotes) + 1)
        if not shows:
            return
        if node.kind == "html":
            self._pieces(node.source, *node.at)
        elif node.kind == "formula":
            self.elements.formulas.append(node.span)
        elif node.kind not in ("code", "footnote"):
            self.elements.links.append(link_from_node(node, self._around))

    def _heading(
        self,
        opening: Token,
        token: Token,
        source: MappedText | None,
        children: list[Token],
        found: list[Node],
    ) -> None:
        lines = self._lines(opening)
        if source is not None and token.content:
            span = source.span(0, len(token.content))
        else:  # only the marker
            start, end = self._index.line_span(lines[0])
            line = self._index.text[start:end]
            at = line.find("#") if "#" in line else 0
            span = Span(start + at, start + max(len(line.rstrip()), at))
        level = int(opening.tag[1])
        if not self._nested:
            if self._section is not None and level > self.elements.headings[self._section].level:
                self.elements.filled.add(self._section)
            self._section = len(self.elements.headings)
        elif self._section is not None and token.content:
            self.elements.filled.add(self._section)
        self.elements.headings.append(
            Heading(
                level,
                visible_text(children),
                token.content,
                span,
                lines,
                False,  # not HTML
                self._nested,
                tuple(found),
                self._named(children, span) if children else "",
                "",  # the slug depends on the headings before it
            )
        )

    def _named(self, children: list[Token], span: Span) -> str:
        """The text that the anchor of the heading at *span* is made of.

        The parser strips all whitespace around it; GitHub strips only spaces and tabs.
        """
        text, start, end = self._index.text, *span
        while text[start - 1] in _TRIMMED and start:
            start -= 1
        while end < len(text) and text[end] in _TRIMMED:
            end += 1
        before = text[start : span.start].lstrip(" \t")
        return before + named_text(children, self._footnotes) + text[span.end : end].rstrip(" \t")

    def _pieces(self, source: MappedText, start: int, end: int) -> None:
        for piece in tags_and_comments(source, start, end):
            if isinstance(piece, Comment):
                self.elements.comments.append(piece)
                continue
            self.elements.tags.append(piece)
            name = _LINKING.get(piece.name)
            attribute = piece.get(name) if name and not piece.closing else None
            if attribute is not None:
                self.elements.links.append(link_from_tag(piece, attribute, self._around))

    _VISIT: ClassVar[dict[str, Callable[[Collector, Token], None]]] = {
        "bullet_list_open": _list_open,
        "bullet_list_close": _list_close,
        "ordered_list_open": _list_open,
        "ordered_list_close": _list_close,
        "list_item_open": _item_open,
        "list_item_close": _item_close,
        "blockquote_open": _container,
        "blockquote_close": _container,
        "alert_open": _container,
        "alert_close": _container,
        "footnote_reference_open": _footnote_open,
        "footnote_reference_close": _container,
        "heading_open": _heading_open,
        "inline": _inline,
        "fence": _code,
        "code_block": _code,
        "html_block": _html_block,
        "table_open": _table,
        "front_matter": _front_matter,
        formulas.BLOCK: _formula,
    }


def _closes(line: str, markup: str) -> bool:
    """Whether *line* closes the fence that *markup* opens, inside any containers."""
    line = line.rstrip(" \t")
    return len(line) - len(line.rstrip(markup[0])) >= len(markup)
