from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from notelint.markdown.elements import Heading
from notelint.rules.base import Document, Finding, rule
from notelint.rules.shared.group_headings import Groups
from notelint.rules.shared.small_print import small_print
from notelint.rules.shared.unwritten_sections import UnwrittenSections
from notelint.text.startup import lazy_regex

# The place in a changelog for what comes next.
_NEXT = lazy_regex(r"\W*(?:unreleased|upcoming|next|未发布|待发布)\b", re.IGNORECASE)
_NOTHING = lazy_regex(
    r"\b(?:cancell?ed|cancell?ation|postponed|skipped|skipping|no (?:meeting|agenda|notes)|tb[ad]"
    r"|wip|coming soon|work in progress|under construction)\b|取消|待补充|待更新|待完善|未完待续"
    r"|準備中|작성 중|준비 중",
    re.IGNORECASE,
)
_TAB = "](#tab/"  # of DocFX: a heading that is the name of one

_WORDS, _CHARACTERS = 7, 10  # that a heading has at least which is a sentence
_CLAUSES = 12  # words of one with a comma in it
_BEHIND = lazy_regex(r"(?<![^\w.!?。！？])[^\w.!?。！？]+$")  # a bracket, a quote, emoji


@rule()
def empty_section(doc: Document) -> Iterator[Finding]:
    """A heading with nothing under it, not even a subheading.

    Why: the reader follows the table of contents to an empty place. Reference definitions do not
    count as content; a comment does, as a program may insert something there.

    Not reported are:

    - a heading with tabs of DocFX under it
    - a heading that is a link or contains an image, that has no letter or digit, that is a whole
      sentence, or that says that nothing follows, such as "No meeting"
    - a last heading of level 5 or 6 that skips levels: it is read as small print
    - the title: the first heading of level 1 before another one, or the first heading of a note
      where the next one is on a level above
    - a heading that groups the sections after it on its own level: only these are numbered from 1,
      or they begin with the same words, with those of the heading, or share a recurring label
    - anything in a changelog, or in a template: a note with that word in its path
    - sections that the author has not written yet: two or more in a row that are all empty, a note
      of nothing but headings, a last section such as "Others" or "References"
    - a heading with the next one in the line below it, on its level or above: the two, as in two
      languages, have one text

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
    if empty and _TAB in doc.source.text:
        tabbed = {each.span for each, below in pairwise(doc.headings) if _TAB in below.raw}
        empty = [each for each in empty if each.span not in tabbed]
    if not empty:
        return
    titles = [each for each in doc.headings if each.level == 1 and not each.nested]
    title = titles[0] if len(titles) > 1 else _title(doc.headings)
    groups = Groups(doc.headings)
    none = (title, small_print(doc))
    lacking = [each for each in empty if each not in none and not groups.heads(each)]
    unwritten = UnwrittenSections(doc, lacking)
    for heading in lacking:
        if not unwritten.is_intended(heading):
            yield Finding(heading.span, f"section `{heading.text.strip()}` is empty")


def _title(headings: Sequence[Heading]) -> Heading | None:
    """The first heading, if the second shows that it is one in small print."""
    if len(headings) > 1 and headings[0].level > headings[1].level:
        return headings[0]
    return None


def _says_it(heading: Heading) -> bool:
    """Whether a heading is an entry of its own, or says why nothing comes."""
    first, last = heading.lines
    return (
        heading.has_component
        or any(node.kind not in ("code", "html", "footnote") for node in heading.nodes)
        or not any(map(str.isalnum, heading.text))
        or _is_sentence(heading.text.strip())
        or _NEXT.match(heading.text) is not None
        or _NOTHING.search(heading.text) is not None
        or last > first + 1  # several lines above dashes were meant as something else
    )


def _is_sentence(text: str) -> bool:
    text = _BEHIND.sub("", text)
    if ", " in text and len(text.split()) >= _CLAUSES and text[-1:] != "?":
        return True
    if text.endswith((".", "!")):
        return len(text.split()) >= _WORDS
    return text.endswith(("。", "！")) and len(text) >= _CHARACTERS
