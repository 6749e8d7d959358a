from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Link
from notelint.rules.base import rule
from notelint.text.startup import lazy_regex

_TO_TOP = lazy_regex(r"\btop\b|\bup\b|\bback\b|[\u2191\u2b06\u25b2]|顶|返回|目录|上", re.IGNORECASE)


@rule()
def empty_link(doc: Document) -> Iterator[Finding]:
    """A link that leads nowhere, or that nobody can see.

    Why: `[text]()` and `[text](#)` look like links and do nothing; of `[](url)` the reader sees
    nothing at all.

    Bad:

    ```markdown
    [paper]() and [code](#), [](https://example.org/data)
    ```

    Good:

    ```markdown
    [paper](paper.md), [top](#top), list[int](), [![badge](b.svg)](https://example.org)
    ```
    """
    for link in doc.links:
        if link.image or link.kind not in ("inline", "html"):
            continue
        if not link.destination:
            if not _is_call(doc, link) and not _is_anchor(doc, link):
                yield Finding(link.span, "link has no destination")
        elif link.kind == "inline" and link.destination == "#" and not _TO_TOP.search(link.text):
            yield Finding(link.span, "link leads nowhere but to the top")
        elif link.kind == "inline" and not link.shows:
            yield Finding(link.span, "link has no text")


def _is_call(doc: Document, link: Link) -> bool:
    """Whether it is code that was not marked as code, such as `list[int]()`."""
    before = doc.source.text[max(link.span.start - 1, 0) : link.span.start]
    return link.kind == "inline" and (before.isalnum() or before in ("_", "]"))


def _is_anchor(doc: Document, link: Link) -> bool:
    """Whether it only carries attributes, as `[](){#name}` does for some site generators."""
    return not link.text and doc.source.text.startswith(("{#", "{ #", "{:", "{."), link.span.end)
