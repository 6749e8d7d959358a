from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding, Related
from notelint.markdown.document import Document
from notelint.markdown.headings import Heading
from notelint.rules.base import NoOptions, rule


@rule(severity="warning")
def duplicate_heading(doc: Document, options: NoOptions) -> Iterator[Finding]:
    """Two headings with the same text under the same parent.

    Why: the second is reached by `#text-1` only, which changes as soon as a section moves; mostly
    the two sections should be one. The same text under different parents is fine.

    Bad:

    ```markdown
    # Tools

    ## Agents

    AutoGPT

    ## Agents

    HuggingGPT
    ```

    Good:

    ```markdown
    # 2022

    ## Papers

    FLAN

    # 2023

    ## Papers

    GLM-130B
    ```
    """
    # for each open level, the headings seen under the current parent
    siblings: dict[int, dict[str, Heading]] = {}
    for heading in doc.headings:
        if heading.nested or heading.html or not heading.text.strip():
            continue
        siblings = {level: seen for level, seen in siblings.items() if level <= heading.level}
        seen = siblings.setdefault(heading.level, {})
        first = seen.setdefault(heading.text.strip(), heading)
        if first is not heading:
            related = (Related(first.span, "first here"),)
            yield Finding(heading.span, "heading repeats one beside it", related=related)
