from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from notelint.markdown.document import alone
from notelint.markdown.elements import HtmlBlock
from notelint.markdown.html import Tag
from notelint.markdown.outline import outline
from notelint.markdown.prose import CONTAINERS, Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.effects import RemovesImages
from notelint.rules.shared.spacers import is_spacer, sources
from notelint.text.startup import lazy_regex

_HARD_BREAK = lazy_regex(r"(?:  |\\)\Z")
_BREAK = lazy_regex(r"[ \t]*<br[ \t]*/?>(?=[ \t]*(?:[\r\n]|\Z))", re.IGNORECASE)
_DEFINITION = lazy_regex(r" {0,3}\[[^\]]*\]:")
_BULLET = lazy_regex(r"[ \t]*[-*+][ \t]+")
_MARKS = lazy_regex(
    r"(?:\[\^[^\[\]]+\]:)?(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?:\[[ xX]\][ \t]+)?"
    r"(?:<li>)?"
)
_NOTHING = lazy_regex(r"[ \t]*(?:<br[ \t]*/?>[ \t]*)?(?:[\r\n]|\Z|</li>)", re.IGNORECASE)
_WORD = lazy_regex(r"[^\W\d_]")
_TAG = lazy_regex(r"<[^<>]*>")
_MARKER = lazy_regex(r"[ \t]*(?:[-*+>]|\d{1,9}[.)])")
# What says only that it is an image, and names that programs give to one.
_IMAGE = lazy_regex(
    r"(?<![^\W\d_])(?:alt(?:[ -]?text)?|images?|img|pics?|pictures?|photos?|fig(?:ure)?|description"
    r"|screen ?shots?|untitled|png|jpe?g|gif|svg|webp)(?![^\W\d_])"
    r"|图片?|圖片?|截图|截圖|图像|在这里插入图片描述|画像|이미지|사진",
    re.IGNORECASE,
)
_SAYS = lazy_regex(r"[^\W\d_]{2}|[぀-ヿ一-鿿가-힣]")
_BEFORE = lazy_regex(r"[ \t>]*")
_BEHIND = lazy_regex(r"[ \t]*")
_LONGEST = 1_000  # characters of a line that may be nothing but an image and marks


