from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.literal_markup import has_wiki_links
from notelint.markdown.prose import CONTAINERS, MASK, Prose
from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.rewrites import RestoresMarkup
from notelint.text.startup import lazy_regex

_MARKS = lazy_regex(r"^ {0,3}(?P<marks>#+)(?P<text>(?!vso\[)[^#\s\\][^\n]*)", re.MULTILINE)
_LONGEST = 120  # characters; no heading is a paragraph
# What a heading starts with: a letter, a digit, a quote, emphasis, or a picture among letters.
_START = lazy_regex(rf"[^\W_]|[*_(\"'“‘「『《【（]|{MASK}|[^\x00-\u218f\u3000-\u303f\uff00-\uffef]")
# A date or a version.
_DATE = lazy_regex(r"(?:19|20)\d\d([-./])\d{1,2}(?:\1\d{1,2})?|\d{1,3}(?:\.\d{1,3}){2}")
_FOREIGN = "{$\\"  # a template, maths, an escape
_HASHTAG = lazy_regex(r"#\w")


@rule(effect=RestoresMarkup())
def heading_space(doc: Document) -> Iterator[Finding]:
    """A heading that is shown as text because a space is missing: `##Heading`.

    Why: the reader sees the `##`, and the section is in no outline and no table of contents.
    `#tag`, `#123` and `#!/bin/sh` are not headings: a single `#` counts as one only at the top
    of a note that has sections and no title. If it is before a single word, that is a tag right
    above a heading, and in a note with wiki links.

    Fix (unsafe): insert the space.

    Bad:

    ```markdown
    # Papers

    ##FLAN
    ```

    Fixed:

    ```markdown
    # Papers

    ## FLAN
    ```

    Good:

    ```markdown
    # Papers

    #llm #instruction-tuning, see #123
    ```
    """
    for at, prose in enumerate(doc.prose):
        if prose.heading or "#" not in prose.content:
            continue
        titled = at == 0 and _is_title(doc)
        for match in _MARKS.finditer(prose.masked):
            marks = match["marks"]
            if not _is_heading(match, prose) or (len(marks) == 1 and not titled):
                continue
            span = prose.span(*match.span("marks"))
            if _starts_line(doc, span):
                fix = Fix("add a space", (Edit(Span(span.end, span.end), " "),), safe=False)
                yield Finding(span, f"no space after `{marks}`", fix)


def _is_heading(match: re.Match[str], prose: Prose) -> bool:
    text = match["text"].rstrip(" \t#")
    return (
        len(match["marks"]) <= 6
        and 0 < len(text) <= _LONGEST
        and prose.content[match.start("text")] not in _FOREIGN
        and _START.match(text) is not None
        and (
            any(char.isalpha() or char == MASK for char in text)
            or (len(match["marks"]) > 1 and _DATE.fullmatch(text) is not None)
        )
    )


def _is_title(doc: Document) -> bool:
    """Whether the first text of *doc* stands where its title is missing."""
    prose = doc.prose[0]
    levels = {each.level for each in doc.headings if not each.nested}
    return (
        bool(levels)
        and 1 not in levels
        and len(_HASHTAG.findall(prose.content)) == 1
        and not any(char in prose.content for char in "\n!")
        and prose.item < 0
        and not _is_tag(prose, doc)
    )


def _is_tag(prose: Prose, doc: Document) -> bool:
    """Whether a single word is a tag: right above a heading, or in a note of Obsidian."""
    if re.search(r"\s", prose.content.strip()):
        return False
    below = doc.lines.position(prose.span(0, 0).start).line + 1
    return any(each.lines[0] == below for each in doc.headings) or has_wiki_links(doc)


def _starts_line(doc: Document, span: Span) -> bool:
    """Whether nothing but the marks of lists and quotes is before *span*: no cell of a table."""
    start = doc.lines.line_around(span.start).start
    return CONTAINERS.fullmatch(doc.source.text, start, span.start) is not None
