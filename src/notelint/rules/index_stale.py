from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import ReplacesIndex
from notelint.rules.shared.book import BOOK, missing_in_book

_MOST = 20  # notes named in a message


@rule(effect=ReplacesIndex())
def index_stale(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """An index block that differs from the notes below it.

    Why: readers do not find a note that the index lacks, and an entry without a note leads nowhere.
    The block stands between `<!-- index:start -->` and `<!-- index:end -->`. It lists the notes
    below the folder of its note, nested by folder; `notelint toc --index` makes one. Left out are
    drafts, templates, changelogs, licenses and other files that are known by their names, and
    hidden folders.

    Fix (safe): add what is missing and remove what is gone. Texts, order and nesting stay as they
    are. A new entry is called by the title in the front matter, or by the first heading. If the
    list is sorted, the entry goes to its place: by a number (`order`, `weight`, `nav_order`,
    `sidebar_position`) or a `date` in the front matter, else by name. Otherwise it goes to the end.

    If anything but a list of links to notes stands between the markers, somebody wrote it. Then
    nothing is changed, and the message names it and its line: move it out of the block. A second
    block in a note is reported, and left as it is.

    A `SUMMARY.md` that lists the chapters of a book (mdBook, GitBook) is checked, too: a note
    beside it that it does not list, and no chapter names, is not in the book. It is reported only
    where four fifths of the notes are listed, and has no fix. An entry whose file is gone is a
    `missing-file`.

    In these examples the note `before.md` lies beside the index.

    Bad:

    ```markdown
    # Papers

    <!-- index:start -->

    - [GLM-10B](glm-10b.md)

    <!-- index:end -->
    ```

    Fixed:

    ```markdown
    # Papers

    <!-- index:start -->

    - [before](before.md)

    <!-- index:end -->
    ```

    Bad:

    ```markdown
    <!-- index:start -->

    ## Large

    - [GLM-10B](glm-10b.md)

    <!-- index:end -->
    ```

    Good:

    ```markdown
    <!-- index:start -->

    * [Bilingual](before.md), read it first

    <!-- index:end -->
    ```
    """
    block = facts.about.listing
    if posixpath.basename(facts.path) == BOOK:
        if unlisted := missing_in_book(facts, workspace):
            message = f"not in the book, as they are not listed here: {_names(unlisted)}"
            yield Finding(facts.about.span, message, key=" ".join(unlisted))
        return
    if block is None:
        return
    if block.fault:
        yield Finding(block.span, f"index of notes {block.fault}")
        return
    if block.second:
        message = "a second index of notes; only the first is kept up to date: remove one of them"
        yield Finding(block.second, message)
    from notelint.rules.shared.index_list import IndexList

    found = IndexList(facts.path, block, workspace)
    missing, gone = found.differences
    if not missing and not gone:
        return
    folder = posixpath.dirname(facts.path)
    parts: list[tuple[str, Sequence[str]]] = [
        ("missing", [posixpath.relpath(each, folder or ".") for each in missing]),
        ("gone", gone),
    ]
    summary = "; ".join(f"{what}: {_names(names)}" for what, names in parts if names)
    fault = f"index differs from the notes below `{folder or '.'}`"
    if found.foreign:
        where = "is not part of it; move it out of the block"
        yield Finding(block.span, f"{fault} ({summary}), but holds {found.foreign} that {where}")
        return
    edit = Edit(block.inner, found.text())
    yield Finding(block.span, f"{fault}; {summary}", Fix("update the index", (edit,)))


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{each}`" for each in names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} and {len(names) - _MOST} more"
