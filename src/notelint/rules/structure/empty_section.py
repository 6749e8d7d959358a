from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding
from notelint.markdown.document import Document
from notelint.rules.base import NoOptions, rule


@rule(severity="warning")
def empty_section(doc: Document, options: NoOptions) -> Iterator[Finding]:
    """A heading with nothing under it, not even a subheading.

    Why: the reader follows the table of contents to a place where nothing is. Reference
    definitions are nothing to a reader; a comment may stand for what a program puts there.

    Bad:

    ```markdown
    # Inference

    # Analysis

    Pythia
    ```

    Good:

    ```markdown
    # Models

    ## LLaMA

    Open weights.
    ```
    """
    for heading in doc.empty_sections:
        if heading.raw.strip():
            yield Finding(heading.span, "section is empty")
