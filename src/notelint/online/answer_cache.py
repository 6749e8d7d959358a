"""Answers kept between runs, in one SQLite file.

A cache is a convenience: whatever is wrong with it, the run goes on without. A file that is
damaged, or from another version, is thrown away. Runs may share it; what one cannot write because
another is writing is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from notelint.cache.database import connect, is_held
from notelint.cache.folder import remove
from notelint.online.results import PERMANENT, REDIRECT, Answer, Failure
from notelint.workspace.snapshot import check_sum

_HOUR = 3600.0
_DAY = 24 * _HOUR
_BATCH = 100  # answers written at once; a write for each would cost more than the request
_PATIENCE = 5.0  # seconds to wait for another run's write


def lifetime(answer: Answer) -> float:
    """For how many seconds *answer* is worth keeping; 0 for not at all."""
    if answer.failure is not None:
        kept = (Failure.NO_HOST, Failure.TLS, Failure.TIMEOUT, Failure.UNREACHABLE)
        return _HOUR if answer.failure in kept else 0.0
    if answer.ok or answer.code in PERMANENT:
        return 7 * _DAY
    if answer.code in REDIRECT:
        return _DAY
    if answer.code in (404, 410):
        return 6 * _HOUR
    return 0.0 if answer.code == 429 else _HOUR


def cache_key(url: str, headers: Mapping[str, str], *context: object) -> str:
    """The name of an answer: by address, the headers sent for its site, and what else decides.

    A digest, so that the file tells neither tokens nor the addresses that were asked.
    """
    named = json.dumps([url, sorted(headers.items()), [str(each) for each in context]])
    return hashlib.sha256(named.encode()).hexdigest()


class AnswerCache:
    """Answers by key (:func:`cache_key`). Used by one thread. Never raises for a broken file."""

    def __init__(self, path: Path, secret: bytes = b"") -> None:
        self._path = path
        self._secret = secret
        self._new: dict[str, tuple[float, str]] = {}
        self._database = self._open()
        self._change("DELETE FROM answers WHERE expires <= ?", [(time.time(),)])

    def get(self, key: str, now: float | None = None) -> Answer | None:
        """The answer kept under *key*, unless it is too old at *now* (seconds since the epoch)."""
        if self._database is None:
            return None
        now = time.time() if now is None else now
        try:
            with closing(self._database.execute(_GET, (key, now))) as rows:
                row = rows.fetchone()
            if row and row[2] == self._sum(key, *row[:2]):
                return Answer.from_json(row[1])
        except sqlite3.Error as error:
            self._failed(error)
        except (ValueError, TypeError, AttributeError, KeyError):
            pass  # not what this version writes
        return None

    def put(self, key: str, answer: Answer, now: float | None = None) -> None:
        """Keep *answer* under *key* for its :func:`lifetime` from *now*."""
        if self._database is None or not (seconds := lifetime(answer)):
            return
        expires = (time.time() if now is None else now) + seconds
        self._new[key] = (expires, answer.to_json())
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what is not yet written."""
        self._write()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        rows = [(key, *value, self._sum(key, *value)) for key, value in self._new.items()]
        self._new.clear()
        self._change(_PUT, rows)

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._database is None:
            return
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(statement, rows)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            self._failed(error)

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return connect(os.fspath(self._path), [_TABLE], _PATIENCE)

    def _failed(self, error: sqlite3.Error) -> None:
        if self._database is None:
            return
        if is_held(error):
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            return
        self._database.close()
        self._database = None
        remove(os.fspath(self._path))

    def _sum(self, key: str, expires: float, answer: str) -> int:
        return check_sum([key, repr(expires), answer], self._secret)


# A table with other columns is one of another version, and the file thrown away.
_TABLE = (
    "CREATE TABLE answers (key TEXT PRIMARY KEY, expires REAL, answer TEXT, sum INTEGER)"
    " WITHOUT ROWID"
)
_GET = "SELECT expires, answer, sum FROM answers WHERE key = ? AND expires > ?"
_PUT = "INSERT OR REPLACE INTO answers (key, expires, answer, sum) VALUES (?, ?, ?, ?)"
