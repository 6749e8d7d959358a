"""Answers kept between runs, in one SQLite file.

A cache is a convenience: whatever is wrong with it, the run goes on without. A file that is
damaged, or from another version, is thrown away. Runs may share it; what one cannot write because
another is writing is not kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from notelint.online.answer import PERMANENT, REDIRECT, Answer, Failure

_VERSION = 1  # of the table and of what Answer.to_json writes
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


class Cache:
    """Answers by key (:func:`cache_key`). Used by one thread. Never raises for a broken file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new: dict[str, tuple[float, str]] = {}
        self._database = self._open()

    def get(self, key: str, now: float | None = None) -> Answer | None:
        """The answer kept under *key*, unless it is too old at *now* (seconds since the epoch)."""
        if self._database is None:
            return None
        now = time.time() if now is None else now
        try:
            with closing(self._database.execute(_GET, (key, now))) as rows:
                row = rows.fetchone()
            return Answer.from_json(row[0]) if row else None
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
        if self._database is not None:
            self._write()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self) -> None:
        assert self._database is not None
        rows = [(key, *value) for key, value in self._new.items()]
        self._new.clear()
        try:
            with self._database:
                self._database.executemany(_PUT, rows)
        except sqlite3.Error as error:
            self._failed(error)

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            database = None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                database = sqlite3.connect(self._path, timeout=_PATIENCE)
                _prepare(database)
                return database
            except sqlite3.OperationalError:  # cannot be opened, or written, or is busy
                if database is not None:
                    database.close()
                return None
            except sqlite3.DatabaseError:
                if database is not None:
                    database.close()
                self._discard()
            except OSError:
                return None
        return None

    def _failed(self, error: sqlite3.Error) -> None:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            return
        if self._database is not None:
            self._database.close()
            self._database = None
        if not isinstance(error, sqlite3.OperationalError):
            self._discard()

    def _discard(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._path.with_name(self._path.name + "-journal").unlink(missing_ok=True)


_TABLE = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, expires REAL, answer TEXT)"
_GET = "SELECT answer FROM answers WHERE key = ? AND expires > ?"
_PUT = "INSERT OR REPLACE INTO answers (key, expires, answer) VALUES (?, ?, ?)"


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA synchronous = OFF")  # a power cut may cost the cache, and no more
    with database:
        database.execute("BEGIN IMMEDIATE")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            database.execute("DROP TABLE IF EXISTS answers")
            database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute(_TABLE)
        database.execute("DELETE FROM answers WHERE expires <= ?", (time.time(),))
