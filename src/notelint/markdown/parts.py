"""The blocks between two lines of a note, and which are entries of a table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.markdown import formulas
from notelint.markdown.html import decode, visible
from notelint.markdown.inline_spans import visible_text
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

    Line = Callable[[int], str]
    Test = Callable[[str], bool]

ENTRY, COMMENT = "an entry", "a comment"
_LIST_ITEM = "a list item other than a link into this note"
_KINDS = {
    "fence": "code",
    formulas.BLOCK: "a formula",
    "table_open": "a table",
    "hr": "a thematic break",
    "blockquote_open": "a quote",
    "alert_open": "an alert",
    "footnote_reference_open": "a footnote",
}
_EMPHASIS = frozenset({"em_open", "em_close", "strong_open", "strong_close"})
_NO_TITLE = frozenset({"image", "footnote_ref", "hardbreak"})
_MARKER = lazy_regex(r"(?:[-*+]|\d{1,9}[.)])[ \t]+")
_MARKERS = " \t-*+.)0123456789"
_LINK_TAG = lazy_regex(
    r"""<a\s+href\s*=\s*(?:"(#[^"]*)"|'(#[^']*)'|(#[^\s"'=<>`]*))\s*>""", re.IGNORECASE
)
_BARE_TAG = lazy_regex(r"</?(?!img\b)[a-z][a-z0-9-]*\s*/?>", re.IGNORECASE)
_TAG = lazy_regex(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_TITLE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "center", "b", "strong"})


