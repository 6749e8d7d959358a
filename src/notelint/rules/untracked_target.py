from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import FileFacts, Finding, Workspace, rule
from notelint.rules.shared.local_targets import local_targets
from notelint.workspace.tree import leads_up


@rule()
def untracked_target(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file is here, but git ignores it.

    Why: it works for the author alone. The file is not in the repository, so nobody else has it,
    and the link is broken on GitHub.

    Only in a git repository. A file that is merely not added yet is not judged, nor one that is
    tracked although a pattern ignores it.

    In this example git ignores the image `loss.png` beside the note.

    Bad:

    ```markdown
    ![The loss falls quickly.](loss.png)
    ```

    Good:

    ```markdown
    ![The loss falls quickly.](https://example.org/loss.png)
    ```
    """
    if not workspace.repository:
        return
    for link, target in local_targets(facts, workspace):
        path = workspace.page(target.path)
        if path and not leads_up(path) and workspace.is_ignored(path):
            yield Finding(link.target, f"`{target.shown}` is here, but git ignores it")
