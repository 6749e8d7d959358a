"""Calls of git, and the work tree that contains a folder.

All calls of git are made here. A repository may be a stranger's, including the files in ``.git``:
git runs no program that they name, uses no network, and reads no repository other than the one
found by its ``.git``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from notelint.workspace.git_metadata import metadata
from notelint.workspace.git_process import MAX_OUTPUT_BYTES, forget, no_answer, run, spawn

TYPE_CHECKING = False
if TYPE_CHECKING:
    Answer = Callable[[], bytes | None]
    Listing = Callable[[], list[str] | None]

# Variables with the place of the user's own configuration. Others may be from a git that called
# notelint, such as the index of a commit in progress.
_KEPT_VARIABLES = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_SET_VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "/",  # no name of a protocol: missing objects are not fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.bigFileThreshold": "64m",  # larger files are not loaded as a whole
    "safe.bareRepository": "explicit",
}
# For commands that read the content of files.
_CONTENT = {
    "core.quotePath": "true",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",
    "submodule.recurse": "false",
}
# Commands that read no content, or read it as stored: configured drivers do not apply to them.
_PLAIN = frozenset(
    {
        *("ls-files", "check-attr", "check-ignore", "config", "rev-parse", "merge-base"),
        *("symbolic-ref", "show-ref", "rev-list", "ls-tree", "cat-file"),
    }
)
_COMPARES = ("--no-ext-diff", "--no-textconv", "--ignore-submodules", "-O/dev/null")
_SAFER = {
    **dict.fromkeys(("diff", "log", "show"), _COMPARES),
    "diff-files": ("--ignore-submodules",),
    **dict.fromkeys(("blame", "grep"), ("--no-textconv",)),
}
# Settings that name a program for files with a certain attribute.
_DRIVER = (
    r"filter\..*\.(?:clean|smudge|process|required)|diff\..+\.(?:command|textconv|x?funcname)"
    r"|hook\..+\.\w+"
)


_known_roots: dict[str, str | None] = {}


def repository_root(folder: str) -> str | None:
    """The top of the git work tree that contains the absolute *folder*, found without git."""
    passed = []
    while folder not in _known_roots:
        passed.append(folder)
        above = os.path.dirname(folder)
        if os.path.exists(f"{folder}{os.sep}.git") and not _is_linked(folder):
            _known_roots[folder] = folder
        elif above == folder:
            _known_roots[folder] = None
        else:
            folder = above
    root = _known_roots[folder]
    _known_roots.update(dict.fromkeys(passed, root))
    return root


def _is_linked(folder: str) -> bool:
    """Whether *folder* is, or is behind, a link in a repository that leads out of it.

    A stranger may have made the link. A repository that contains the user's home does not count.
    """
    real = os.path.realpath(folder)
    around = None if real == folder else repository_root(os.path.dirname(folder))
    if around is None or has_home(os.path.join(around, "")):
        return False
    return not real.startswith(os.path.join(os.path.realpath(around), ""))


def clear_cache() -> None:
    """Forget the repositories found so far."""
    _known_roots.clear()
    forget()


def installed() -> bool:
    """Whether git is installed."""
    return _program() is not None


def git(
    folder: str,
    *arguments: str,
    given: bytes = b"",
    index: str = "",
    max_bytes: int = MAX_OUTPUT_BYTES,
) -> bytes | None:
    """The output of git for *arguments*, with *given* as input; None if it fails.

    Git runs at the top of the repository of *folder*, so paths are relative to it. With *index*,
    git uses the index in that file. None also without git, outside of a repository, and for an
    output of more than *max_bytes* bytes. Raises :class:`FileProblem` if git would wait for a FIFO.
    """
    return start(folder, *arguments, given=given, index=index, max_bytes=max_bytes)()


def start(
    folder: str,
    *arguments: str,
    given: bytes = b"",
    index: str = "",
    max_bytes: int = MAX_OUTPUT_BYTES,
) -> Answer:
    """Start git; return a function, to be called once, that waits for the result of :func:`git`."""
    top = _top(os.path.realpath(folder))
    program = _program(top)
    if top is None or program is None:
        return no_answer
    settings = dict(_SETTINGS)
    if arguments[0] not in _PLAIN:
        drivers = _drivers(program, top)
        if drivers is None:
            return no_answer
        settings |= _CONTENT | drivers
    if index:
        settings["core.splitIndex"] = "false"  # the other half would be in the repository
    call, environment = _call(program, top, settings, arguments), _environment(top, index)
    if given or not hasattr(os, "posix_spawn"):
        return lambda: run(call, environment, given, top)
    return spawn(call, environment, top, max_bytes)


def base_commit(folder: str, revision: str) -> str | None:
    """The commit to compare with for *revision*: its merge base with HEAD, else its own commit.

    None if there is no such revision.
    """
    if not revision or revision.startswith("-"):
        return None
    commit = git(folder, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
    if commit is None:
        return None
    name = commit.decode().strip()
    parted = git(folder, "merge-base", name, "HEAD")
    return parted.decode().split()[0] if parted else name


def listing(folder: str, *how: str) -> Listing:
    """Start ``git ls-files``; return a function that waits for the paths, relative to *folder*."""
    below = path_from_top(folder)
    within = (f":({_MAGIC}){below}",) if below else ()
    answer = start(folder, "ls-files", "-z", *how, "--", *within)

    def names() -> list[str] | None:
        if (listed := answer()) is None:
            return None
        found = dict.fromkeys(os.fsdecode(listed).split("\0"))
        inside = filter(is_of_a_tree, found)
        return [name for each in inside if (name := each[len(below) :])]

    return names


def is_of_a_tree(path: str) -> bool:
    """Whether *path*, which git lists, is in the work tree and not one of git's own files.

    Git reads any path, such as ``../a.md``, from an index that a stranger may have made.
    """
    if os.sep != "/" and not {os.sep, ":"}.isdisjoint(path):
        return False
    hidden = "/." in f"/{path}"  # without a hidden part, none of these can occur
    return path[:1] != "/" and not (
        hidden and not {".", "..", ".git"}.isdisjoint(path.lower().split("/"))
    )


# On these systems a folder may be given in another letter case than in git.
_MAGIC = "literal,icase" if sys.platform in ("darwin", "win32") else "literal"


def path_from_top(folder: str) -> str:
    """The path of *folder* from the top of its repository, ending in ``/``; ``""`` at the top."""
    real = os.path.realpath(folder)
    root = repository_root(real)
    if root is None or root == real:
        return ""
    return os.path.relpath(real, root).replace(os.sep, "/") + "/"


def _top(folder: str) -> str | None:
    """The top of the repository of the real path *folder*, if git would find the same one."""
    root = repository_root(folder)
    return root if root is not None and metadata(root) else None


def _program(top: str | None = None) -> str | None:
    """The path of git, in an absolute folder of ``PATH``.

    With *top*, a program inside a tree does not count, as the tree may have brought it. Trees are
    the current folder, the repository at *top*, and the repositories around both.
    """
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        file = os.path.join(folder, name)
        if os.access(file, os.X_OK) and os.path.isabs(folder) and os.path.isfile(file):
            real = os.path.join(os.path.realpath(folder), "")
            if top is None or not any(real.startswith(each) for each in trees(top)):
                return file
    return None


def trees(top: str) -> Iterator[str]:
    """The real paths of the trees around *top* and the current folder, ending in a separator.

    A folder that contains the user's home does not count, except *top*.
    """
    here = os.getcwd()
    roots = [here, *_roots(here), *_roots(top)]
    yield os.path.join(top, "")
    yield from (tree for each in roots if not has_home(tree := os.path.join(each, "")))


def has_home(tree: str) -> bool:
    """Whether the folder *tree*, ending in a separator, is or contains the user's home."""
    return os.path.join(os.path.realpath(os.path.expanduser("~")), "").startswith(tree)


