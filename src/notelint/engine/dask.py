"""Analysis of notes on the machines of a running Dask cluster.

Bytes are sent and analyses come back: the machines need notelint, but not the files.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

from notelint.cache.entry import Analysis
from notelint.config.errors import ConfigError
from notelint.engine.analyze import Result, analyze_bytes, read_stamped
from notelint.engine.linter import RulesFor
from notelint.engine.note_path import NotePath
from notelint.engine.packages import PACKAGES
from notelint.engine.run import Executor as Analyzer
from notelint.text.startup import NamedTuple
from notelint.workspace.read_note import FileProblem

SCHEME = "dask://"
_ANSWER_TIME = 5  # seconds for a scheduler to answer
_POLL_TIME = 5  # seconds between checks whether the cluster still has threads
_RESULT_TIME = 60  # seconds to wait for a result: the cluster may be busy with other work
_BATCH_BYTES = 250_000  # of notes in a task: enough to be worth sending
_BATCH_NOTES = 200  # in a task: many small notes take time, too
_TASKS_PER_THREAD = 4  # submitted at once


Task = Future["list[Analysis | str]"]
Outcome = TypeVar("Outcome")


class _Input(NamedTuple):
    """A note that was read, and the stamp of its file."""

    note: NotePath
    data: bytes
    stamp: str


class _Batch(NamedTuple):
    """Notes, and the task that analyzes them; None if the cluster cannot be reached."""

    notes: list[_Input]
    task: Task | None


@contextmanager
def cluster(address: str, tell: Callable[[str], None]) -> Iterator[Analyzer | None]:
    """An executor for the cluster whose scheduler is at *address*, ``dask://host:port``.

    Notes that the cluster loses are analyzed locally. If it stops answering, *tell* gets a message
    and the rest is analyzed locally; yields None if it never answers. Raises :class:`ConfigError`
    if there is no scheduler, or one with another version of notelint.
    """
    try:
        connect: Any = import_module("distributed").Client
    except ImportError:
        from notelint.config.extras import not_installed

        raise not_installed("Dask", "dask") from None
    with _silence():
        place = "tcp://" + address.removeprefix(SCHEME)
        try:
            client = _within(
                2 * _ANSWER_TIME,
                partial(connect, place, timeout=_ANSWER_TIME, set_as_default=False),
            )
        except NoAnswer as limit:
            tell(f"--executor {address}: {limit}; the notes are checked here")
            yield None
            return
        except Exception:  # another program there may answer anything
            raise ConfigError(f"--executor {address}: no scheduler answers there") from None
        try:
            yield _Cluster(address, client, tell).analyze
        finally:
            with suppress(Exception):
                _within(_ANSWER_TIME, client.close)


class NoAnswer(Exception):
    """A call that took too long."""


def _within(seconds: float, call: Callable[[], Outcome]) -> Outcome:
    """The result of *call*. Raises :class:`NoAnswer` if it takes more than *seconds*.

    Dask has limits of its own, but none for a connection that stays silent.
    """
    outcome: Future[Outcome] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    if not wait([outcome], seconds).done:
        raise NoAnswer(f"no answer for {seconds:g} s")
    return outcome.result()


@contextmanager
def _silence() -> Iterator[None]:
    """Silence Dask's log of lost connections: notelint recovers from them."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


class _Cluster:
    def __init__(self, address: str, client: Any, tell: Callable[[str], None]) -> None:
        self._address = address
        self._client = client
        self._tell = tell
        self._executor: Executor = client.get_executor(pure=False)
        self._gone = False

    def analyze(
        self, rules_for: RulesFor, notes: Sequence[NotePath]
    ) -> Iterator[tuple[NotePath, Result]]:
        """The results of *notes*, in any order."""
        waiting: deque[_Batch] = deque()
        failed: list[tuple[NotePath, str]] = []
        for batch in _batches(notes, failed):
            waiting.append(_Batch(batch, self._submit(rules_for, batch)))
            if len(waiting) > _TASKS_PER_THREAD * max(self._threads(), 1):
                yield from self._take(rules_for, waiting.popleft())
        while waiting:
            yield from self._take(rules_for, waiting.popleft())
        yield from failed

    def _submit(self, rules_for: RulesFor, batch: Sequence[_Input]) -> Task | None:
        notes = [(each.note, each.data) for each in batch]
        if self._gone:
            return None
        try:
            return self._executor.submit(analyze_there, versions(), rules_for, notes)
        except Exception:  # the connection is closed
            self._gone = True
            return None

    def _take(self, rules_for: RulesFor, batch: _Batch) -> Iterator[tuple[NotePath, Result]]:
        results = self._result(batch.task) if batch.task else None
        for note, data, stamp in batch.notes:
            found = results.popleft() if results else None
            if found is None:
                found = analyze_bytes(rules_for, note, data)
            yield note, found if isinstance(found, str) else found._replace(stamp=stamp)

    def _result(self, task: Task) -> deque[Analysis | str] | None:
        """The result of *task*; None if it is lost. Raises :class:`ConfigError`."""
        end = monotonic() + _RESULT_TIME
        while not wait([task], 0 if self._gone else min(_POLL_TIME, _RESULT_TIME)).done:
            if self._gone:
                return None
            if monotonic() >= end:
                self._give_up(f"nothing came back for {_RESULT_TIME:g} s")
            self._gone = self._gone or not self._threads()
        try:
            return deque(task.result())
        except (OtherVersion, ImportError) as error:
            raise ConfigError(f"--executor {self._address}: {error}") from None
        except Exception:  # machines were lost repeatedly, or all of them are lost
            return None

    def _threads(self) -> int:
        """The number of threads that the cluster has now; 0 if it is gone."""
        if not self._gone:
            try:
                return sum(_within(_ANSWER_TIME, self._client.nthreads).values())
            except NoAnswer as limit:
                self._give_up(str(limit))
            except Exception:
                return 0
        return 0

    def _give_up(self, reason: str) -> None:
        self._gone = True
        self._tell(f"--executor {self._address}: {reason}; the other notes are checked here")


class OtherVersion(Exception):
    """A machine with other versions of the packages, which could come to other findings."""


def analyze_there(
    wanted: dict[str, str],
    rules_for: RulesFor,
    notes: Sequence[tuple[NotePath, bytes]],
) -> list[Analysis | str]:
    """The analyses of the bytes of *notes*; runs on a machine of the cluster.

    Raises :class:`OtherVersion` if the versions there are not the *wanted* ones.
    """
    for name, here in versions().items():
        if here != wanted.get(name):
            raise OtherVersion(f"a worker has {name} {here}, not {wanted.get(name)}")
    found = [analyze_bytes(rules_for, note, data) for note, data in notes]
    return [each if isinstance(each, str) else each._replace(text=None) for each in found]


@cache
def versions() -> dict[str, str]:
    """The versions, on this machine, of the packages that findings depend on."""
    return {name: version(name) for _, name in PACKAGES}


def _batches(
    notes: Sequence[NotePath], failed: list[tuple[NotePath, str]]
) -> Iterator[list[_Input]]:
    """*notes*, read, in batches; those that cannot be read are added to *failed*."""
    batch: list[_Input] = []
    size = 0
    for note in notes:
        try:
            data, stamp = read_stamped(note)
        except FileProblem as problem:
            failed.append((note, str(problem)))
            continue
        batch.append(_Input(note, data, stamp))
        size += len(data)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_NOTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
