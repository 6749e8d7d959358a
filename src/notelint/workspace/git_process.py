"""Processes of git: starting them, waiting for them, and killing those that would never end."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from notelint.workspace.read_note import FileProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    Answer = Callable[[], bytes | None]

MAX_OUTPUT_BYTES = 1024 * 1024 * 1024  # of an output
_PATIENCE = 5.0  # seconds without output until the tree is searched for a file that git waits for
_MAX_SECONDS = 600.0  # seconds that git may take: a few kilobytes can name any number of files
_PIECE = 1024 * 1024
_stuck: dict[str, str] = {}  # by the top of the tree, why git does not answer there


def spawn(
    call: list[str], environment: dict[str, str], top: str, max_bytes: int = MAX_OUTPUT_BYTES
) -> Answer:
    """Start git in the tree at *top*; return a function that waits for its output.

    The function returns None if git fails or prints more than *max_bytes* bytes. It raises
    :class:`FileProblem` if git waits for a file that never ends, or takes too long.
    """
    if top in _stuck:
        raise FileProblem(_stuck[top])
    # importing `subprocess` takes longer than git
    reading, writing = os.pipe()
    try:
        process = os.posix_spawn(
            call[0],
            call,
            environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, writing, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
    except (OSError, ValueError):  # git is gone, or a path holds a NUL
        os.close(reading)
        return no_answer
    finally:
        os.close(writing)

    def answer() -> bytes | None:
        printed = None
        try:
            printed = _printed(reading, top, max_bytes)
        finally:
            os.close(reading)
            if printed is None:
                import signal

                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
        return None if status else printed

    return answer


def run(call: list[str], environment: dict[str, str], given: bytes, top: str) -> bytes | None:
    """The output of git with *given* as its input; see :func:`spawn`."""
    if not given and hasattr(os, "posix_spawn"):
        return spawn(call, environment, top)()
    if top in _stuck:
        raise FileProblem(_stuck[top])
    import subprocess

    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(call, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
    except (OSError, ValueError):
        return None
    begun = monotonic()
    with process:
        asked: bytes | None = given
        while True:
            try:
                printed, _ = process.communicate(asked, _PATIENCE)
            except subprocess.TimeoutExpired:
                asked = None
                try:
                    _search(top)
                    _check_time(top, begun)
                except FileProblem:
                    process.kill()
                    raise
            else:
                return printed if process.returncode == 0 else None


def forget() -> None:
    """Forget in which trees git did not answer."""
    _stuck.clear()


def no_answer() -> None:
    """The answer without git, or without a repository: None."""


def _printed(reading: int, top: str, max_bytes: int) -> bytes | None:
    """The output in the pipe *reading*; None if it has more than *max_bytes* bytes."""
    from select import POLLIN, poll

    waiting = poll()
    waiting.register(reading, POLLIN)
    pieces: list[bytes] = []
    size = 0
    begun = monotonic()
    while True:
        _check_time(top, begun)
        if not waiting.poll(_PATIENCE * 1000):
            _search(top)
            continue
        piece = os.read(reading, _PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            return None


def _search(top: str) -> None:
    """Raise :class:`FileProblem` if the tree has a file that git may be waiting for."""
    from notelint.workspace.endless_files import endless_file

    if found := endless_file(top):
        shown = os.path.relpath(found)
        _stuck[top] = f"{shown}: not a regular file, and git would wait for it forever; remove it"
        raise FileProblem(_stuck[top])


def _check_time(top: str, begun: float) -> None:
    """Raise :class:`FileProblem` if git has taken too long since *begun*, a monotonic time."""
    if monotonic() - begun > _MAX_SECONDS:
        limit = f"{_MAX_SECONDS / 60:g} minutes"
        _stuck[top] = f"{os.path.relpath(top)}: git does not answer within {limit}"
        raise FileProblem(_stuck[top])
