"""Tags, attributes and comments of inline and block HTML, each in place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.stitch import Stitched
from notelint.text.span import Span
from notelint.text.startup import NamedTuple, lazy_regex

# What stands between `<script>` and `</script>` is no HTML; a tag that is cut off is no tag.
_PIECE = lazy_regex(
    r"""<!--(?P<comment>.*?)(?P<closed>-->|\Z)
      | <(?P<raw>script|style|textarea)\b(?:[^<>"']|"[^"]*"|'[^']*')*>.*?(?:</(?P=raw)\s*>|\Z)
      | <(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = lazy_regex(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


class Attribute(NamedTuple):
    """``name="value"``; the value is decoded, ``value_span`` covers it without its quotes."""

    name: str
    value: str
    span: Span
    value_span: Span


class Tag(NamedTuple):
    """An opening or closing tag."""

    name: str
    closing: bool
    self_closing: bool
    attributes: tuple[Attribute, ...]
    span: Span

    def get(self, name: str) -> Attribute | None:
        """The first attribute of that name, as a browser takes it."""
        return next((each for each in self.attributes if each.name == name), None)


class Comment(NamedTuple):
    """``<!-- text -->``; ``closed`` is False where it runs to the end of its block."""

    text: str
    span: Span
    closed: bool


def pieces(source: Stitched, start: int, end: int) -> Iterator[Tag | Comment]:
    """The tags and comments in ``source.content[start:end]``."""
    for match in _PIECE.finditer(source.content, start, end):
        if match["comment"] is not None:
            closed = bool(match["closed"])
            yield Comment(match["comment"].strip(), source.span(*match.span()), closed)
        elif match["name"] is not None:
            yield _tag(source, match)


def _tag(source: Stitched, match: re.Match[str]) -> Tag:
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
        span=source.span(*match.span()),
    )


def _attributes(source: Stitched, start: int, end: int) -> Iterator[Attribute]:
    for match in _ATTRIBUTE.finditer(source.content, start, end):
        first, last = match.span(2) if match[2] else (match.end(), match.end())
        if match[2] and match[2][0] in "\"'":
            first, last = first + 1, last - 1
        yield Attribute(
            name=match[1].lower(),
            value=decode(source.content[first:last]),
            span=source.span(*match.span()),
            value_span=source.span(first, last),
        )


def decode(text: str) -> str:
    """*text* with its character references replaced."""
    if "&" not in text:
        return text
    from html import unescape  # a large table, needed seldom

    return unescape(text)


def visible(html: str) -> str:
    """The text of a piece of HTML, without tags and comments."""
    return decode(_PIECE.sub("", html))
