from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import FileFacts, Finding, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import same_fragment
from notelint.rules.shared.missing_files import missing_files


def _allowed(before: str, after: str) -> bool:
    """Whether a destination in the tree may become another: of the same place in any file."""
    return "://" not in before + after and same_fragment(before, after)


@rule(effect=Readdresses(_allowed))
def missing_file(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file does not exist.

    Why: the reader gets a "page not found" or a broken picture. The message names the closest path
    that is there. An address that a site generator or a bundler resolves, or that leaves the
    repository, is not judged, nor one by which Obsidian finds a file of its vault, nor `../issues`
    in a template of issues or pull requests. A URL with a slip in it is reported by
    `unrendered-link`, and one into this repository by `own-url`.

    Ten or more links of a note into one missing folder are reported as one problem.

    Fix (unsafe): use the new path of a file that has moved since the last commit, according to git.
    Else use the path of the only file with that name, if the name is long or its path is the
    same but for one folder that was added, removed or renamed.

    Bad:

    ```markdown
    [guide](no-such-folder/guide.md)
    ```

    Good:

    ```markdown
    [page](https://example.org/guide.md), [here](#here), [template]({{ page.url }})

    ## Here

    More.
    ```
    """
    yield from missing_files(facts, workspace, own=False)
