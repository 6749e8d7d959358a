from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.rewrites import Relinks
from notelint.rules.shared.literal_links import shown
from notelint.text.edits import Edit, Fix


@rule(effect=Relinks())
def unrendered_link(doc: Document) -> Iterator[Finding]:
    """A link that is shown as text, for a slip in its form.

    Why: the reader sees brackets and an address instead of a link. Found are parentheses and
    brackets the wrong way round, full-width parentheses, a blank between the two parts, and blanks
    in the destination.

    Only an address counts: a URL, or a path with the extension of a file. `[sic] (see below)` is
    text and stays text.

    Fix (safe): the form of a link, with blanks as `%20`. Unsafe where brackets and parentheses
    that stand apart may be meant as they are; none where the destination may end at the blank.

    Bad:

    ```markdown
    Read the (paper)[https://example.org/paper.pdf], the [notes]（notes.md）, the
    [slides](my slides.pdf).
    ```

    Fixed:

    ```markdown
    Read the [paper](https://example.org/paper.pdf), the [notes](notes.md), the
    [slides](my%20slides.pdf).
    ```

    Good:

    ```markdown
    Read the [paper](https://example.org/paper.pdf) (see below), the [notes] （今天）, the
    [slides](<my slides.pdf>).
    ```
    """
    for each in shown(doc):
        fix = None
        if each.mended is not None:
            fix = Fix("make it a link", (Edit(each.part, each.mended),), safe=each.certain)
        yield Finding(each.span, f"{'image' if each.image else 'link'} is shown as text", fix)
