"""Work on many notes over processes, where there is enough of it to pay."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# A process is worth starting for this many bytes of notes: about a tenth of a second of parsing.
ENOUGH = 500_000
# Bytes of notes that a process takes at once: a part of what would be its share of all that is
# left, so that towards the end no process waits long for another.
_PART = 3
_LEAST, _MOST = 30_000, 1_000_000


def processes(jobs: int, sizes: Sequence[int]) -> int:
    """How many processes to use for notes of these *sizes* when *jobs* are allowed, 0 for all."""
    allowed = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs
    return max(1, min(allowed or os.cpu_count() or 1, sum(sizes) // ENOUGH, len(sizes)))


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    sizes: Sequence[int],
    jobs: int,
) -> Iterator[Result]:
    """``map(work, items)`` over as many processes as pay for the *sizes* in bytes of the items.

    Results come in the order of *items*. *work* and what it returns must be fit to be pickled.
    """
    number = processes(jobs, sizes)
    if number == 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A child of fork has all that we imported; without a safe fork, it imports it again.
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
    # A process that was killed, perhaps because memory ran out, costs only time.
    yield from map(work, items[done:])


@contextmanager
def _isolated() -> Iterator[None]:
    """Have Python start processes so that they import nothing from the current folder.

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
    """From where to where each chunk of notes of these *sizes* goes, for *number* processes."""
    left, start, taken = sum(sizes), 0, 0
    for stop, size in enumerate(sizes, 1):
        taken += size
        if taken >= max(_LEAST, min(_MOST, left // (number * _PART))) or stop == len(sizes):
            yield start, stop
            left, start, taken = left - taken, stop, 0


def _end_with_parent() -> None:
    """Have this process end as soon as the one that started it is killed, and not wait for work."""
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
