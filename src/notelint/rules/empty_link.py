from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import compress

from notelint.markdown.elements import Link
from notelint.markdown.reuse import of_each
from notelint.rules.base import Document, Finding, rule
from notelint.rules.shared.spacer_images import is_spacer
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
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"))
_LONGEST = 2_000  # characters of a line in which an example is looked for
# An address that only a program knows, which may put in the title of the page, such as `info:a`.
# Not with a dot, or with a port behind the colon: that is a host.
_OF_SITE = lazy_regex(
    r"(?!https?:|ftp:|mailto:|tel:|file:|data:)[a-z][a-z\d+-]+:(?!\d+(?:[/?#]|$))", re.IGNORECASE
)
_ELIDED = "..."  # no address begins so: a mark that a program put there, or will replace
_SLOTS = 3  # as many empty places are a form
_ALONE = lazy_regex(r"[\s>*+\-\d.)]*(?:\[[ xX]\])?")

_TO_TOP = lazy_regex(r"\btop\b|\bup\b|\bback\b|[\u2191\u2b06\u25b2]|顶|返回|目录|上", re.IGNORECASE)


@rule()
def empty_link(doc: Document) -> Iterator[Finding]:
    """A link that leads nowhere, or that is invisible.

    Why: `[text]()` and `[text](#)` look like links and do nothing; of `[](url)` the reader sees
    nothing at all. Ten or more links of a note with the same fault are reported as one problem.

    Not reported are:

    - a link inside quotation marks, and a `here` in a quote or in a line that begins with a word
      such as "Avoid": it is an example
    - `[]()` as a whole line or list item, three times or more in a note: it is a form
    - `[](#title)` in a heading: it is an anchor that was copied along with it
    - anything in a template or a style guide, notes with these words in their path
    - anything in `_sidebar.md`, `_navbar.md` or `_coverpage.md`, where an empty destination is the
      first page of a docsify site, or in `SUMMARY.md`, where it is a chapter that is not written

    Bad:

    ```markdown
    [paper]() and [code](#), [](https://example.org/data)
    ```

    Good:

    ```markdown
    [paper](paper.md), [top](#top), list[int](), [![badge](b.svg)](https://example.org)
    ```
    """
    shown = doc.links[: len(doc.links) - len(doc.definitions)]
    empty = of_each(doc, "empty links", _may_be_empty, shown, of="links")
    links = [*compress(shown, empty)]
    is_form = sum(_is_slot(doc, each) for each in links) >= _SLOTS
    spacers: set[int] | None = None
    for link in links:
        if is_form and _is_slot(doc, link):
            continue
        if link.kind == "html":
            if spacers is None:
                spacers = {tag.span.start for tag in doc.tags if is_spacer(tag)}
            if link.span.end in spacers:
                continue  # there is nothing to click
        if link.destination in ("", "#") and link.kind == "inline" and _is_example(doc, link):
            continue
        if not link.destination:
            if not _is_call(doc, link) and not _is_anchor(doc, link):
                yield _finding(link, "has no destination", "have no destination")
        elif link.kind == "inline" and link.destination == "#" and not _TO_TOP.search(link.text):
            yield _finding(
                link, "leads only to the top of the page", "lead only to the top of the page"
            )
        elif link.kind == "inline" and not link.shows and not _is_of_heading(doc, link):
            if _OF_SITE.match(link.destination) or link.destination.startswith(_ELIDED):
                continue
            yield _finding(link, "has no text", "have no text")


def _may_be_empty(link: Link) -> bool:
    if link.image or link.kind not in ("inline", "html"):
        return False
    return link.destination in ("", "#") or (link.kind == "inline" and not link.shows)


def _finding(link: Link, fault: str, of_many: str) -> Finding:
    return Finding(link.span, f"link {fault}", many=f"links {of_many}")


def _is_slot(doc: Document, link: Link) -> bool:
    """Whether it is `[]()` and the whole of its line or item."""
    if link.image or link.kind != "inline" or link.destination or link.shows:
        return False
    number = doc.lines.position(link.span.start).line
    if link.span.end < doc.lines.filled(number).end:
        return False
    before = doc.source.text[doc.lines.line_span(number).start : link.span.start]
    return _ALONE.fullmatch(before.rstrip()) is not None


def _is_call(doc: Document, link: Link) -> bool:
    """Whether it is code that was not marked as code, such as `list[int]()`."""
    before = doc.source.text[max(link.span.start - 1, 0) : link.span.start]
    return link.kind == "inline" and (before.isalnum() or before in ("_", "]"))


def _is_anchor(doc: Document, link: Link) -> bool:
    """Whether it only carries attributes, as `[](){#name}` does for some site generators."""
    return not link.text and doc.source.text.startswith(("{#", "{ #", "{:", "{."), link.span.end)


def _is_of_heading(doc: Document, link: Link) -> bool:
    """Whether it stands in a heading that has a text."""
    at = bisect_right(doc.headings, link.span.start, key=lambda heading: heading.span.start) - 1
    return at >= 0 and doc.headings[at].span.covers(link.span) and bool(doc.headings[at].text)


def _is_example(doc: Document, link: Link) -> bool:
    """Whether it shows what a link looks like: in quotation marks, or in a line about examples."""
    text, (start, end) = doc.source.text, doc.lines.line_around(link.span.start)
    if end - start > _LONGEST:
        return False
    before, behind = text[start : link.span.start], text[link.span.end : end]
    for opening, closing in _QUOTES:
        if opening == closing:
            opened = before.count(opening) % 2 == 1
        else:
            opened = before.rfind(opening) > before.rfind(closing)
        if opened and closing in behind:
            return True
    if not _ANY.fullmatch(link.text.strip()):
        return False
    return before.lstrip(" \t").startswith(">") or _LABEL.match(before) is not None
