from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import ReplacesIndex
from notelint.rules.shared.index_candidates import Shares, belongs, has_readers
from notelint.workspace.reachable_notes import ReachableNotes

BOOK = "SUMMARY.md"
_MOST = 20  # notes named in a message


@rule(effect=ReplacesIndex())
def index_stale(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """An index block that differs from the notes below it.

    Why: readers do not find a note that the index lacks, and an entry without a note leads nowhere.

    The block stands between `<!-- index:start -->` and `<!-- index:end -->`. It lists the notes
    below the folder of its note, nested by folder; `notelint toc --index` makes one. Drafts,
    templates, changelogs, licenses and the like, and hidden folders are left out.

    Fix (safe): add what is missing and remove what is gone. Texts, order and nesting stay as they
    are. A new entry is called by the title in the front matter, or by the first heading. If the
    list is sorted, the entry goes to its place: by a number (`order`, `weight`, `nav_order`,
    `sidebar_position`) or a `date` in the front matter, else by name. Otherwise it goes to the end.

    There is no fix if anything but a list of links to notes stands between the markers, since
    somebody wrote it; the message names it and its line, so that you can move it out of the block.
    Nor is there one for an entry whose note is gone and that has words beside its link: remove it
    by hand. A second block in a note is reported, and left as it is.

    A `SUMMARY.md` that lists the chapters of a book (mdBook, GitBook) is checked, too: a note
    beside it that it does not list, and no chapter links to, is not in the book. It is reported
    only if four fifths of the notes are listed, and has no fix. An entry whose file is gone is
    reported by `missing-file`.

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

    Good:

    ```markdown
    <!-- index:start -->

    * [Bilingual](before.md), read it first

    <!-- index:end -->
    ```
    """
    block = facts.profile.listing
    if posixpath.basename(facts.path) == BOOK:
        if unlisted := _missing_in_book(facts, workspace):
            message = f"not in the book, as they are not listed here: {_names(unlisted)}"
            yield Finding(facts.profile.span, message, key=" ".join(unlisted))
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
    if not found.missing and not found.gone:
        return
    folder = posixpath.dirname(facts.path)
    missing = [posixpath.relpath(each, folder or ".") for each in found.missing]
    parts = [("missing", missing), ("gone", found.gone)]
    summary = "; ".join(f"{what}: {_names(names)}" for what, names in parts if names)
    fault = f"index differs from the notes below `{folder or '.'}`"
    text = "" if found.blocked_by else found.text()
    if found.blocked_by:
        yield Finding(block.span, f"{fault} ({summary}), but {found.blocked_by}")
        return
    fix = Fix("update the index", (Edit(block.inner, text),))
    yield Finding(block.span, f"{fault}; {summary}", fix)


def _missing_in_book(facts: FileFacts, workspace: Workspace) -> list[str]:
    """The notes beside the `SUMMARY.md` of *facts* that no chapter leads to, sorted.

    They are relative to its folder. None where fewer than four fifths of the notes are listed.
    """
    folder = posixpath.dirname(facts.path)
    notes = [each for each in workspace.compared_below(folder) if belongs(each)]
    reached = ReachableNotes(workspace, folder, indexes=(facts.path,)).find_all()
    shares, missing = Shares(notes, reached), []
    for note in notes:
        if note not in reached and shares.stands_out(note, folder):
            found = workspace.all_of(note)
            if found and has_readers(found):
                missing.append(posixpath.relpath(note, folder or "."))
    return sorted(missing)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{each}`" for each in names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} and {len(names) - _MOST} more"
