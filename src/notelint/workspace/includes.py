"""Placeholders and directives by which other text is inserted into the page of a note."""

from __future__ import annotations

import re
from bisect import bisect_left

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from notelint.markdown.document import Document

# A line that begins with a placeholder, or is an include of MkDocs, VitePress, DocFX, mkdocstrings.
# The pattern starts with the line end before, so that the search is fast.
_LINE = lazy_regex(
    r"\n[ \t]*(?:(?P<placed>\{[{%!].*|<%.*%>[ \t\r]*$|\$\{[^{}\n]*\}[ \t\r]*$)"
    r"|-+8<-+|<!--[ \t]*(?:[@#]include\b|include:)|\[!include\b|:::[ \t]+(?:\w+\.\w|mkdocs-)"
    r"|import\s.*\.mdx?['\"])",
    re.MULTILINE | re.IGNORECASE,
)
_PLACEHOLDER = lazy_regex(r"\{[{%!]([^{}\n]*)[}%!]\}")
_OPEN = lazy_regex(r"\{[{%]([^{}\n]*)$")  # a placeholder that ends on another line
_WORD = lazy_regex(r"\w")
# Placeholders that insert no heading from elsewhere: media, the starts and ends of blocks.
_NO_HEADING = lazy_regex(
    r"[^\w/]*(?:/|end|raw\b|hint|tabs?\b|code|embed|figure|image|img|youtube|vimeo|video|gist|tweet"
    r"|toc\b|highlight|math|set\b|assign|capture|if\b|el(?:se|if|sif)\b|unless|(?:rel)?ref\b"
    r"|comment|asset|post_link|icon|badge|button|step|columns?\b|cards?\b|content-ref)",
    re.IGNORECASE,
)


def includes(doc: Document) -> bool:
    """Whether the page of *doc* may have more headings than *doc*, so that its anchors are unknown.

    That is true if a line is only a placeholder or another include, or if a heading has one.
    """
    return (
        any("{{" in each.raw and "`" not in each.raw for each in doc.headings)
        or any(code.info.startswith("{include}") for code in doc.codes)
        or any(_inserts_text(match) for match in _in_text(doc))
    )


def _in_text(doc: Document) -> Iterator[re.Match[str]]:
    """The matches that are neither in code nor in a longer comment."""
    found = [*_LINE.finditer(f"\n{doc.source.text}")]  # so a match starts where its line does
    if not found:
        return
    lines = [code.lines for code in doc.codes] + ([doc.front_matter] if doc.front_matter else [])
    spans = [doc.lines.line_span(*each) for each in lines]
    spans = sorted(spans + [comment.span for comment in doc.comments])
    for match in found:
        end = match.end() - 1
        at = bisect_left(spans, (end, 0)) - 1
        if (
            at < 0
            or spans[at].end < end
            # the include is itself this comment
            or (match[0].lstrip().startswith("<!--") and spans[at].start >= match.start())
        ):
            yield match


def _inserts_text(match: re.Match[str]) -> bool:
    line = match["placed"]
    if line is None or not line.startswith("{"):
        return True
    found: list[str] = []
    for _ in range(2):  # placeholders may be nested
        found += _PLACEHOLDER.findall(line)
        line = _PLACEHOLDER.sub("", line)
    found += _OPEN.findall(line)
    if _WORD.search(_OPEN.sub("", line)):
        return False  # text, in which the placeholder is a word
    return any(_WORD.search(each) and not _NO_HEADING.match(each) for each in found)
