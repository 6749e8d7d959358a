"""What git says of a folder, and the work tree that the folder is in.

All calls of git are made here. A repository may be a stranger's, down to the files in ``.git``:
git runs nothing that these name, asks nobody over the network, and takes no other repository for
the one that was found by its ``.git``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache

from notelint.workspace.git_metadata import metadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    Answer = Callable[[], bytes | None]
    Listing = Callable[[], list[str] | None]

# Where the caller's own configuration is; all else of the kind is for the git that called us, as
# the index of a commit that is being made.
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_SET = {
    "GIT_ALLOW_PROTOCOL": "none",  # an object that is missing is not fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "safe.bareRepository": "explicit",
}
# What matters to commands that look into files.
_CONTENT = {"core.quotePath": "true", "log.showSignature": "false", "submodule.recurse": "false"}
# Commands that read no note: no driver that a configuration names has anything to do.
_PLAIN = frozenset(
    {"ls-files", "check-attr", "config", "rev-parse", "merge-base", "symbolic-ref", "rev-list"}
)
_COMPARES = ("--no-ext-diff", "--no-textconv", "--ignore-submodules", "-O/dev/null")
_SAFER = {"diff": _COMPARES, "log": _COMPARES, "show": _COMPARES, "blame": ("--no-textconv",)}
# Settings that name a program for the files that some attribute is given to.
_DRIVER = (
    r"filter\..*\.(?:clean|smudge|process|required)|diff\..+\.(?:command|textconv|x?funcname)"
    r"|hook\..+\.\w+"
)


@cache
def repository_root(folder: str) -> str | None:
    """The top of the git work tree that the absolute *folder* is in, found without calling git."""
    if os.path.exists(f"{folder}{os.sep}.git"):
        return folder
    above = os.path.dirname(folder)
    return None if above == folder else repository_root(above)


def clear_cache() -> None:
    """Find repositories anew from now on."""
    repository_root.cache_clear()


def installed() -> bool:
    """Whether there is a git to call."""
    return _program() is not None


def git(folder: str, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints when *given* this; None without git or repository, or where it fails.

    Paths are seen from the top of the repository that *folder* is in.
    """
    return start(folder, *arguments, given=given)()


def start(folder: str, *arguments: str, given: bytes = b"") -> Answer:
    """Have git begin; what waits for it and gives, once, what :func:`git` would."""
    top, program = _top(os.path.realpath(folder)), _program()
    if top is None or program is None:
        return _nothing
    settings = dict(_SETTINGS)
    if arguments[0] not in _PLAIN:
        drivers = _drivers(program, top)
        if drivers is None:
            return _nothing
        settings |= _CONTENT | drivers
    call = _call(program, top, settings, arguments)
    if given or not hasattr(os, "posix_spawn"):
        return lambda: _run(call, top, given)
    return _spawn(call, top)


def listing(folder: str, *how: str) -> Listing:
    """Have ``git ls-files`` begin; what waits for it and gives the paths, as seen from *folder*."""
    below = path_from_top(folder)
    within = (f":({_MAGIC}){below}",) if below else ()
    answer = start(folder, "ls-files", "-z", *how, "--", *within)

    def names() -> list[str] | None:
        if (listed := answer()) is None:
            return None
        found = dict.fromkeys(os.fsdecode(listed).split("\0"))
        return [name for each in found if (name := each[len(below) :])]

    return names


# The name of a folder may be given in another case than git knows it by.
_MAGIC = "literal,icase" if sys.platform in ("darwin", "win32") else "literal"


def path_from_top(folder: str) -> str:
    """The path of *folder* from the top of its repository, with ``/`` at its end; ``""`` there."""
    real = os.path.realpath(folder)
    root = repository_root(real)
    if root is None or root == real:
        return ""
    return os.path.relpath(real, root).replace(os.sep, "/") + "/"


def _top(folder: str) -> str | None:
    """The top of the repository that the real *folder* is in, if git takes no other for it."""
    root = repository_root(folder)
    return root if root is not None and metadata(root) else None


def _program() -> str | None:
    """Git, in a folder that ``PATH`` names in full: else a tree could bring its own."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        file = os.path.join(folder, name)
        if os.access(file, os.X_OK) and os.path.isabs(folder) and os.path.isfile(file):
            return file
    return None


def _call(
    program: str, top: str, settings: dict[str, str], arguments: tuple[str, ...]
) -> list[str]:
    command, *rest = arguments
    pairs = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    # `core.worktree` of a repository may lead anywhere
    where = ("-C", top, f"--work-tree={top}")
    return [program, "--no-pager", *where, *pairs, command, *_SAFER.get(command, ()), *rest]


def _drivers(program: str, top: str) -> dict[str, str] | None:
    """Settings that turn off the programs that a configuration names; None where that fails."""
    listed = _run(
        _call(program, top, _SETTINGS, ("config", "--list", "-z", "--name-only")), top, b""
    )
    if listed is None:
        return None
    import re

    found = {}
    for name in os.fsdecode(listed).split("\0"):
        if not re.fullmatch(_DRIVER, name):
            continue
        if "=" in name:  # `-c` would end the name there
            return None
        part, _, last = name.rpartition(".")
        found[name] = "false" if last in ("required", "enabled") else ""
        if part.startswith("hook."):
            found[f"{part}.enabled"] = "false"
    return found


def _environment(top: str) -> dict[str, str]:
    found = {
        name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name in _KEPT
    }
    above = os.path.dirname(top)
    ceiling = {} if os.pathsep in above else {"GIT_CEILING_DIRECTORIES": above}
    return {**found, **_SET, **ceiling}


def _spawn(call: list[str], top: str) -> Answer:
    # `subprocess` takes longer to load than git to answer
    reading, writing = os.pipe()
    try:
        process = os.posix_spawn(
            call[0],
            call,
            _environment(top),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, writing, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
    except (OSError, ValueError):  # git is gone, or a name that no file has
        os.close(reading)
        return _nothing
    finally:
        os.close(writing)

    def answer() -> bytes | None:
        with open(reading, "rb") as pipe:
            printed = pipe.read()
        _, status = os.waitpid(process, 0)
        return None if status else printed

    return answer


def _run(call: list[str], top: str, given: bytes) -> bytes | None:
    if not given and hasattr(os, "posix_spawn"):
        return _spawn(call, top)()
    import subprocess

    try:
        done = subprocess.run(
            call, env=_environment(top), input=given, capture_output=True, check=False
        )
    except (OSError, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None


def _nothing() -> None:
    """The answer where there is nobody to start."""
