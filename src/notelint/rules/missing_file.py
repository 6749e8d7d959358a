from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import LocalTarget, local_targets, same_name, written
from notelint.rules.shared.mangled import meant
from notelint.text.edits import Edit, Fix
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.facts import FileFacts
from notelint.workspace.workspace import Workspace

_HOST = lazy_regex(
    r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|ai|edu|gov|me|co|app|info|xyz)(?:/|$)"
)


@rule(effect=Readdresses(same_name))
def missing_file(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file does not exist.

    Why: the reader gets a "page not found" or a broken picture. The message names the closest
    path that is there. An address that a site generator resolves, or that leaves the repository,
    is not judged, and a URL with a slip in it is told by `unrendered-link`.

    Fix (unsafe): the path of the file, where exactly one of that name exists.

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
    suggester = Suggester()
    for link, target in local_targets(facts, workspace):
        if target.exists or target.other_case or meant(link.destination):
            continue
        what = "image" if link.image else "file"
        message = f"{what} `{target.path}` does not exist{_hint(target, facts, suggester)}"
        yield Finding(link.target, message, _fix(target, workspace))


def _hint(target: LocalTarget, facts: FileFacts, suggester: Suggester) -> str:
    if _HOST.match(target.link.destination) and not target.link.image:
        return did_you_mean(f"https://{target.link.destination}")
    near = target.workspace.tree.closest(target.path, suggester)
    return did_you_mean(written(near, facts.path)) if near else ""


def _fix(target: LocalTarget, workspace: Workspace) -> Fix | None:
    found = workspace.tree.by_name.get(target.name.casefold(), [])
    if len(found) != 1:
        return None
    path = target.rewritten(target.way_to(found[0]))
    return Fix(f"link `{found[0]}`", (Edit(target.link.target, path),), safe=False)
