from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Document, Finding, Fix, rule
from notelint.rules.effects import ReplacesToc
from notelint.text.startup import lazy_regex
from notelint.toc.markers import find_blocks, skipped
from notelint.toc.options import TocOptions

_NAMED = lazy_regex(r"\{:? ?#[^{}]+\}$")  # the anchor that a heading has on a site


@rule(options=TocOptions, effect=ReplacesToc())
def toc_stale(doc: Document, options: TocOptions) -> Iterator[Finding]:
    """A table of contents that differs from the headings.

    Why: its entries lead nowhere, and what was added since is missing from it. The entries, where
    they lead, their order and their nesting are compared; the title, bullets and blank lines are
    not. A list is compared in the levels that it has: it may leave out the title, or end at some
    level. A note with headings such as `## Install {#install}` belongs to a site that makes other
    anchors, and is not judged.

    Fix (safe): regenerate the list; the title, the markers, levels, bullets or numbers stay. There
    is no fix, and `notelint toc` changes nothing either, if anything but a title of one line and a
    list of links into the note stands between the markers, such as a section or a word beside an
    entry: a person wrote it. The message names it and its line, so that you can move it out of the
    block.

    Bad:

    ```markdown
    <!-- toc -->

    - [Setup](#setup)

    <!-- tocstop -->

    ## Install

    Run it.
    ```

    Fixed:

    ```markdown
    <!-- toc -->

    - [Install](#install)

    <!-- tocstop -->

    ## Install

    Run it.
    ```

    Good:

    ```markdown
    <!-- toc -->

    * [Install](#install)

    <!-- tocstop -->

    ## Install

    Run it.
    ```
    """
    block = next(iter(find_blocks(doc)), None)
    if block is None or skipped(doc):
        return
    if any(_NAMED.search(each.text.rstrip()) for each in doc.headings):
        return  # the entries of a site lead to that
    from notelint.toc.compare import message, stale
    from notelint.toc.render import plan

    options, difference = stale(doc, block, options)
    if not difference:
        return
    edit, blocked_by = plan(doc, options)
    fix = Fix("regenerate the table of contents", (edit,)) if edit else None
    yield Finding(block.span, message(difference, blocked_by), fix)
