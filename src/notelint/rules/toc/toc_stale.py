from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.effects import Contents
from notelint.text.edits import Fix
from notelint.toc.markers import find_blocks, skipped
from notelint.toc.options import TocOptions

_MOST = 4  # a second block is a mistake already; each takes as long as all the headings


@rule(severity="error", options=TocOptions, effect=Contents())
def toc_stale(doc: Document, options: TocOptions) -> Iterator[Finding]:
    """A table of contents that differs from the headings.

    Why: its entries lead nowhere, and what was added since cannot be found in it. Counted are the
    entries, where they lead, their order and nesting; not the title, bullets or blank lines. A
    list that plainly stops at some level is held against the headings down to that level.

    Fix (safe): write the list anew; the title and the markers stay.

    Bad:

    ```markdown
    <!-- toc -->

    - [Setup](#setup)

    <!-- tocstop -->

    ## Install

    Run it.
    ```

    Fixed:

    ```markdown
    <!-- toc -->

    - [Install](#install)

    <!-- tocstop -->

    ## Install

    Run it.
    ```

    Good:

    ```markdown
    <!-- toc -->

    * [Install](#install)

    <!-- tocstop -->

    ## Install

    Run it.
    ```
    """
    blocks = find_blocks(doc)[:_MOST]
    if not blocks or skipped(doc):
        return
    from notelint.toc.compare import differences, meant
    from notelint.toc.layout import refresh

    if differences(doc, blocks[0], options):
        options = meant(doc, blocks[0], options)
    found = [(each, differences(doc, each, options)) for each in blocks]
    stale = [(block, difference) for block, difference in found if difference]
    edit = refresh(doc, options) if stale else None
    fix = Fix("write the table of contents anew", (edit,)) if edit else None
    for block, difference in stale:
        message = f"table of contents differs from the headings; {difference.summary()}"
        yield Finding(block.span, message, fix)