@rule(effect=RemovesImages())
def empty_image(doc: Document) -> Iterator[Finding]:
    """An image without a source.

    Why: the reader sees a broken picture, or nothing where a picture was meant. It is mostly a
    template that nobody filled in. An `<img>` without attributes in a line with other words names
    the tag, and one of a pixel's height or width keeps things apart: neither is reported.

    Fix (safe): remove the image, and its line or its item when nothing else is in it. An
    image stays if its alternative text says what it shows, since the reader sees that text, or if a
    numbered item or a quote would be empty without it. A tag stays if it is below a list or a quote
    and is not indented as that is: for GitHub, all lines below it up to a blank one are HTML. A tag
    at the start of an HTML block stays if a line of the block would become a heading or a list
    without it.

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
    blocks = {_start(block): block for block in doc.html_blocks}
    bare = {each.span for each in doc.headings if each.lines[0] == each.lines[1]}
    for tag in doc.tags:
        if tag.name == "img" and not tag.closing and not any(sources(tag)):
            if is_spacer(tag) or (not tag.attributes and _is_named(doc, tag.span)):
                continue
            alt = next((each.value for each in tag.attributes if each.name == "alt"), "")
            # a heading without it would be an empty one
            fix = None if _says(alt) or tag.span in bare else _removal(doc, tag.span, "the tag")
            if tag.span.start in blocks and not _leaves_text(tag, blocks[tag.span.start]):
                fix = None
            yield Finding(tag.span, "image has no source", fix)
    for link in doc.links:
        if link.image and link.kind == "inline" and not link.destination:
            kept = link.span in bare or _says(link.text)
            fix = None if kept else _removal(doc, link.span, "the image")
            yield Finding(link.span, "image has no source", fix)


def _says(alt: str) -> bool:
    """Whether an alternative text says more than that there is an image."""
    return _SAYS.search(_IMAGE.sub("", alt)) is not None


def _is_named(doc: Document, span: Span) -> bool:
    """Whether a tag is in a line of words, which name it."""
    line = doc.lines.line_around(span.start)
    text = doc.source.text[line.start : span.start] + doc.source.text[span.end : line.end]
    return _WORD.search(_TAG.sub("", text)) is not None


def _start(block: HtmlBlock) -> int:
    content = block.source.content
    at = len(content) - len(content.lstrip())
    return block.source.span(at, at + 1).start


def _leaves_text(tag: Tag, block: HtmlBlock) -> bool:
    """Whether the lines below a tag that makes them HTML are but text without it."""
    content = block.source.content
    rest = content.lstrip()[tag.span.end - tag.span.start :]
    if not rest.strip():
        return True
    before, after = outline(alone(content)), outline(alone(rest.lstrip(" \t").removeprefix("\n")))
    return RemovesImages().objection(before, after, 1) is None


def _removal(doc: Document, span: Span, what: str) -> Fix | None:
    text, number = doc.source.text, doc.lines.position(span.start).line
    line = doc.lines.line_span(number)
    before = text[max(span.start - 1, line.start) : span.start]
    after = text[span.end : min(span.end + 3, line.end)]
    if before in ("[", ">") and after.lower().startswith(("]", "</a")):
        return None  # all that a link shows: without it nobody could click
    if _keeps_html(doc, span):
        return None
    span = _with_break(text, span, line)
    alone = line.covers(span) and span.covers(doc.lines.filled(number))
    if _is_all_of_item(doc, number, span):
        return Fix("remove the item", (Edit(line, ""),))
    if _leaves_none(doc, number, span) or _holds_apart(doc, number, span, alone):
        return None
    return Fix(f"remove {what}", (Edit(line if alone else _with_blank(text, span), ""),))


def _is_all_of_item(doc: Document, number: int, span: Span) -> bool:
    """Whether an item of a list without numbers is but the image."""
    text, line = doc.source.text, doc.lines.line_span(number)
    if not _BULLET.fullmatch(text, line.start, span.start) or text[span.end : line.end].strip():
        return False
    at = bisect_right(doc.items, number, key=lambda item: item.lines[0]) - 1
    return at >= 0 and doc.items[at].lines == (number, number)


def _leaves_none(doc: Document, number: int, span: Span) -> bool:
    """Whether a list item would begin with nothing, or a quote hold nothing."""
    text, line = doc.source.text, doc.lines.line_span(number)
    if span.start - line.start > _LONGEST or not _NOTHING.match(text, span.end, line.end):
        return False
    if not _MARKS.fullmatch(text, line.start, span.start):
        return False
    mark = text[line.start : span.start].rstrip(" \t")
    if not mark.endswith(">"):
        return bool(mark)
    return not any(each.lstrip(" \t").startswith(">") for each in _around(doc, number))


def _around(doc: Document, number: int) -> tuple[str, str]:
    """The lines above and below that line; empty where there is none."""
    above = doc.lines.line(number - 1) if number > 1 else ""
    return above, doc.lines.line(number + 1) if number < len(doc.lines) else ""


def _with_break(text: str, span: Span, line: Span) -> Span:
    """*span* with the break behind it, which alone in the line would begin an HTML block."""
    found = _BREAK.match(text, span.end)
    if found is None or text[line.start : span.start].strip(" \t>"):
        return span
    return Span(span.start, found.end())


def _with_blank(text: str, span: Span) -> Span:
    """*span* with the blank that would be left at the inner end of a mark of emphasis."""
    start, end = span
    if text[start - 1 : start] in ("*", "_") and text[end : end + 1] == " ":
        return Span(start, end + 1)
    if text[end : end + 1] in ("*", "_") and text[start - 1 : start] == " ":
        return Span(start - 1, end)
    return span


def _holds_apart(doc: Document, number: int, span: Span, alone: bool) -> bool:
    """Whether what is around an image would be read otherwise without it."""
    above, below = _around(doc, number)
    if alone:
        at = bisect_right(doc.blocks, number, key=lambda block: block[0]) - 1
        around = doc.blocks[max(at - 1, 0) : at + 2]
        is_between = len(around) == 3 and around[1][:2] == (number, number)
        joins = is_between and around[0][2] and around[2][2]
        if _HARD_BREAK.search(doc.lines.line(number)) and below.strip(" \t>"):
            joins = joins or bool(above.strip(" \t>") and not _HARD_BREAK.search(above))
        return joins or "|" in above or _DEFINITION.match(below) is not None
    line = doc.lines.line_span(number)
    if line.end - line.start > _LONGEST:
        return False
    left = doc.source.text[line.start : span.start] + doc.source.text[span.end : line.end]
    bare = CONTAINERS.fullmatch(left.rstrip("\r\n")) is not None
    return bare and any(each.strip() and not _MARKER.match(each) for each in (above, below))


def _keeps_html(doc: Document, span: Span) -> bool:
    """Whether GitHub would read the lines below as something else without the tag at *span*.

    The parser takes a line below a list or a quote, without the indent or the `>`, for a part of
    the paragraph above. For GitHub a tag that has such a line to itself begins an HTML block, which
    holds all lines up to a blank one. So does another tag that would have the line then.
    """
    text, line = doc.source.text, doc.lines.position(span.start).line
    start = doc.lines.line_span(line).start
    first = _end(_BEFORE, text, start)
    rest = _end(_BEHIND, text, span.end) if first == span.start else first
    alone = text[rest : rest + 1] in ("", "\r", "\n")
    prefix = text[start:first]
    if alone:
        begins = text[span.start] == "<" and _is_filled_below(doc, line, prefix.count(">"))
    else:
        begins = text[rest] == "<"
    return begins and _is_lazy(doc, start, prefix)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _is_filled_below(doc: Document, line: int, quotes: int) -> bool:
    """Whether there is anything in the line below *line*, in as many *quotes* as that is in."""
    below = doc.lines.line(line + 1) if line < len(doc.lines) else ""
    for _ in range(quotes):
        below = below.lstrip(" \t").removeprefix(">")
    return below.strip(" \t") != ""


def _is_lazy(doc: Document, start: int, prefix: str) -> bool:
    """Whether the line at *start*, with this *prefix*, goes on with a paragraph outside of it."""
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
