"""Work on many notes, spread over processes if there is enough of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Bytes of notes that a process is worth starting for: about a tenth of a second of parsing.
ENOUGH = 500_000
# A process takes its share of the remaining notes in this many chunks. They shrink towards the end,
# so that no process waits long for another.
_CHUNKS = 3
_MIN_CHUNK, _MAX_CHUNK = 30_000, 1_000_000  # bytes of notes in a chunk


def processes(jobs: int, sizes: Sequence[int]) -> int:
    """The number of processes for notes of these *sizes*: at most *jobs*, or one per processor.

    *jobs* is 0 for the latter.
    """
    allowed = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs
    return max(1, min(allowed or os.cpu_count() or 1, sum(sizes) // ENOUGH, len(sizes)))


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    sizes: Sequence[int],
    jobs: int,
) -> Iterator[Result]:
    """``map(work, items)`` over as many processes as the *sizes* of the items in bytes justify.

    Results come in the order of *items*. *work* and its results must be picklable.
    """
    number = processes(jobs, sizes)
    if number == 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A forked child has all imported modules; a spawned one, where fork is unsafe, imports again.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    done = 0
    with (
        _isolated(),
        ProcessPoolExecutor(number, context, initializer=_end_with_parent) as pool,
        suppress(BrokenProcessPool),
    ):
        chunks = [items[start:stop] for start, stop in _chunks(sizes, number)]
        for results in pool.map(partial(_on_all, work), chunks):
            yield from results
            done += len(results)
    # The work of a process that was killed, perhaps because memory ran out, is done here.
    yield from map(work, items[done:])


@contextmanager
def _isolated() -> Iterator[None]:
    """Make Python start processes that import nothing from the current folder.

    A spawned child imports from the current folder until it receives the parent's `sys.path`.
    """
    from multiprocessing import util

    name = "_args_from_interpreter_flags"
    flags: Callable[[], list[str]] = getattr(util, name)
    setattr(util, name, lambda: ["-I", *flags()])
    try:
        yield
    finally:
        setattr(util, name, flags)


def _on_all(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [*map(work, items)]


def _chunks(sizes: Sequence[int], number: int) -> Iterator[tuple[int, int]]:
    """The start and end of each chunk of notes of these *sizes*, for *number* processes."""
    left, start, taken = sum(sizes), 0, 0
    for stop, size in enumerate(sizes, 1):
        taken += size
        enough = max(_MIN_CHUNK, min(_MAX_CHUNK, left // (number * _CHUNKS)))
        if taken >= enough or stop == len(sizes):
            yield start, stop
            left, start, taken = left - taken, stop, 0


def _end_with_parent() -> None:
    """End this process as soon as its parent is killed, instead of waiting for work."""
    from multiprocessing import parent_process
    from threading import Thread

    parent = parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def size_of(file: str) -> int:
    """The size of *file* in bytes; 0 if unknown."""
    try:
        return os.stat(file).st_size
    except OSError:
        return 0
