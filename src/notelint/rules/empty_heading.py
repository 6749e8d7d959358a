from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, rule


@rule()
def empty_heading(doc: Document) -> Iterator[Finding]:
    """A heading without text.

    Why: the reader sees a gap or a line under nothing, and the outline has an entry without a name.
    A line break is not text; a picture is. The headings of a template, a note with that word in its
    path, are there to be filled in.

    Bad:

    ```markdown
    ##

    Some text.
    ```

    Good:

    ```markdown
    ## ![Logo](logo.svg)

    Some text.
    ```
    """
    for heading in doc.headings:
        if not heading.html and not heading.shows:
            yield Finding(heading.span, "heading has no text")