def _roots(folder: str) -> Iterator[str]:
    """The tops of all repositories that contain the real path *folder*."""
    root = repository_root(folder)
    while root is not None:
        yield root
        above = os.path.dirname(root)
        root = None if above == root else repository_root(above)


def _call(
    program: str, top: str, settings: dict[str, str], arguments: tuple[str, ...]
) -> list[str]:
    command, *rest = arguments
    pairs = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    # `core.worktree` of a repository may lead anywhere
    where = ("-C", top, f"--work-tree={top}")
    return [program, "--no-pager", *where, *pairs, command, *_SAFER.get(command, ()), *rest]


def _drivers(program: str, top: str) -> dict[str, str] | None:
    """Settings that turn off the programs in the configuration; None if git fails."""
    call = _call(program, top, _SETTINGS, ("config", "--list", "-z", "--name-only"))
    listed = run(call, _environment(top), b"", top)
    if listed is None:
        return None
    import re

    found = {}
    for name in os.fsdecode(listed).split("\0"):
        if not re.fullmatch(_DRIVER, name):
            continue
        if "=" in name:  # where `-c` would end the name
            return None
        part, _, last = name.rpartition(".")
        found[name] = "false" if last in ("required", "enabled") else ""
        if part.startswith("hook."):
            found[f"{part}.enabled"] = "false"
    return found


def _environment(top: str, index: str = "") -> dict[str, str]:
    found = {
        name: value
        for name, value in os.environ.items()
        if name[:4] != "GIT_" or name in _KEPT_VARIABLES
    }
    above = os.path.dirname(top)
    ceiling = {} if os.pathsep in above else {"GIT_CEILING_DIRECTORIES": above}
    return {**found, **_SET_VARIABLES, **ceiling, **({"GIT_INDEX_FILE": index} if index else {})}
