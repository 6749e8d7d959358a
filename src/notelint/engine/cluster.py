"""Looking at notes on the machines of a Dask cluster that runs already.

Bytes go out and what was seen in them comes back: the machines need notelint, but not the notes.
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

from notelint.config.errors import ConfigError
from notelint.engine.lint import RulesFor
from notelint.engine.look import Seen
from notelint.engine.looked import Looked, Read, read, seen_in
from notelint.engine.note import Note
from notelint.engine.run import Spread
from notelint.text.named import NamedTuple

SCHEME = "dask://"
_ANSWER = 5  # seconds for a scheduler to answer
_LOOK = 5  # seconds after which we look whether anybody works on what we wait for
_PATIENCE = 60  # seconds for notes to come back: where others are busy there, too
_BATCH = 250_000  # bytes of notes a task: enough to pay for its way
_MOST = 200  # notes a task: many small ones take time, too
_AHEAD = 4  # tasks for each thread of the cluster that are under way at once

# What the findings depend on, beside the bytes and the rules.
_MATTER = ("notelint", "markdown-it-py", "mdit-py-plugins", "pyyaml")


Task = Future[list[Seen | str]]
Result = TypeVar("Result")


class _Batch(NamedTuple):
    """Notes that were read, or could not be, and what is to come of those that were."""

    found: list[Read | Looked]
    task: Task | None


@contextmanager
def spread_over(address: str, tell: Callable[[str], None]) -> Iterator[Spread | None]:
    """What looks at notes on the cluster whose scheduler is at *address*, ``dask://host:port``.

    Raises :class:`ConfigError` where there is none, or where it has another notelint than we.
    What the cluster loses is looked at here. So is all from the time on when nobody answers, of
    which *tell* is told; None if that is at once.
    """
    try:
        connect: Any = import_module("distributed").Client
    except ImportError:
        raise ConfigError(
            f"--executor {address}: Dask is not installed; pip install 'notelint[dask]'"
        ) from None
    with _silence():
        place = "tcp://" + address.removeprefix(SCHEME)
        try:
            client = _within(
                2 * _ANSWER, partial(connect, place, timeout=_ANSWER, set_as_default=False)
            )
        except NoAnswer as limit:
            tell(f"--executor {address}: {limit}; the notes are looked at here")
            yield None
            return
        except (OSError, ValueError):
            raise ConfigError(f"--executor {address}: no scheduler answers there") from None
        try:
            yield _Cluster(address, client, tell).spread
        finally:
            with suppress(Exception):
                _within(_ANSWER, client.close)


class NoAnswer(Exception):
    """Something took longer than anybody should wait."""


def _within(seconds: float, call: Callable[[], Result]) -> Result:
    """What *call* returns or raises. Raises :class:`NoAnswer` if it takes more than *seconds*.

    Dask has limits of its own, but not for a connection on which nothing comes.
    """
    outcome: Future[Result] = Future()

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
    """Without what Dask logs on lost connections: that these do no harm is our business."""
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

    def spread(self, rules_for: RulesFor, notes: Sequence[Note]) -> Iterator[Looked]:
        """What is seen in *notes*, in their order."""
        waiting: deque[_Batch] = deque()
        for found in _batches(notes):
            waiting.append(_Batch(found, self._submit(rules_for, found)))
            if len(waiting) > _AHEAD * max(self._threads(), 1):
                yield from self._take(rules_for, waiting.popleft())
        while waiting:
            yield from self._take(rules_for, waiting.popleft())

    def _submit(self, rules_for: RulesFor, found: Sequence[Read | Looked]) -> Task | None:
        given = [(each.note, each.data) for each in found if isinstance(each, Read)]
        if self._gone:
            return None
        try:
            return self._executor.submit(look_there, versions(), rules_for, given)
        except Exception:  # the way there is closed
            self._gone = True
            return None

    def _take(self, rules_for: RulesFor, batch: _Batch) -> Iterator[Looked]:
        seen = self._result(batch.task) if batch.task else None
        for each in batch.found:
            if isinstance(each, Looked):
                yield each
            else:
                there = seen.popleft() if seen else None
                yield each.looked(there or seen_in(rules_for, each.note, each.data))

    def _result(self, task: Task) -> deque[Seen | str] | None:
        """What came of *task*; None if it is lost. Raises :class:`ConfigError`."""
        end = monotonic() + _PATIENCE
        while not wait([task], 0 if self._gone else min(_LOOK, _PATIENCE)).done:
            if self._gone:
                return None
            if monotonic() >= end:
                self._give_up(f"nothing came back for {_PATIENCE:g} s")
            self._gone = self._gone or not self._threads()
        try:
            return deque(task.result())
        except (OtherVersion, ImportError) as error:
            raise ConfigError(f"--executor {self._address}: {error}") from None
        except Exception:  # machines were lost again and again, or all are
            return None

    def _threads(self) -> int:
        """How many threads the cluster has now; none if it is gone."""
        if not self._gone:
            try:
                return sum(_within(_ANSWER, self._client.nthreads).values())
            except NoAnswer as limit:
                self._give_up(str(limit))
            except Exception:
                return 0
        return 0

    def _give_up(self, reason: str) -> None:
        self._gone = True
        self._tell(f"--executor {self._address}: {reason}; the other notes are looked at here")


class OtherVersion(Exception):
    """A machine has not what we have, and could come to other findings."""


def look_there(
    wanted: dict[str, str], rules_for: RulesFor, notes: Sequence[tuple[Note, bytes]]
) -> list[Seen | str]:
    """What is seen in the bytes of each of *notes*; runs on a machine of the cluster.

    Raises :class:`OtherVersion` where the versions there are not the *wanted* ones.
    """
    for name, here in versions().items():
        if here != wanted.get(name):
            raise OtherVersion(f"a worker has {name} {here}, not {wanted.get(name)}")
    return [seen_in(rules_for, note, data) for note, data in notes]


@cache
def versions() -> dict[str, str]:
    """The versions here of all that the findings depend on."""
    return {name: version(name) for name in _MATTER}


def _batches(notes: Sequence[Note]) -> Iterator[list[Read | Looked]]:
    batch: list[Read | Looked] = []
    size = 0
    for note in notes:
        found = read(note)
        batch.append(found)
        size += len(found.data) if isinstance(found, Read) else 0
        if size >= _BATCH or len(batch) >= _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
