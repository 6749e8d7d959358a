from __future__ import annotations

import posixpath
from collections.abc import Iterator

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.local_targets import (
    LocalTarget,
    local_targets,
    same_fragment,
    written,
)
from notelint.rules.shared.misspelt_urls import meant
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.tree import Tree
from notelint.workspace.urls import from_note

_HOST = lazy_regex(
    r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|ai|edu|gov|me|co|app|info|xyz)(?:/|$)"
)
_LONG = 20  # letters; one of a wide script counts twice
# A word that makes a name unique: `oZkXy20K`, `20210308104545`.
_HASH = lazy_regex(
    r"(?<![^\W_])(?=[^\W_]{8})[^\W\d_]*(?:\d+[^\W\d_]+\d|(?<=[^\W\d_])\d+[^\W\d_]|\d{8})"
)


def _allowed(before: str, after: str) -> bool:
    """Whether a destination in the tree may become another: of the same place in any file."""
    return "://" not in before + after and same_fragment(before, after)


@rule(effect=Readdresses(_allowed))
def missing_file(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file does not exist.

    Why: the reader gets a "page not found" or a broken picture. The message names the closest path
    that exists.

    Not judged are a path that a site generator, a bundler or Obsidian resolves, one that leaves the
    repository, and `../issues` in a template of issues or pull requests. A URL with a slip in it is
    reported by `unrendered-link`, and one into this repository by `own-url`.

    Ten or more links of a note into one missing folder are reported as one problem.

    Fix (unsafe): use the new path of a file that has moved since the last commit, according to git.
    Otherwise use the path of the only file with that name, if the name is long, or if one folder
    that was added, removed or renamed is all that differs.

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


def missing_files(facts: FileFacts, workspace: Workspace, *, own: bool) -> Iterator[Finding]:
    """The links that lead to no file: *own* addresses of the repository, or all others."""
    suggester = Suggester()
    folders: dict[str, str] = {}
    for link, target in local_targets(facts, workspace):
        if bool(target.found.prefix) != own:
            continue
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
    page = target.workspace.page(target.path)  # of a site, which shows no files
    near = page or _moved(target) or target.workspace.tree.closest(target.path, suggester)
    return did_you_mean(target.way_to(near)) if near else ""


def _moved(target: LocalTarget) -> str | None:
    found = target.workspace.moved_to(target.path)
    return found if found and target.workspace.tree.exists(found) else None


def _fix(target: LocalTarget) -> Fix | None:
    found = _moved(target) or _only_one(target)
    if found is None:
        return None
    path = target.rewritten(target.way_to(found))
    return Fix(f"link `{found}`", (Edit(target.link.target, path),), safe=False)


def _only_one(target: LocalTarget) -> str | None:
    """The only file of the name of *target*, if it may be what is meant."""
    tree = target.workspace.tree
    found = tree.called(posixpath.basename(target.path))
    return found[0] if len(found) == 1 and _may_be_moved(target.path, found[0], tree) else None


def _may_be_moved(gone: str, found: str, tree: Tree) -> bool:
    """Whether *found*, the only file of its name, may be what *gone* means; both from the root."""
    stem = posixpath.splitext(posixpath.basename(gone))[0]
    if sum(1 if char.isascii() else 2 for char in stem) >= _LONG or _HASH.search(stem):
        return True
    before, after = gone.split("/")[:-1], found.split("/")[:-1]
    return _differ_in_one(before, after) or _renamed(before, after, tree)


def _differ_in_one(before: list[str], after: list[str]) -> bool:
    """Whether one of the folders is the other with one more, or is above it, or ends as it does."""
    shorter, longer = sorted((before, after), key=len)
    if len(longer) == len(shorter) + 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if not shorter:
        return False
    return longer[-len(shorter) :] == shorter or before[: len(after)] == after


def _renamed(before: list[str], after: list[str], tree: Tree) -> bool:
    """Whether the paths share a folder below the root, and are not those of two things in it."""
    same = len(posixpath.commonprefix([before, after]))
    alike = before[same + 1 :] and before[same + 1 :] == after[same + 1 :]
    return same > 0 and not (alike and tree.exists("/".join(before[: same + 1])))
