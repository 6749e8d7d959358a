from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule


@rule()
def heading_skip(doc: Document) -> Iterator[Finding]:
    """A heading more than one level below the one before it.

    Why: outlines, tables of contents and screen readers show a section that has no parent. There
    is no fix: which of the two levels was meant, only the author knows.

    Bad:

    ```markdown
    # Papers

    ### 2023

    GLM-130B
    ```

    Good:

    ```markdown
    ## Papers

    ### 2023

    GLM-130B

    # Datasets

    C4
    ```
    """
    above = 0
    for heading in doc.headings:
        if heading.nested:
            continue
        if heading.html:  # may be there for its looks, or fill the gap
            above = max(above, heading.level) if above else 0
            continue
        if above and heading.level > above + 1:
            yield Finding(
                heading.span, f"heading jumps from level {above} to level {heading.level}"
            )
        above = heading.level
