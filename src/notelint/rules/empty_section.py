from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.rules.base import rule
from notelint.text.startup import lazy_regex

# The place in a changelog for what comes next.
_NEXT = lazy_regex(r"\W*(?:unreleased|upcoming|next|未发布|待发布)\b", re.IGNORECASE)


@rule()
def empty_section(doc: Document) -> Iterator[Finding]:
    """A heading with nothing under it, not even a subheading.

    Why: the reader follows the table of contents to a place where nothing is. Reference
    definitions are nothing to a reader; a comment may stand for what a program puts there. A
    heading that is a link, or holds an image, is an entry of its own. The sections of a template
    for issues are there to be filled in.

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
        if heading.raw.strip() and not _is_entry(heading) and not _NEXT.match(heading.text):
            yield Finding(heading.span, "section is empty")


def _is_entry(heading: Heading) -> bool:
    return heading.has_component or any(
        node.kind not in ("code", "html", "footnote") for node in heading.nodes
    )
