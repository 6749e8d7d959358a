"""A few threads that do one kind of work."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Workers(Generic[T, R]):
    """Up to *count* threads that run *work* on what is submitted, started as they are needed.

    The threads are daemons: one that hangs in a name look-up, which nothing can interrupt, does
    not keep the program from ending.
    """

    def __init__(self, count: int, work: Callable[[T], R]) -> None:
        self.count = count
        self.busy = 0
        self._work = work
        self._tasks: SimpleQueue[T | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[T, R | BaseException]] = SimpleQueue()
        self._threads: list[Thread] = []

    def submit(self, task: T) -> None:
        """Have *task* worked on."""
        self.busy += 1
        if self.busy > len(self._threads) and len(self._threads) < self.count:
            thread = Thread(target=self._run, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._tasks.put(task)

    def result(self, timeout: float) -> tuple[T, R] | None:
        """A task that is done, and its result; None when there is none within *timeout* seconds.

        Raises what the work raised.
        """
        try:
            task, result = self._results.get(timeout=timeout)
        except Empty:
            return None
        self.busy -= 1
        if isinstance(result, BaseException):
            raise result
        return task, result

    def close(self) -> None:
        """Let the threads end; does not wait for the work that is under way."""
        for _ in self._threads:
            self._tasks.put(None)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            result: R | BaseException
            try:
                result = self._work(task)
            except BaseException as error:
                result = error
            self._results.put((task, result))
