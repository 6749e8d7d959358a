"""A parsed note, with all its elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from notelint.markdown import parser
from notelint.markdown.anchors import Slugger, accepted_anchors
from notelint.markdown.collect import Collector
from notelint.markdown.definitions import Definition, definitions
from notelint.markdown.elements import (
    Code,
    Elements,
    Heading,
    HtmlBlock,
    Link,
    ListItem,
    TopBlock,
    link_from_definition,
    top_blocks,
)
from notelint.markdown.footnotes import Footnotes, footnotes
from notelint.markdown.html import Comment, Tag
from notelint.markdown.inline_spans import Node
from notelint.markdown.prose import Prose
from notelint.markdown.site_anchors import site_anchors
from notelint.text.source import LineIndex, Source, Span

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from notelint.markdown.directives import Directive
    from notelint.markdown.outline import Outline
    from notelint.markdown.parts import Part
    from notelint.markdown.reuse import Reusable
    from notelint.markdown.upstream import Token


class Document:
    """A parsed note, or a part of one. Immutable; elements are collected when first needed.

    *source* may also be the text as str or bytes. For a part, *references* are those defined in the
    note. Raises TypeError for other types. ``made`` and ``reusable`` are for
    :func:`~notelint.markdown.reuse.of_each`.
    """

    made: dict[str, tuple[object, list[Any]]] | None = None
    reusable: Reusable | None = None

    def __init__(
        self,
        source: Source | str | bytes,
        *,
        references: MutableMapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(source, Source):
            source = Source.of(source)
        self.source = source
        # texts of headings in a table of contents, by offset and anchor; filled by `toc`
        self.entry_texts: dict[tuple[int, str], str] = {}
        # outlines, by the effect that needs its own; filled by the gate
        self.outlines: dict[object, Outline] = {}
        self._parsed = self._parse(source.text, references)
        self.lines = LineIndex(source.text)

    def _parse(self, text: str, references: MutableMapping[str, Any] | None) -> parser.Parsed:
        return parser.parse(text, references)

    @classmethod
    def of(cls, text: str) -> Document:
        """The document of *text*."""
        return cls(Source(text))

    def slice(self, span: Span) -> str:
        """The text that *span* covers."""
        return self.source.text[span.start : span.end]

    def line_end(self, number: int) -> str:
        """The line end of the line *number*, from 1; if it has none, the one for new lines."""
        start, end = self.lines.line_span(number)
        return self.source.text[start + len(self.lines.line(number)) : end] or self.source.newline

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens of the parser, to compare documents. Elements cost less."""
        return self._parsed.all_tokens()

    @property
    def shallow_tokens(self) -> list[Token]:
        """The tokens of blocks, whose children are complete only after :meth:`completed`."""
        return self._parsed.tokens

    def completed(self, token: Token) -> Token:
        """*token*, one of :attr:`shallow_tokens`, with all its children."""
        return self._parsed.completed(token)

    def parts(self, first: int, last: int) -> Iterator[Part]:
        """The blocks that begin on the lines *first* to *last*, from 1; for a list, its items."""
        from notelint.markdown.parts import parts  # few notes need it

        tokens = self._parsed.tokens_between(first, last)
        return parts(tokens, self.lines.line, lambda written: written in self._in_headings)

    @cached_property
    def _in_headings(self) -> frozenset[str]:
        """The HTML tags in headings as written, and the sources of images there."""
        return frozenset(
            str(node.token.attrs.get("src", "")) if node.kind.startswith("image") else node.written
            for heading in self.headings
            for node in heading.nodes
        )

    @cached_property
    def _elements(self) -> Elements:
        return Collector(self.lines).collect(self._parsed.tokens)

    @cached_property
    def links(self) -> list[Link]:
        """Links and images, in Markdown and HTML, followed by those of the definitions."""
        return [*self._elements.links, *map(link_from_definition, self.definitions)]

    @cached_property
    def blocks(self) -> list[TopBlock]:
        """The blocks that are not inside another, in document order."""
        return top_blocks(self._parsed.tokens)

    @property
    def items(self) -> list[ListItem]:
        """List items in document order."""
        return self._elements.items

    @property
    def nodes(self) -> list[Node]:
        """Inline elements in document order, outer ones before those inside them."""
        return self._elements.nodes

    @property
    def prose(self) -> list[Prose]:
        """The inline content of paragraphs, headings and table cells, in document order."""
        return self._elements.prose

    @property
    def tags(self) -> list[Tag]:
        """HTML tags in document order."""
        return self._elements.tags

    @property
    def comments(self) -> list[Comment]:
        """HTML comments in document order."""
        return self._elements.comments

    @property
    def lone_comments(self) -> Iterator[Comment]:
        """The comments that start at the margin and have nothing after them, such as markers."""
        text = self.source.text
        for comment in self.comments:
            start, end = comment.span
            at_margin = start == 0 or text[start - 1] in "\r\n"
            if (
                comment.closed
                and at_margin
                and not text[end : self.lines.line_around(end).end].strip()
            ):
                yield comment

    @cached_property
    def directives(self) -> list[Directive]:
        """Suppression comments in document order."""
        if not self.comments:
            return []
        from notelint.markdown.directives import directives  # most notes have none

        return directives(self.comments, self.lines)

    @property
    def html_blocks(self) -> list[HtmlBlock]:
        """HTML blocks in document order."""
        return self._elements.html_blocks

    @property
    def codes(self) -> list[Code]:
        """Fenced and indented code in document order."""
        return self._elements.codes

    @property
    def tables(self) -> list[tuple[int, int]]:
        """The first and the last line, from 1, of every table, in document order."""
        return self._elements.tables

    @property
    def formulas(self) -> list[Span]:
        """Formulas in document order; a formula on several lines covers the whole lines."""
        return self._elements.formulas

    @property
    def front_matter(self) -> tuple[int, int] | None:
        """The first and the last line, from 1, of the front matter with its fences."""
        return self._elements.front_matter

    @cached_property
    def used_labels(self) -> frozenset[str]:
        """The labels that references use, normalized (see :class:`Definition`)."""
        labels = (node.token.meta.get("label") for node in self._elements.nodes)
        return frozenset(label for label in labels if label is not None)

    @property
    def references(self) -> MutableMapping[str, Any]:
        """The parser's data on each defined label, for parsing a part of the document again."""
        known: MutableMapping[str, Any] = self._parsed.env.get("references", {})
        return known

    @cached_property
    def definitions(self) -> list[Definition]:
        """Reference definitions in document order, overridden ones included."""
        return definitions(self._parsed.env, self.lines)

    @cached_property
    def footnotes(self) -> Footnotes:
        """The definitions of footnotes, and references to them, valid or not."""
        if "[^" not in self.source.text:
            return Footnotes([], [])
        return footnotes(self._elements.footnotes, self.prose, self.lines)

    @cached_property
    def headings(self) -> list[Heading]:
        """Headings in document order, with their anchors."""
        slugger = Slugger()
        return [Heading(*each[:-1], slugger.next(each.named)) for each in self._elements.headings]

    @property
    def empty_sections(self) -> list[Heading]:
        """Headings outside containers without content: no text, no block, no subheading."""
        filled = self._elements.filled
        return [
            heading
            for at, heading in enumerate(self.headings)
            if at not in filled and not heading.nested and not heading.html
        ]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The anchors that a ``#fragment`` can name: of headings, and ``id`` and ``name`` of tags.

        Also those that a site generator may create.
        """
        of_tags = {
            each.value
            for tag in self.tags
            for each in tag.attributes
            if each.name in ("id", "name", "titleid") and each.value
        }
        return (
            accepted_anchors(each.named for each in self.headings)
            | of_tags
            | site_anchors(self.source.text, self.headings)
        )


_recent: dict[tuple[Source, bool], Document] = {}
_MAX_RECENT = 2
_MAX_ALONE = 10_000  # characters of a text whose document is kept longer


def recent(source: Source, *, compared: bool = False) -> Document:
    """The document of *source*, kept for the next calls.

    With *compared*, since comparing documents needs all tokens, they are made at once.
    """
    known = _recent.pop((source, compared), None)
    if known is None:
        known = Document(source, references={} if compared else None)
    keep(known, compared=compared)
    return known


def keep(doc: Document, *, compared: bool = False) -> None:
    """Keep *doc* for the next calls of :func:`recent`."""
    _recent[doc.source, compared] = doc
    if len(_recent) > _MAX_RECENT:
        del _recent[next(iter(_recent))]


def alone(text: str) -> Document:
    """*text*, such as that of an HTML block, as a separate document without references."""
    if len(text) <= _MAX_ALONE:
        return _alone(text)
    return recent(Source(text), compared=True)


@lru_cache(32)
def _alone(text: str) -> Document:
    return Document(Source(text), references={})
