from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, rule
from notelint.toc.markers import marker_problems


@rule()
def toc_markers(doc: Document) -> Iterator[Finding]:
    """Markers of a table of contents that do not pair up.

    Why: a tool cannot tell what to replace, so the table is never refreshed again, or something
    else is overwritten.

    Reported are a start without an end, an end without a start, and a second table. `<!-- toc -->`
    or `<!-- mdformat-toc start -->` alone, with no list below it yet, asks for a table and is
    right. Nothing between markers that do not pair up is ever changed.

    Bad:

    ```markdown
    <!-- START doctoc generated TOC please keep comment here to allow auto update -->

    - [Install](#install)

    ## Install

    Run it.
    ```

    Good:

    ```markdown
    <!-- START doctoc generated TOC please keep comment here to allow auto update -->

    - [Install](#install)

    <!-- END doctoc generated TOC please keep comment here to allow auto update -->

    ## Install

    Run it.
    ```
    """
    for span, message in marker_problems(doc):
        yield Finding(span, message)
