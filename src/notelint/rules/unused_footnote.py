from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, rule
from notelint.rules.shared.references import may_be_incomplete
from notelint.text.covered import Covered


@rule()
def unused_footnote(doc: Document) -> Iterator[Finding]:
    """A footnote that nothing refers to.

    Why: GitHub drops it, and the reader never sees it. Often the text that referred to it was
    removed, or its label is misspelt there.

    A note that includes another file, or that is nothing but definitions, is not judged, nor is a
    label that also stands in code.

    Bad:

    ```markdown
    The model is small.

    [^size]: 130 billion parameters.
    ```

    Good:

    ```markdown
    The model[^size] is small.

    [^size]: 130 billion parameters.
    ```
    """
    found = doc.footnotes
    used = {each.key for each in found.references}
    unused = [each for each in found.definitions if each.key not in used]
    if not unused or may_be_incomplete(doc) or _is_all_notes(doc):
        return
    seen: set[str] = set()
    for each in unused:
        if each.key in seen or _is_mentioned(doc, doc.slice(each.label)):
            continue
        seen.add(each.key)
        yield Finding(
            each.span, f"nothing refers to `[^{doc.slice(each.label)}]`: the note is not shown"
        )


def _is_all_notes(doc: Document) -> bool:
    """Whether all text of *doc* is in footnotes: another file includes it."""
    notes = Covered(doc.lines.line_span(*each.lines) for each in doc.footnotes.definitions)
    texts = [each.source for each in doc.prose] + [each.source for each in doc.html_blocks]
    return all(each.span(0, 1).start in notes for each in texts)


def _is_mentioned(doc: Document, label: str) -> bool:
    """Whether *label* stands anywhere but before a definition: in code or in HTML."""
    text, mark = doc.source.text, f"[^{label}]"
    return text.count(mark) > text.count(f"{mark}:") + text.count(f"\\{mark}")