class Part(NamedTuple):
    """A block, or an item of a list.

    ``kind`` is its name in messages, ``lines`` are the first and the last line, from 1. ``text`` is
    the visible text of a heading or paragraph, the source of a comment, or the destinations of an
    entry. ``title`` is True for a single line of words outside of lists.
    """

    kind: str
    lines: tuple[int, int]
    text: str = ""
    title: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether it is a list item that is a link into the note."""
        return self.kind == ENTRY


def parts(
    tokens: Iterable[Token], line: Line, of_heading: Test, *, in_code: bool = False
) -> Iterator[Part]:
    """The parts of *tokens*; *line* returns a line of the note by its number, from 1.

    An entry is a list item whose text is one link into the note. Images and tags in its text must
    come from a heading, as *of_heading* tells by their source.
    """
    paragraphs: list[int] = []  # for each open list item, the number of paragraphs so far
    within: int | None = None  # the level of a block whose content is skipped
    before: Token | None = None
    for token in tokens:
        if within is not None:
            within = None if token.level == within and token.nesting < 0 else within
        elif token.type == "list_item_open":
            paragraphs.append(0)
            yield from _item(token, line)
        elif token.type == "list_item_close":
            paragraphs.pop()
        elif token.type == "inline" and before is not None and before.type == "heading_open":
            yield _paragraph("a heading", before, token, listed=bool(paragraphs))
        elif token.type == "inline":
            first = bool(paragraphs) and not paragraphs[-1]
            paragraphs[-1:] = [number + 1 for number in paragraphs[-1:]]
            yield (
                _words(token, of_heading)
                if first
                else _paragraph("a paragraph", token, token, listed=bool(paragraphs))
            )
        elif token.type == "html_block":
            yield _html(token, listed=bool(paragraphs))
        elif token.type == "code_block":
            yield from (Part("code", _lines(token)),) if in_code else _code(token, of_heading)
        elif token.type in _KINDS:
            yield Part(_KINDS[token.type], _lines(token))
            within = token.level if token.nesting > 0 else None
        before = token


def _lines(token: Token) -> tuple[int, int]:
    first, end = token.map or (0, 1)
    return first + 1, end


def _item(token: Token, line: Line) -> Iterator[Part]:
    first, _ = _lines(token)
    if "checked" in token.meta:
        yield Part("a task", (first, first))
    elif not line(first).strip(_MARKERS):  # its text, if any, is on the lines below
        yield Part(ENTRY, (first, first))


def _paragraph(kind: str, block: Token, words: Token, *, listed: bool) -> Part:
    children = words.children or []
    text = " ".join(visible_text(children).split())
    if not text and any(child.type == "image" for child in children):
        kind = "an image"
    more = any(
        child.type in _NO_TITLE
        or (child.type == "html_inline" and child.content[:4].lower() in ("<!--", "<img"))
        for child in children
    )
    title = bool(text) and not listed and not more and "\n" not in words.content
    return Part(kind, _lines(block), text, title)


def _html(token: Token, *, listed: bool) -> Part:
    """A single comment, or other HTML."""
    written, lines = token.content.strip(), _lines(token)
    if written.startswith("<!--") and written.find("-->") == len(written) - len("-->"):
        return Part(COMMENT, lines, written)
    tags = Counter((each[2].lower(), bool(each[1])) for each in _TAG.finditer(written))
    closed = all(
        name in _TITLE_TAGS and tags[name, not closing] == number
        for (name, closing), number in tags.items()
    )
    text = visible(written).strip()
    return Part("HTML", lines, text, bool(text) and not listed and closed and "\n" not in written)


def _code(token: Token, of_heading: Test) -> Iterator[Part]:
    """Indented code, or the entries of a list whose first item is indented too far."""
    from textwrap import dedent

    from notelint.markdown.document import Document

    doc, (first, last) = Document.of(dedent(token.content)), _lines(token)
    found = list(parts(doc.tokens, doc.lines.line, of_heading, in_code=True))
    if not all(part.is_entry for part in found):
        found = [Part("code", (1, last - first + 1))]
    for part in found:
        yield part._replace(lines=(first + part.lines[0] - 1, first + part.lines[1] - 1))


# ---------------------------------------------------------------------- the text of a list item


def _words(token: Token, of_heading: Test) -> Part:
    targets = _targets(token.children or [], of_heading)
    return Part(ENTRY if targets else _LIST_ITEM, _lines(token), "\n".join(targets))


def _targets(children: Sequence[Token], of_heading: Test) -> list[str]:
    """The destinations in the text of a list item that is only a link into the note; else empty.

    An entry that is indented too far becomes part of the text of the entry above it. So there may
    be several lines with a link, each after the text of a list marker.
    """
    targets: list[str] = []
    closing = ""  # the end of the current link
    links = 0  # on the current line
    for child in children:
        if closing:
            name = child.content.lower() if child.type == "html_inline" else child.type
            if name == closing:
                closing = ""
            elif not _may_stand_in_link(child, of_heading):
                return []
        elif (target := _target(child)) and not links:
            targets.append(target)
            links, closing = 1, "link_close" if child.type == "link_open" else "</a>"
        elif child.type == "softbreak" and links:
            links = 0
        elif child.type in _EMPHASIS or (child.type == "text" and not child.content.strip()):
            pass
        elif not (
            child.type == "text" and targets and not links and _MARKER.fullmatch(child.content)
        ):
            return []
    return targets if links and not closing else []


def _target(child: Token) -> str:
    """The destination of the link that *child* opens, if it leads into the note; else empty."""
    if child.type == "link_open" and child.info != "auto":
        target = str(child.attrs.get("href", ""))
        return target if target.startswith("#") else ""
    if child.type == "html_inline" and (tag := _LINK_TAG.fullmatch(child.content)):
        return decode(tag[1] or tag[2] or tag[3])
    return ""


def _may_stand_in_link(child: Token, of_heading: Test) -> bool:
    """Whether *child* may be in the text of the link of an entry."""
    if child.type == "image":
        return of_heading(str(child.attrs.get("src", "")))
    if child.type == "html_inline":
        return bool(_BARE_TAG.fullmatch(child.content)) or of_heading(child.content)
    return child.type not in ("link_open", "footnote_ref")
