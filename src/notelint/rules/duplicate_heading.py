from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding, Related
from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.rules.base import rule
from notelint.rules.shared.folds import Folds


@rule()
def duplicate_heading(doc: Document) -> Iterator[Finding]:
    """Two headings with the same text under the same parent.

    Why: the second is reached by `#text-1` only, which changes as soon as a section moves; mostly
    the two sections should be one. The same text under different parents is fine, and in two
    `<details>`; so are labels that end in a colon, as of those who speak in turn.

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
    siblings: dict[int, dict[tuple[int, str], Heading]] = {}
    folds = Folds(doc)
    for heading in doc.headings:
        text = heading.text.strip()
        if heading.nested or heading.html or not text or text[-1] in ":：":
            continue
        siblings = {level: seen for level, seen in siblings.items() if level <= heading.level}
        seen = siblings.setdefault(heading.level, {})
        shown = heading.raw.strip() if heading.has_component else text
        key = folds.at(heading.span.start), shown
        first = seen.setdefault(key, heading)
        if first is not heading:
            related = (Related(first.span, "first here"),)
            yield Finding(heading.span, "heading repeats one beside it", related=related)
