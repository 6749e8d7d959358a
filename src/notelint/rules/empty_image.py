from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.html import Tag
from notelint.rules.base import rule
from notelint.rules.effects import RemovesImages
from notelint.rules.shared.lazy_html import keeps_html
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span


@rule(effect=RemovesImages())
def empty_image(doc: Document) -> Iterator[Finding]:
    """An image without a source.

    Why: the reader sees a broken picture, or nothing where a picture was meant. It is mostly a
    template that nobody filled in.

    Fix (safe): remove the image, and its line when nothing else is on it. A tag below a list or a
    quote without its indent stays: for GitHub, all lines below it up to a blank one are HTML.

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
    for tag in doc.tags:
        if tag.name == "img" and not tag.closing and not _has_source(tag):
            yield Finding(tag.span, "image has no source", _removal(doc, tag.span, "the tag"))
    for link in doc.links:
        if link.image and link.kind == "inline" and not link.destination:
            yield Finding(link.span, "image has no source", _removal(doc, link.span, "the image"))


def _has_source(tag: Tag) -> bool:
    # data-src and :src are filled in by a script or a template, srcset by the browser
    return any(
        each.name.endswith(("src", "srcset")) and each.value.strip() for each in tag.attributes
    )


def _removal(doc: Document, span: Span, what: str) -> Fix | None:
    text, number = doc.source.text, doc.lines.position(span.start).line
    line = doc.lines.line_span(number)
    before, after = (
        text[max(span.start - 1, line.start) : span.start],
        text[span.end : line.end][:3],
    )
    if before in ("[", ">") and after.lower().startswith(("]", "</a")):
        return None  # all that a link shows: without it nobody could click
    if keeps_html(doc, span):
        return None
    alone = line.covers(span) and span.covers(doc.lines.filled(number))
    return Fix(f"remove {what}", (Edit(line if alone else span, ""),))
