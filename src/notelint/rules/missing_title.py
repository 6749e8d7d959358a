from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.rules.base import Document, Finding, Span, rule
from notelint.text.startup import lazy_regex

# A site generator makes the title of it.
_TITLE = lazy_regex(
    r"^(?:[\"']?title[\"']?[ \t]*[:=]|[ \t{]*\"title\"[ \t]*:)[ \t]*\S",
    re.MULTILINE | re.IGNORECASE,
)


@rule()
def missing_title(doc: Document) -> Iterator[Finding]:
    """No heading of level 1.

    Why: search results, tabs and links by name show the title; without one they show the name of
    the file. A `title` in the front matter is one.

    Bad:

    ```markdown
    ## Papers

    FLAN
    ```

    Good:

    ```markdown
    # Notes

    FLAN
    ```
    """
    if any(each.level == 1 and not each.nested and each.raw.strip() for each in doc.headings):
        return
    if doc.front_matter and _TITLE.search(doc.slice(doc.lines.line_span(*doc.front_matter))):
        return
    at = _first(doc)
    if at is not None:
        yield Finding(at, "no title: no heading of level 1")


def _first(doc: Document) -> Span | None:
    """The first heading, or else the first line of text; None where there is nothing to title."""
    for heading in doc.headings:
        if not heading.nested and heading.raw.strip():
            return heading.span
    if not doc.prose:
        return None
    prose = doc.prose[0]
    return prose.span(0, len(prose.content.partition("\n")[0]))
