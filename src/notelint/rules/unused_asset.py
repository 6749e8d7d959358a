from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Workspace, rule
from notelint.workspace.assets import unused_images


@rule()
def unused_asset(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """An image that no note shows.

    Why: it was left behind when a note was rewritten, and everybody who clones the repository
    gets it. An image counts as used, too, when any text file of the tree names it: a stylesheet,
    a configuration, a program. It is reported at line 1 of the image itself.

    In these examples there is an image `loss.png` beside the note.

    Bad:

    ```markdown
    The loss falls quickly.
    ```

    Good:

    ```markdown
    ![The loss falls quickly.](loss.png)
    ```
    """
    for path in unused_images(workspace):
        yield path, "no note shows this image"
