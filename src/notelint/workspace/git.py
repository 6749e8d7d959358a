"""What git says of a folder, and the work tree that the folder is in."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    Answer = Callable[[], bytes | None]


@cache
def repository_root(folder: str) -> str | None:
    """The top of the git work tree that the absolute *folder* is in, found without calling git."""
    if os.path.exists(f"{folder}{os.sep}.git"):
        return folder
    above = os.path.dirname(folder)
    return None if above == folder else repository_root(above)


def forget() -> None:
    """Find repositories anew from now on."""
    repository_root.cache_clear()


def git(folder: str, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints when *given* this; None without git or repository, or where it fails."""
    return _run(folder, arguments, given) if given else ask(folder, *arguments)()


def ask(folder: str, *arguments: str) -> Answer:
    """Have git begin; what waits for it and gives, once, what :func:`git` would."""
    if not hasattr(os, "posix_spawnp"):
        return lambda: _run(folder, arguments, b"")
    if repository_root(os.path.abspath(folder)) is None:
        return lambda: None
    # `subprocess` takes longer to load than git to answer
    reading, writing = os.pipe()
    try:
        process = os.posix_spawnp(
            "git",
            ["git", "-C", folder, *arguments],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, writing, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
    except (OSError, ValueError):  # no git, or a name that no file has
        os.close(reading)
        return lambda: None
    finally:
        os.close(writing)

    def answer() -> bytes | None:
        with open(reading, "rb") as pipe:
            printed = pipe.read()
        _, status = os.waitpid(process, 0)
        return None if status else printed

    return answer


def _run(folder: str, arguments: tuple[str, ...], given: bytes) -> bytes | None:
    if repository_root(os.path.abspath(folder)) is None:
        return None
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], input=given, capture_output=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
