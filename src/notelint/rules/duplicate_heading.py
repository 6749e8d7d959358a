from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from notelint.markdown.elements import Heading
from notelint.rules.base import Document, Finding, Related, Span, rule
from notelint.rules.shared.enclosing_tags import EnclosingTags
from notelint.text.startup import lazy_regex

_LABEL = 3  # a text that recurs so often is one
_CYCLE = 8  # labels at most that come in turn

_SLIDES = lazy_regex(r"^marp:[ \t]*true\b", re.MULTILINE)
_TIME = lazy_regex(r"\d{1,2}[:：]\d{2}(?::\d{2})?(?:[ ]?[ap]\.?m\.?)?$", re.IGNORECASE)

_Key = tuple[Span | None, str]  # the fold that a heading is in, and what it shows


@rule()
def duplicate_heading(doc: Document) -> Iterator[Finding]:
    """Two headings with the same text under the same parent.

    Why: the second is reached by `#text-1` only, which changes as soon as a section moves. Usually
    the two sections should be one.

    Not reported are:

    - the same text under different parents, or in two `<details>`
    - a time of day, and a text without a letter or digit
    - a label: a heading that ends in a colon, such as the name of a speaker, that occurs three
      times or more in the note, or that alternates with others, such as `Yes`, `No`, `Yes`, `No`
    - anything in a changelog, in the slides of Marp, or in a template, a note with that word in its
      path

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
    if doc.front_matter and _SLIDES.search(doc.slice(doc.lines.line_span(*doc.front_matter))):
        return
    siblings: dict[int, list[tuple[_Key, Heading]]] = {}  # for each level, below one parent
    runs: list[list[tuple[_Key, Heading]]] = []
    folds = EnclosingTags(tag for tag in doc.tags if tag.name == "details")
    judged = [
        (heading, _shown(heading))
        for heading in doc.headings
        if not heading.nested and not heading.html
    ]
    for heading, shown in judged:
        siblings = {level: run for level, run in siblings.items() if level <= heading.level}
        if heading.level not in siblings:
            runs.append([])
        run = siblings.setdefault(heading.level, runs[-1])
        fold = folds.at(heading.span.start)
        run.append(((fold.span if fold else None, shown), heading))
    times = Counter(shown for _, shown in judged)
    for run in runs:
        yield from _repeated(doc, run, times)


def _shown(heading: Heading) -> str:
    return heading.raw.strip() if heading.has_component else heading.text.strip()


def _repeated(
    doc: Document, run: list[tuple[_Key, Heading]], times: Counter[str]
) -> Iterator[Finding]:
    """The texts that repeat in *run*, the headings of one level below one parent."""
    keys = [key for key, _ in run]
    first: dict[_Key, int] = {}
    for at, ((_, shown), heading) in enumerate(run):
        before = first.setdefault(keys[at], at)
        if before < at and not _is_label(shown, times) and not _in_turn(keys, before, at):
            span = run[before][1].span
            line = doc.lines.position(span.start).line
            message = f"`{shown}` is already used on line {line} under the same parent"
            yield Finding(heading.span, message, related=(Related(span, "first used here"),))


def _is_label(shown: str, times: Counter[str]) -> bool:
    if not any(map(str.isalnum, shown)) or shown[-1] in ":：" or times[shown] >= _LABEL:
        return True
    return _TIME.match(shown) is not None


def _in_turn(keys: list[_Key], first: int, second: int) -> bool:
    """Whether the same heading comes before both, or after both, and none is far."""
    return 1 < second - first <= _CYCLE and (
        keys[first + 1 : first + 2] == keys[second + 1 : second + 2]
        or (first > 0 and keys[first - 1] == keys[second - 1])
    )
