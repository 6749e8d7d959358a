from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, Related, rule


@rule()
def multiple_titles(doc: Document) -> Iterator[Finding]:
    """More than one heading of level 1.

    Why: where a note has one title, a second one says that two notes were put together, or that
    a section is a level too high. Notes that use level 1 for their sections leave this rule off.

    Bad:

    ```markdown
    # Papers

    FLAN

    # Datasets

    C4
    ```

    Good:

    ```markdown
    # Notes

    > # A title in a quote
    ```
    """
    titles = [each for each in doc.headings if each.level == 1 and not each.nested]
    titles = [each for each in titles if each.raw.strip()]
    for title in titles[1:]:
        related = (Related(titles[0].span, "the first title"),)
        yield Finding(title.span, "a second title", related=related)
