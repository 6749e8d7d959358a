"""The outline of a document, which the gate compares before and after a fix."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from notelint.markdown import formulas
from notelint.markdown.document import Document
from notelint.markdown.html import visible
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

# Whitespace and characters without width, which a reader does not see.
_UNSEEN = lazy_regex(r"[\s\u00ad\u200b-\u200f\u2060\u3164\ufeff]+")

_MARKS = frozenset({"em_open", "strong_open", "s_open", "hardbreak"})


class Outline(NamedTuple):
    """A document as its reader sees it, aspect by aspect, each in document order.

    ``front_matter`` is as written, with its delimiters. ``headings`` have level, text and anchor.
    ``words`` is all visible text outside of code, bare URLs and comments, without whitespace,
    including the texts of images that have a source. ``texts`` is the same with spaces, as the
    depth and text of each block. ``marks`` are the kinds of emphasis and hard line breaks,
    ``titles`` the titles of links and images, ``ids`` the ``id`` and ``name`` of HTML tags.
    ``links`` are destinations, ``definitions`` labels and destinations, ``images`` sources,
    ``blocks`` the kinds and depths of block tokens, ``code`` the contents of code and formulas.
    ``tags`` are the names of HTML tags other than images and line breaks; those of closing tags
    begin with ``/``.
    """

    front_matter: str
    headings: tuple[tuple[int, str, str], ...]
    words: str
    texts: tuple[tuple[int, str], ...]
    marks: tuple[str, ...]
    titles: tuple[str, ...]
    ids: tuple[str, ...]
    links: tuple[str, ...]
    images: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    code: tuple[str, ...]
    tags: tuple[str, ...]
    blocks: tuple[tuple[str, int], ...]


def outline(doc: Document, without: Collection[int] = ()) -> Outline:
    """The outline of *doc*, except for what begins on the lines *without*, from 1."""

    def stays(span: Span) -> bool:
        return not without or doc.lines.position(span.start).line not in without

    tokens = [token for token in doc.tokens if not token.map or token.map[0] + 1 not in without]
    texts: list[tuple[int, str]] = []
    code: list[str] = []
    for token in tokens:
        words: list[str] = []
        _text(token, words, code)
        if text := " ".join("".join(words).split()):
            texts.append((token.level, text))
    inside = [child for token in tokens for child in token.children or ()]
    links = [each for each in doc.links if stays(each.span)]
    return Outline(
        front_matter=_front_matter(doc),
        headings=tuple(
            (each.level, _seen(each.text), each.slug) for each in doc.headings if stays(each.span)
        ),
        words=_seen("".join(text for _, text in texts)),
        texts=tuple(texts),
        marks=tuple(each.type for each in inside if each.type in _MARKS),
        titles=tuple(str(title) for each in inside if (title := each.attrs.get("title"))),
        ids=tuple(
            each.value
            for tag in doc.tags
            if stays(tag.span)
            for each in tag.attributes
            if each.name in ("id", "name")
        ),
        links=tuple(e.destination for e in links if not e.image and e.kind != "definition"),
        images=tuple(each.destination for each in links if each.image)
        + tuple("" for tag in doc.tags if tag.name == "img" and not tag.get("src")),
        definitions=tuple((each.key, each.target) for each in doc.definitions if stays(each.span)),
        code=tuple(code),
        tags=tuple(
            "/" * tag.closing + tag.name
            for tag in doc.tags
            if tag.name not in ("img", "br") and stays(tag.span)
        ),
        blocks=tuple(
            (token.type, token.level) for token in tokens if token.map and token.type != "inline"
        ),
    )


def _front_matter(doc: Document) -> str:
    lines = doc.front_matter
    return doc.slice(doc.lines.line_span(*lines)).rstrip("\r\n") if lines else ""


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _text(token: Token, words: list[str], code: list[str]) -> None:
    if token.type in ("fence", "code_block", formulas.BLOCK):
        code.append(token.info + "\n" + token.content)
    elif token.type == "html_block":
        words.append(visible(token.content))
    elif token.type == "inline":
        bare = False  # inside a bare URL, whose text is in `links`
        for child in token.children or ():
            if child.type in ("link_open", "link_close") and child.info == "auto":
                bare = child.nesting == 1
            elif child.type in ("code_inline", formulas.INLINE):
                code.append(child.content)
            elif child.type == "image" and not child.attrs.get("src"):
                continue  # an image without a source shows no text
            elif child.type in ("text", "text_special", "image") and not bare:
                words.append(child.content)
            elif child.type == "softbreak":
                words.append(" ")
