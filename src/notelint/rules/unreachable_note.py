from __future__ import annotations

import posixpath
from collections.abc import Iterator

from notelint.rules.base import FileFacts, Finding, Workspace, rule
from notelint.rules.shared.index_candidates import Shares, belongs, has_readers, lists_itself
from notelint.workspace.reachable_notes import indexes_above, reachable_below
from notelint.workspace.tree import folders_above


@rule()
def unreachable_note(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A note that no link leads to from the index.

    Why: nobody who starts at the index ever finds it.

    Off by default: some notes are left out on purpose, and nothing in them says so.

    The index is the `README.md` or `index.md` of a folder that the note is in. Links in Markdown
    and HTML count, and so do index blocks, `SUMMARY.md`, `_sidebar.md`, the navigation of
    `mkdocs.yml`, wiki links, and a note that another one names. A link to a folder leads to the
    notes in it.

    A note is reported only if at least four fifths of the notes in its folder, and of those below
    the index, are reached. Not reported are drafts, templates, changelogs, licenses and the like,
    notes in hidden folders, generated files, and the pages of a site whose generator lists them by
    itself. For a `SUMMARY.md`, see `index-stale`.

    In these examples a `README.md` beside the note links to five others, but not to this one.

    Bad:

    ```markdown
    # Fine-tuning

    What we tried in May.
    ```

    Good:

    ```markdown
    ---
    draft: true
    ---

    # Fine-tuning

    What we tried in May.
    ```
    """
    path, tree = facts.path, workspace.tree
    if not has_readers(facts):
        return
    indexes = indexes_above(tree, path)
    if not indexes or any("SUMMARY.md" in tree.names(each) for each in folders_above(path)):
        return
    top = "" if workspace.repository else posixpath.dirname(indexes[-1])
    reach = reachable_below(workspace, top)
    if reach.reaches(path):
        return
    key = (unreachable_note.name, top)
    shares = workspace.memoize(key, lambda: _shares(workspace, top), reach.everything)
    is_exception = shares.stands_out(path, posixpath.dirname(indexes[-1]))
    if is_exception and not lists_itself(workspace, path):
        message = f"no link leads to this note from `{indexes[-1]}`; add one there"
        yield Finding(facts.profile.span, f"{message}, or in a note that is linked there")


def _shares(workspace: Workspace, top: str) -> Shares:
    return Shares(
        filter(belongs, workspace.compared_below(top)), reachable_below(workspace, top).find_all()
    )
