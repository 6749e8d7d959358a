from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.rules.base import rule
from notelint.text.startup import lazy_regex

# What an example is about, not a page.
_ANY = lazy_regex(
    r"(?:click |read )?(?:here|this|this (?:link|page)|(?:a )?link(?: text)?|text|more|foo|bar"
    r"|example)|(?:点击|點擊)?(?:这里|這裡|此处|此處)|链接|連結",
    re.IGNORECASE,
)
_LABEL = lazy_regex(
    r"[\s>|*_+\-\d.)]*(?:(?:bad|good|better|wrong|right|avoid|do|don['’]t|do not|not|never|instead"
    r" of|incorrect|correct|before|after|example|for example|e\.g\.)(?![\w-])"
    r"|[❌✅✗✘✔✖👎👍🚫]|错误|正确|反例|正例|例如|不要)",
    re.IGNORECASE,
)
_QUOTES = ('""', "“”", "„“", "«»", "「」", "『』")

_SLOTS = 3  # as many empty places are a form
_ALONE = lazy_regex(r"[\s>*+\-\d.)]*(?:\[[ xX]\])?")

_TO_TOP = lazy_regex(r"\btop\b|\bup\b|\bback\b|[\u2191\u2b06\u25b2]|顶|返回|目录|上", re.IGNORECASE)


@rule()
def empty_link(doc: Document) -> Iterator[Finding]:
    """A link that leads nowhere, or that nobody can see.

    Why: `[text]()` and `[text](#)` look like links and do nothing; of `[](url)` the reader sees
    nothing at all.

    A link inside quotation marks is an example of one, and so is a `here` in a quote, or in a line
    that begins with a word such as "Avoid". A line or an item of `[]()` and nothing else, three
    times or more in a note, is a place that a form keeps for a link. The links of a template or a
    style guide, notes with these words in their path, are not judged, nor are those of a
    `_sidebar.md` or `_navbar.md`, where an empty destination is the first page of a docsify site.

    Bad:

    ```markdown
    [paper]() and [code](#), [](https://example.org/data)
    ```

    Good:

    ```markdown
    [paper](paper.md), [top](#top), list[int](), [![badge](b.svg)](https://example.org)
    ```
    """
    is_form = sum(_is_slot(doc, each) for each in doc.links) >= _SLOTS
    for link in doc.links:
        if is_form and _is_slot(doc, link):
            continue
        if link.image or link.kind not in ("inline", "html"):
            continue
        if link.destination in ("", "#") and link.kind == "inline" and _is_example(doc, link):
            continue
        if not link.destination:
            if not _is_call(doc, link) and not _is_anchor(doc, link):
                yield Finding(link.span, "link has no destination")
        elif link.kind == "inline" and link.destination == "#" and not _TO_TOP.search(link.text):
            yield Finding(link.span, "link leads nowhere but to the top")
        elif link.kind == "inline" and not link.shows:
            yield Finding(link.span, "link has no text")


def _is_slot(doc: Document, link: Link) -> bool:
    """Whether it is `[]()` and the whole of its line or item."""
    if link.image or link.kind != "inline" or link.destination or link.shows:
        return False
    line = doc.lines.line_around(link.span.start)
    before = doc.source.text[line.start : link.span.start]
    after = doc.source.text[link.span.end : line.end]
    return not after.strip() and _ALONE.fullmatch(before.rstrip()) is not None


def _is_call(doc: Document, link: Link) -> bool:
    """Whether it is code that was not marked as code, such as `list[int]()`."""
    before = doc.source.text[max(link.span.start - 1, 0) : link.span.start]
    return link.kind == "inline" and (before.isalnum() or before in ("_", "]"))


def _is_anchor(doc: Document, link: Link) -> bool:
    """Whether it only carries attributes, as `[](){#name}` does for some site generators."""
    return not link.text and doc.source.text.startswith(("{#", "{ #", "{:", "{."), link.span.end)


def _is_example(doc: Document, link: Link) -> bool:
    """Whether it shows what a link looks like."""
    line = doc.lines.line_around(link.span.start)
    before = doc.source.text[line.start : link.span.start]
    after = doc.source.text[link.span.end : line.end]
    if any(_opens(before, *pair) and pair[1] in after for pair in _QUOTES):
        return True
    said = before.lstrip(" \t").startswith(">") or _LABEL.match(before)
    return bool(said) and _ANY.fullmatch(link.text.strip()) is not None


def _opens(before: str, opening: str, closing: str) -> bool:
    """Whether a quotation is open where *before* ends."""
    if opening == closing:
        return before.count(opening) % 2 == 1
    return before.rfind(opening) > before.rfind(closing)
