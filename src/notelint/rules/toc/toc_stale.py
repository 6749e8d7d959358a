from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.effects import Contents
from notelint.text.edits import Fix
from notelint.toc import TocOptions, differences, find_blocks, refresh, skipped


@rule(severity="error", options=TocOptions, effect=Contents())
def toc_stale(doc: Document, options: TocOptions) -> Iterator[Finding]:
    """A table of contents that differs from the headings.

    Why: its entries lead nowhere, and what was added since cannot be found in it. Counted are the
    entries, where they lead, their order and nesting; not the title, bullets or blank lines.

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
    if skipped(doc):
        return
    for block in find_blocks(doc):
        if difference := differences(doc, block, options):
            edit = refresh(doc, options)
            fix = Fix("write the table of contents anew", (edit,)) if edit else None
            message = f"table of contents differs from the headings; {difference.summary()}"
            yield Finding(block.span, message, fix)
