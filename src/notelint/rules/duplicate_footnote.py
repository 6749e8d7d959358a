from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.footnotes import FootnoteDefinition
from notelint.rules.base import Document, Finding, Related, rule


@rule()
def duplicate_footnote(doc: Document) -> Iterator[Finding]:
    """A footnote whose label another one has.

    Why: the first one counts, and the reader never sees the second: GitHub drops it. Labels are
    compared without case.

    Bad:

    ```markdown
    The model[^size] is small[^size].

    [^size]: 130 billion parameters.
    [^size]: As of 2022.
    ```

    Good:

    ```markdown
    The model[^size] is small[^year].

    [^size]: 130 billion parameters.
    [^year]: As of 2022.
    ```
    """
    firsts: dict[str, FootnoteDefinition] = {}
    for each in doc.footnotes.definitions:
        first = firsts.setdefault(each.key, each)
        if first is not each:
            yield Finding(
                each.span,
                f"`[^{doc.slice(each.label)}]` is defined already; this note is not shown",
                related=(Related(first.span, "first defined here"),),
            )
