"""A parsed note: one parse, one walk, every view from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from notelint.markdown.definitions import Definition, definitions
from notelint.markdown.headings import Heading
from notelint.markdown.html import Comment, Tag
from notelint.markdown.inline import Node
from notelint.markdown.links import Link, from_definition
from notelint.markdown.parser import completed, completed_between, parse
from notelint.markdown.prose import Prose
from notelint.markdown.scan import Scanner
from notelint.markdown.slug import Slugger, accepted
from notelint.markdown.views import Block, Code, HtmlBlock, ListItem, Views, top_blocks
from notelint.text.late import late
from notelint.text.lines import LineIndex
from notelint.text.source import Source
from notelint.text.span import Span

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it.token import Token

    from notelint.markdown.directives import Directive
    from notelint.markdown.parts import Part

_IN_COMMENT = late(r"<!--(?:(.*?)-->|.*)", re.DOTALL)
# An attribute list (kramdown, Python-Markdown): `{#id}`, `{: #id .class}`, `{ id="id" }`.
_BRACES = late(r"\{([^{}\n]*)\}")
_ID = late(r"""(?:^:?|[ \t])(?:\#([\w.:-]+)|id=["']?([\w.:-]+))""")


class Document:
    """A note as it was read. Immutable; each view is built when first asked for.

    A *brief* one has all its headings, comments and HTML, and no other links, code or images. One
    that is a part of another is given the *references* that are defined there.
    """

    def __init__(
        self,
        source: Source,
        *,
        brief: bool = False,
        references: MutableMapping[str, Any] | None = None,
    ) -> None:
        self.source = source
        # the headings as they stand in a table of contents, by where they are and their anchors
        self.entry_texts: dict[tuple[int, str], str] = {}
        self._parsed = parse(source.text, brief=brief, references=references)
        self.lines = LineIndex(source.text, self._parsed.starts)

    @classmethod
    def of(cls, text: str) -> Document:
        """The document that *text* is."""
        return cls(Source(text))

    def slice(self, span: Span) -> str:
        """The text that *span* covers."""
        return self.source.text[span.start : span.end]

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens of the parser; what a rule needs is in the views, which cost less."""
        return completed(self._parsed)

    def parts(self, first: int, last: int) -> Iterator[Part]:
        """The blocks that begin in lines *first* to *last*, from 1; of lists, what is in them."""
        from notelint.markdown.parts import parts  # seldom needed

        tokens = completed_between(self._parsed, first, last)
        return parts(tokens, self.lines.line, lambda written: written in self._in_headings)

    @cached_property
    def _in_headings(self) -> frozenset[str]:
        """The tags in headings, and the sources of images there, as they are written."""
        return frozenset(
            str(node.token.attrs.get("src", "")) if node.kind.startswith("image") else node.written
            for heading in self.headings
            for node in heading.nodes
        )

    @cached_property
    def _views(self) -> Views:
        return Scanner(self.lines).walk(self._parsed.tokens)

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image, Markdown's and HTML's, then what each definition leads to."""
        return [*self._views.links, *map(from_definition, self.definitions)]

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that are in no other, in document order."""
        return top_blocks(self._parsed.tokens)

    @property
    def items(self) -> list[ListItem]:
        """List items in document order."""
        return self._views.items

    @property
    def nodes(self) -> list[Node]:
        """Inline constructs in document order, outer ones before those inside them."""
        return self._views.nodes

    @property
    def prose(self) -> list[Prose]:
        """The inline content of paragraphs, headings and table cells, in document order."""
        return self._views.prose

    @property
    def tags(self) -> list[Tag]:
        """HTML tags in document order."""
        return self._views.tags

    @property
    def comments(self) -> list[Comment]:
        """HTML comments in document order."""
        return self._views.comments

    @cached_property
    def directives(self) -> list[Directive]:
        """What the comments of the note ask not to be told, in document order."""
        if not self.comments:
            return []
        from notelint.markdown.directives import directives  # most notes have none

        return directives(self.comments, self.lines)

    @property
    def html_blocks(self) -> list[HtmlBlock]:
        """HTML blocks in document order."""
        return self._views.html_blocks

    @property
    def codes(self) -> list[Code]:
        """Fenced and indented code in document order."""
        return self._views.codes

    @property
    def front_matter(self) -> tuple[int, int] | None:
        """First and last line, from 1, of the front matter with its fences."""
        return self._views.front_matter

    @cached_property
    def used_labels(self) -> frozenset[str]:
        """The labels that references use, as labels are compared (see :class:`Definition`)."""
        labels = (node.token.meta.get("label") for node in self._views.nodes)
        return frozenset(label for label in labels if label is not None)

    @property
    def references(self) -> MutableMapping[str, Any]:
        """What the parser knows of each label that is defined, for parsing a part again."""
        known: MutableMapping[str, Any] = self._parsed.env.get("references", {})
        return known

    @cached_property
    def definitions(self) -> list[Definition]:
        """Reference definitions in document order, also those that come too late to count."""
        return definitions(self._parsed.env, self.lines)

    @cached_property
    def headings(self) -> list[Heading]:
        """Headings in document order, with their anchors."""
        slugger = Slugger()
        return [Heading(*each[:-1], slugger.next(each.text)) for each in self._views.headings]

    @property
    def empty_sections(self) -> list[Heading]:
        """Headings outside containers with nothing under them: no text, no block, no subheading."""
        filled = self._views.filled
        return [
            heading
            for at, heading in enumerate(self.headings)
            if at not in filled and not heading.nested and not heading.html
        ]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a ``#fragment`` can lead to here: headings, and ``id`` and ``name`` of any tag.

        Also what a site generator may make an anchor of, which is not for us to judge: ``{#id}``,
        and the words of a comment in a heading.
        """
        of_tags = {
            each.value
            for tag in self.tags
            for each in tag.attributes
            if each.name in ("id", "name") and each.value
        }
        return accepted(each.text for each in self.headings) | of_tags | self._generated_anchors()

    def _generated_anchors(self) -> set[str]:
        found = {
            word
            for heading in self.headings
            if "<!--" in heading.raw
            for comment in _IN_COMMENT.findall(heading.raw)
            for word in comment.split()
        }
        if "{" in self.source.text:
            found.update(filter(None, map(_id_in, _BRACES.findall(self.source.text))))
        return found


def _id_in(braces: str) -> str:
    """The id that an attribute list gives: its last, but none behind a `#`; else ``""``."""
    found = ""
    first = braces.find("#")
    for match in _ID.finditer(braces):
        if 0 <= first < match.start():
            break
        found = match[1] or match[2]
    return found
