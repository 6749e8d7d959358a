"""HTML inside Markdown: tags, attributes, comments and headings with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.source_map import MappedText
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

# The content of `<script>` is not HTML, and an incomplete tag is not a tag. A name ends where it
# does in a browser (HTML, 13.2.5.8): `<img.x>` is not an image.
_PIECE = lazy_regex(
    r"""<!--(?P<comment>.*?)(?P<closed>-->|\Z)
      | <(?P<raw>script|style|textarea)(?=[\t\n\f\r\ />])
        (?:[^<>"']|"[^"]*"|'[^']*')*>.*?(?:</(?P=raw)\s*>|\Z)
      | <(?P<slash>/?)(?P<name>[A-Za-z][^\t\n\f\r\ /<>"']*)(?=[\t\n\f\r\ />])
        (?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = lazy_regex(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


_OPENING = lazy_regex(r"<h([1-6])(?=[\t\n\f\r />]|\Z)[^>]*(?:>|\Z)", re.IGNORECASE)
_CLOSING = lazy_regex(r"</h([1-6])\s*>", re.IGNORECASE)


class Attribute(NamedTuple):
    """``name="value"``, with the offsets of both in ``source.content``; ``value`` is decoded."""

    name: str
    value: str
    source: MappedText
    at: tuple[int, int]
    value_at: tuple[int, int]

    @property
    def span(self) -> Span:
        """The whole attribute in the text on disk."""
        return self.source.span(*self.at)

    @property
    def value_span(self) -> Span:
        """The value without its quotes."""
        return self.source.span(*self.value_at)


class Tag(NamedTuple):
    """An opening or closing tag; ``at`` are its offsets in ``source.content``."""

    name: str
    closing: bool
    self_closing: bool
    attributes: tuple[Attribute, ...]
    source: MappedText
    at: tuple[int, int]

    @property
    def span(self) -> Span:
        """The whole tag in the text on disk."""
        return self.source.span(*self.at)

    def get(self, name: str) -> Attribute | None:
        """The first attribute called *name*, which is the one that browsers use."""
        return next((each for each in self.attributes if each.name == name), None)


class Comment(NamedTuple):
    """``<!-- text -->``; ``closed`` is False if it runs to the end of its block.

    ``at`` are its offsets in ``source.content``.
    """

    text: str
    closed: bool
    source: MappedText
    at: tuple[int, int]

    @property
    def span(self) -> Span:
        """The whole comment in the text on disk."""
        return self.source.span(*self.at)


def tags_and_comments(source: MappedText, start: int, end: int) -> Iterator[Tag | Comment]:
    """The tags and comments in ``source.content[start:end]``."""
    for match in _PIECE.finditer(source.content, start, end):
        if match["comment"] is not None:
            closed = bool(match["closed"])
            yield Comment(match["comment"].strip(), closed, source, match.span())
        elif match["name"] is not None:
            yield _tag(source, match)


def _tag(source: MappedText, match: re.Match[str]) -> Tag:
    attributes = (
        tuple(_attributes(source, *match.span("attributes")))
        if match["attributes"].strip() not in ("", "/")
        else ()
    )
    return Tag(
        name=match["name"].lower(),
        closing=bool(match["slash"]),
        self_closing=match["attributes"].endswith("/"),
        attributes=attributes,
        source=source,
        at=match.span(),
    )


def _attributes(source: MappedText, start: int, end: int) -> Iterator[Attribute]:
    for match in _ATTRIBUTE.finditer(source.content, start, end):
        first, last = match.span(2) if match[2] else (match.end(), match.end())
        if match[2] and match[2][0] in "\"'":
            first, last = first + 1, last - 1
        yield Attribute(
            name=match[1].lower(),
            value=decode(source.content[first:last]),
            source=source,
            at=match.span(),
            value_at=(first, last),
        )


def decode(text: str) -> str:
    """*text* with character references replaced."""
    if "&" not in text:
        return text
    from html import unescape  # loads a large table that few notes need

    return unescape(text)


def visible(html: str) -> str:
    """The text of *html* without tags and comments, decoded."""
    return decode(_PIECE.sub("", html))


def html_headings(source: MappedText) -> Iterator[tuple[int, str, str, Span]]:
    """The level, text, inner HTML and its span of each ``<h1>`` to ``<h6>`` in an HTML block."""
    if "<h" not in source.content and "<H" not in source.content:
        return
    content = source.content
    closings: dict[str, list[tuple[int, int]]] = {}
    for match in _CLOSING.finditer(content):
        closings.setdefault(match[1], []).append(match.span())
    for spans in closings.values():
        spans.reverse()
    done = 0
    for match in _OPENING.finditer(content, 0, content.rfind(">") + 1):
        if match.start() < done:
            continue
        left = closings.get(match[1], [])
        while left and left[-1][0] < match.end():
            left.pop()  # it closes no later heading either
        if not left:
            continue
        end, done = left[-1]
        inner = content[match.end() : end]
        yield int(match[1]), visible(inner), inner, source.span(match.end(), end)
