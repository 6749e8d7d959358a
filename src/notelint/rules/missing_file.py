from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import same_name
from notelint.rules.shared.missing_files import missing_files
from notelint.workspace.facts import FileFacts
from notelint.workspace.workspace import Workspace


@rule(effect=Readdresses(same_name))
def missing_file(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file does not exist.

    Why: the reader gets a "page not found" or a broken picture. The message names the closest
    path that is there. An address that a site generator resolves, or that leaves the repository,
    is not judged, a URL with a slip in it is told by `unrendered-link`, and one into this
    repository by `own-url`.

    Ten links of a note or more into one folder that does not exist are one finding.

    Fix (unsafe): the path of the file, where exactly one of that name exists, and its name is long
    or its folder is nearly the same: one more or less, or renamed.

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
