from __future__ import annotations

import posixpath
from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import LocalTarget, local_targets, same_name, written
from notelint.rules.shared.mangled import meant
from notelint.rules.shared.moved_files import may_be_moved
from notelint.text.edits import Edit, Fix
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.facts import FileFacts
from notelint.workspace.urls import from_note
from notelint.workspace.workspace import Workspace

_HOST = lazy_regex(
    r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|ai|edu|gov|me|co|app|info|xyz)(?:/|$)"
)


@rule(effect=Readdresses(same_name))
def missing_file(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file does not exist.

    Why: the reader gets a "page not found" or a broken picture. The message names the closest path
    that is there. An address that a site generator resolves, or that leaves the repository, is not
    judged. A URL with a slip in it is reported by `unrendered-link`.

    Ten or more links of a note into one missing folder are reported as one problem.

    Fix (unsafe): use the path of the only file with that name, if the name is long or its folder is
    nearly the same: one more or less, or renamed.

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
    folders: dict[str, str] = {}
    for link, target in local_targets(facts, workspace):
        if target.exists or target.other_case or meant(link.destination):
            continue
        what = "image" if link.image else "file"
        message = f"{what} `{target.shown}` does not exist{_hint(target, facts, suggester)}"
        folder = target.missing_folder
        if folder and folder not in folders:
            folders[folder] = _many(folder, facts, workspace, suggester)
        many = folders[folder] if folder else None
        yield Finding(link.target, message, _fix(target), many=many)


def _many(folder: str, facts: FileFacts, workspace: Workspace, suggester: Suggester) -> str:
    above, name = posixpath.split(folder)
    close = suggester.closest(name, workspace.tree.names(above), 3, 0.8)
    paths = (posixpath.join(above, each) for each in close)
    near = next(filter(workspace.tree.is_folder, paths), None)
    hint = did_you_mean(written(near, facts.path) + "/") if near else ""
    return f"links lead into `{from_note(folder, facts.path)}/`, which does not exist{hint}"


def _hint(target: LocalTarget, facts: FileFacts, suggester: Suggester) -> str:
    if target.is_anchor_of(facts):
        return did_you_mean(f"#{target.link.destination}")
    if _HOST.match(target.link.destination) and not target.link.image:
        return did_you_mean(f"https://{target.link.destination}")
    near = target.workspace.tree.closest(target.path, suggester)
    return did_you_mean(written(near, facts.path)) if near else ""


def _fix(target: LocalTarget) -> Fix | None:
    tree = target.workspace.tree
    found = tree.called(target.name)
    if len(found) != 1 or not may_be_moved(target.path, found[0], tree):
        return None
    path = target.rewritten(target.way_to(found[0]))
    return Fix(f"link `{found[0]}`", (Edit(target.link.target, path),), safe=False)
