from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding, Related
from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.rules.base import rule


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
    folds = _Folds(doc)
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


class _Folds:
    """The `<details>` of a document; to be asked for ever later places."""

    def __init__(self, doc: Document) -> None:
        self._tags = [tag for tag in doc.tags if tag.name == "details"]
        self._next = 0
        self._open: list[int] = []

    def at(self, offset: int) -> int:
        """Where the innermost one open at *offset* starts, else -1."""
        while self._next < len(self._tags) and self._tags[self._next].span.start < offset:
            tag = self._tags[self._next]
            self._next += 1
            if not tag.closing:
                self._open.append(tag.span.start)
            elif self._open:
                self._open.pop()
        return self._open[-1] if self._open else -1
