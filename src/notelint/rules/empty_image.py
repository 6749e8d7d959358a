from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from notelint.markdown.prose import Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.effects import RemovesImages
from notelint.rules.shared.spacer_images import is_spacer, sources
from notelint.text.startup import lazy_regex

_HARD_BREAK = lazy_regex(r"(?:  |\\)\Z")
_BREAK = lazy_regex(r"[ \t]*<br[ \t]*/?>(?=[ \t]*(?:[\r\n]|\Z))", re.IGNORECASE)
# What is before a block, or the text of one.
_MARKS = lazy_regex(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\[[ xX]\][ \t]|\[\^[^\[\]]+\]:)*"
)
_NEAR = 1_000  # characters beside an image that are looked at: a line may be full of images
_WORD = lazy_regex(r"[^\W\d_]")
_TAG = lazy_regex(r"<(?:[^<>]*>|img[ \t]*\Z)", re.IGNORECASE)  # the last may end on the next line
# What says only that it is an image, and names that programs give to one.
_IMAGE = lazy_regex(
    r"(?<![^\W\d_])(?:alt(?:[ -]?text)?|images?|img|pics?|pictures?|photos?|fig(?:ure)?|description"
    r"|screen ?shots?|untitled|png|jpe?g|gif|svg|webp)(?![^\W\d_])"
    r"|图片?|圖片?|截图|截圖|图像|在这里插入图片描述|画像|이미지|사진",
    re.IGNORECASE,
)
_SAYS = lazy_regex(r"[^\W\d_]{2}|[぀-ヿ一-鿿가-힣]")


@rule(effect=RemovesImages())
def empty_image(doc: Document) -> Iterator[Finding]:
    """An image without a source.

    Why: the reader sees a broken picture, or nothing where a picture was meant. It is mostly a
    template that nobody filled in.

    Not reported are an `<img>` without attributes in a line with other words, which name the tag,
    and one without `src` that has a width and a height, of which one is at most one pixel: it keeps
    things apart.

    Fix (safe): remove the image, and its line or list item if nothing else is in it. There is no
    fix for an image whose alternative text says what it shows, since the reader sees that text; for
    one that is all that a link, a heading, a quote, a task or a numbered item has; and for one with
    more text below it, if its line is right below a list or a quote and not indented as that is.

    Bad:

    ```markdown
    1. The model predicts masked spans.
       <img src="" align="middle" />
    2. It is trained on two tasks.
    ```

    Fixed:

    ```markdown
    1. The model predicts masked spans.
    2. It is trained on two tasks.
    ```

    Good:

    ```markdown
    <img src="spans.png" alt="masked spans">

    `<img src="">` and `![]()` in code are only talked about.
    ```
    """
    named: dict[int, bool] = {}
    for tag in doc.tags:
        if tag.name == "img" and not tag.closing and not any(sources(tag)):
            if is_spacer(tag) or (not tag.attributes and _is_named(doc, tag.span, named)):
                continue
            alt = next((each.value for each in tag.attributes if each.name == "alt"), "")
            yield _finding(doc, tag.span, alt)
    for link in doc.links:
        if link.image and link.kind == "inline" and not link.destination:
            yield _finding(doc, link.span, link.text)


def _finding(doc: Document, span: Span, alt: str) -> Finding:
    return Finding(span, "image has no source", None if _says(alt) else _removal(doc, span))


def _says(alt: str) -> bool:
    """Whether an alternative text says more than that there is an image."""
    return _SAYS.search(_IMAGE.sub("", alt)) is not None


def _is_named(doc: Document, span: Span, named: dict[int, bool]) -> bool:
    """Whether a tag is in a line of words, which name it; *named* are the lines seen so far."""
    line = doc.lines.line_around(span.start)
    if line.start not in named:
        named[line.start] = _WORD.search(_TAG.sub("", doc.slice(line))) is not None
    return named[line.start]


def _removal(doc: Document, span: Span) -> Fix | None:
    """The fix for the image at *span*, with its line or item where nothing else is in that."""
    text, number = doc.source.text, doc.lines.position(span.start).line
    line = doc.lines.line_span(number)
    before = text[max(span.start - _NEAR, line.start) : span.start]
    behind = text[span.end : min(span.end + _NEAR, line.end)]
    if before.endswith(("[", ">")) and behind.lower().startswith(("]", "</a", "</li")):
        return None  # all that a link or an item shows
    below = doc.lines.line(number + 1) if number < len(doc.lines) else ""
    left = (before + behind).lstrip(" \t>")
    indent = before[: len(before) - len(before.lstrip(" \t>"))]
    if (below.strip(" \t>") or left[:1] == "<") and _is_lazy(doc, line.start, indent):
        return None
    leads = _MARKS.fullmatch(before) is not None
    if leads and (found := _BREAK.match(text, span.end)):
        # alone in the line it would begin an HTML block
        span, behind = Span(span.start, found.end()), ""
    if behind.strip() or not leads:
        return Fix("remove the image", (Edit(span, ""),))
    if not before.strip():
        above = doc.lines.line(number - 1) if number > 1 else ""
        joins = above.strip(" \t>") and below.strip(" \t>") and not _HARD_BREAK.search(above)
        if joins and _HARD_BREAK.search(doc.lines.line(number)):
            return None
        return Fix("remove the image", (Edit(line, ""),))
    return Fix("remove the item", (Edit(line, ""),)) if _is_item(doc, number, before) else None


def _is_item(doc: Document, number: int, before: str) -> bool:
    """Whether the line is a whole item of a list without numbers, with *before* as its marker."""
    at = bisect_right(doc.items, number, key=lambda item: item.lines[0]) - 1
    return at >= 0 and doc.items[at].lines == (number, number) and before.strip() in ("-", "*", "+")


def _is_lazy(doc: Document, start: int, prefix: str) -> bool:
    """Whether the line at *start*, with this *prefix*, goes on with a paragraph outside of it.

    The parser takes a line below a list or a quote, without the indent or the `>`, for a part of
    the paragraph above. For GitHub a tag alone on such a line begins an HTML block, which lasts up
    to a blank line.
    """
    at = bisect_right(doc.prose, start, key=_start_of) - 1
    if at < 0 or doc.prose[at].span(0, len(doc.prose[at].content)).end <= start:
        return False
    prose = doc.prose[at]
    above = doc.lines.line_around(_start_of(prose)).start
    opening = doc.source.text[above : _start_of(prose)]
    nested = prose.item >= 0 or opening.strip(" \t") != "" or len(opening) > 3
    less = len(prefix.expandtabs(4)) < len(opening.expandtabs(4))
    return above < start and nested and (less or prefix.count(">") < opening.count(">"))


def _start_of(prose: Prose) -> int:
    return prose.span(0, 1).start
