from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import is_page
from notelint.rules.shared.path_separators import leads, separated
from notelint.text.startup import lazy_regex
from notelint.workspace.tree import leads_up
from notelint.workspace.urls import unquote

_DRIVE = lazy_regex(r"[A-Za-z]:/")


def _same_but_separators(before: str, after: str) -> bool:
    now = _without_separators(unquote(after))
    # a percent sign is written as it is, or begins an escape
    return now in (_without_separators(before), _without_separators(unquote(before)))


def _without_separators(path: str) -> str:
    return path.replace("\\", "").replace("/", "")


def _missing(path: str, note: str, workspace: Workspace) -> str:
    """What to add where *path* leads to no file, nor to what a site generator may make one of."""
    found = workspace.resolve(path, note)
    if found.kind != "local" or leads_up(found.path) or leads(path, note, workspace):
        return ""
    return "" if is_page(found.path) else f", and `{found.path}` does not exist"


@rule(effect=Readdresses(_same_but_separators))
def backslash_path(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A backslash in the path of a link or an image.

    Why: only Windows reads `\\` as a separator. In an address it is an ordinary character, or
    escapes the next one, so on GitHub the file is not found.

    A backslash before punctuation may be an escape (`a\\_b.md` is `a_b.md`). Where there is no
    other in the path, it counts only if the file is found with `/` in its place, and not without.

    The message says so if there is no file with `/`, either.

    Fix (safe): write `/`; if the path can be read in several ways, the one that leads to a file.
    There is no fix for a path with a drive, such as `C:\\notes\\a.png`, which exists on the
    author's machine only.

    Bad:

    ```markdown
    ![loss](assets\\loss.png) and <img src="assets\\lr.png">
    ```

    Fixed:

    ```markdown
    ![loss](assets/loss.png) and <img src="assets/lr.png">
    ```

    Good:

    ```markdown
    [escaped](a\\_b.md), and `assets\\x.png` in code
    ```
    """
    for link in facts.links:
        path = separated(link, facts.path, workspace)
        if path is None:
            continue
        what = "image" if link.image else "link"
        if _DRIVE.match(path):
            yield Finding(link.target, f"{what} has a path on its author's computer")
        else:
            message = f"{what} has a backslash in its path{_missing(path, facts.path, workspace)}"
            yield Finding(link.target, message, Fix("use `/`", (Edit(link.target, path),)))
