from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Heading
from notelint.rules.base import rule
from notelint.rules.shared.group_headings import Groups
from notelint.rules.shared.small_print import small_print
from notelint.rules.shared.unwritten import Unwritten
from notelint.text.startup import lazy_regex

# The place in a changelog for what comes next.
_NEXT = lazy_regex(r"\W*(?:unreleased|upcoming|next|未发布|待发布)\b", re.IGNORECASE)
_NOTHING = lazy_regex(
    r"\b(?:cancell?ed|cancell?ation|postponed|skipped|skipping|no (?:meeting|agenda|notes)|tb[ad]"
    r"|wip|coming soon|work in progress|under construction)\b|取消|待补充|待更新|待完善|未完待续"
    r"|準備中|작성 중|준비 중",
    re.IGNORECASE,
)


@rule()
def empty_section(doc: Document) -> Iterator[Finding]:
    """A heading with nothing under it, not even a subheading.

    Why: the reader follows the table of contents to a place where nothing is. Reference definitions
    are nothing to a reader; a comment may stand for what a program inserts. A heading that is a
    link, or contains an image, is an entry of its own, and one that says itself that nothing
    follows, such as "No meeting", is enough. The last one, if it skips levels down to 5 or 6, is a
    line in small print.

    The first heading of level 1 before another one is the title. A heading may also stand for the
    sections after it, though they have its level: where they count from one and it does not, begin
    alike or with its words, or have a label that recurs. Neither is reported, nor is anything in a
    changelog, or in a template: a note with that word in its path.

    What its author left unwritten is not reported: two sections or more in a row that are all
    empty, a note of nothing but headings, and a last section such as "Others" or "References" that
    no table of contents lists. Nor is a heading that has the next one in the line below it, on its
    level or above: the two, as in two languages, have one text.

    Bad:

    ```markdown
    ## Inference

    ## Analysis

    Pythia
    ```

    Good:

    ```markdown
    # Models

    # LLaMA

    Open weights.

    # Training

    # 1. Data

    C4

    # 2. Scaling

    Chinchilla
    ```
    """
    empty = [each for each in doc.empty_sections if each.shows and not _says_it(each)]
    if not empty:
        return
    titles = [each for each in doc.headings if each.level == 1 and not each.nested]
    title = titles[0] if len(titles) > 1 else None
    groups = Groups(doc.headings)
    none = (title, small_print(doc))
    lacking = [each for each in empty if each not in none and not groups.heads(each)]
    unwritten = Unwritten(doc, lacking)
    for heading in lacking:
        if not unwritten.is_left_so(heading):
            yield Finding(heading.span, f"section `{heading.text.strip()}` is empty")


def _says_it(heading: Heading) -> bool:
    """Whether a heading is an entry of its own, or says why nothing comes."""
    first, last = heading.lines
    return (
        heading.has_component
        or any(node.kind not in ("code", "html", "footnote") for node in heading.nodes)
        or _NEXT.match(heading.text) is not None
        or _NOTHING.search(heading.text) is not None
        or last > first + 1  # several lines above dashes were meant as something else
    )
