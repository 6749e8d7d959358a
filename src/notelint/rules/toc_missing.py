from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notelint.rules.base import Document, Finding, rule
from notelint.text.startup import lazy_regex
from notelint.toc.entries import number_of
from notelint.toc.markers import find_blocks, marker_problems, skipped
from notelint.toc.options import TocOptions

# What site generators, wikis and editors replace by a table of contents.
_PLACE = lazy_regex(
    r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|@\[toc\].*|<!--\s*toc\b.*?-->|\{:\s*toc.*?\}"
    r"|\{\{.{0,3}\btoc\b.*?\}\}|\*[ \t]*TOC)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Options:
    """``min_headings``: a note with fewer headings needs no table. Raises ValueError below 1."""

    min_headings: int = 10

    def __post_init__(self) -> None:
        if self.min_headings < 1:
            raise ValueError("min-headings must be 1 or more")


@rule(options=Options)
def toc_missing(doc: Document, options: Options) -> Iterator[Finding]:
    """A long note without a table of contents.

    Why: nobody sees what is in it without reading all of it. `notelint toc` adds one. A
    list of links to the note's own headings, written by hand, is one too.

    Option `min-headings` (10): a note with fewer headings needs no table.

    Bad:

    ```markdown
    # 1
    ## 2
    ## 3
    ## 4
    ## 5
    ## 6
    ## 7
    ## 8
    ## 9
    ## 10
    ```

    Good:

    ```markdown
    - [Papers](#papers)
    - [Datasets](#datasets)

    ## Papers

    ## Datasets
    ```
    """
    if len(doc.headings) < options.min_headings or skipped(doc):
        return
    listed = number_of(doc, None, TocOptions())
    if listed < options.min_headings:
        return
    if not (find_blocks(doc) or marker_problems(doc) or _has_its_own(doc)):
        first = next(each for each in doc.headings if each.raw.strip())
        yield Finding(first.span, f"{listed} headings and no table of contents")


def _has_its_own(doc: Document) -> bool:
    """Whether there is a table that someone wrote, or a place where a program puts one."""
    if _PLACE.search(doc.source.text):
        return True
    own = {
        link.destination
        for link in doc.links
        if link.destination.startswith("#") and link.item >= 0 and not link.image
    }
    return len(own) >= 3
