"""A cache of answers between runs, in one SQLite file.

Whatever is wrong with the cache, the run goes on without it. A file that is damaged, or of another
version, is removed. Runs may share it; an answer is not stored while another run writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from notelint.cache.database import connect, is_busy
from notelint.cache.folder import remove
from notelint.online.address import fault, request_url, skipped
from notelint.online.online_settings import OnlineSettings
from notelint.online.page_anchors import wanted_anchor
from notelint.online.results import PERMANENT, REDIRECT, Answer, Failure, Status
from notelint.online.verdict import Hop, outcome_of
from notelint.workspace.digests import check_sum
from notelint.workspace.urls import canonical

_HOUR = 3600.0
_DAY = 24 * _HOUR
_BATCH = 100  # answers written at once; a write for each would cost more than the request
_WAIT = 5.0  # seconds to wait for another run that writes
_HOPS = OnlineSettings().max_redirects  # as a check follows, if not configured


def lifetime(answer: Answer) -> float:
    """The time in seconds for which *answer* is cached; 0 if it is not."""
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
    """The key of an answer: a digest of the address, the headers for its site, and *context*.

    As it is a digest, the file reveals neither tokens nor addresses.
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
        """The answer stored for *key*, unless it has expired at *now* (seconds since the epoch)."""
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
            pass  # written by another version
        return None

    def put(self, key: str, answer: Answer, now: float | None = None) -> None:
        """Store *answer* for *key* for its :func:`lifetime` from *now*."""
        if self._database is None or not (seconds := lifetime(answer)):
            return
        expires = (time.time() if now is None else now) + seconds
        self._new[key] = (expires, answer.to_json())
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write the answers that are not written yet, and close the file."""
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
        return connect(os.fspath(self._path), [_TABLE], _WAIT)

    def _failed(self, error: sqlite3.Error) -> None:
        if self._database is None:
            return
        if is_busy(error):
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            return
        self._database.close()
        self._database = None
        remove(os.fspath(self._path))

    def _sum(self, key: str, expires: float, answer: str) -> int:
        return check_sum([key, repr(expires), answer], self._secret)


# A file with other columns is of another version, and is removed.
_TABLE = (
    "CREATE TABLE answers (key TEXT PRIMARY KEY, expires REAL, answer TEXT, sum INTEGER)"
    " WITHOUT ROWID"
)
_GET = "SELECT expires, answer, sum FROM answers WHERE key = ? AND expires > ?"
_PUT = "INSERT OR REPLACE INTO answers (key, expires, answer, sum) VALUES (?, ?, ?, ?)"


def known_states(urls: Iterable[str], file: str, secret: bytes) -> dict[str, Status]:
    """The states of those of *urls* that the cache in *file*, which exists, has answers for.

    Answers to requests with configured headers are not looked up. Nothing is requested.
    """
    found: dict[str, Status] = {}
    addresses: dict[str, str] = {}  # to request, by canonical form, as a check groups them
    with closing(AnswerCache(Path(file), secret)) as cache:
        for url in urls:
            page = None if skipped(url, ()) or fault(url) else canonical(request_url(url))
            if page is None:
                continue
            hops = _hops(cache, addresses.setdefault(page, request_url(url)))
            anchor = wanted_anchor(url)
            if hops and hops[-1].answer.covers([anchor] if anchor is not None else ()):
                found[url] = outcome_of(url, hops).status
    return found


def _hops(cache: AnswerCache, url: str) -> list[Hop]:
    """The redirect chain of *url*; empty where the cache does not have all of it."""
    hops: list[Hop] = []
    while len(hops) <= _HOPS:
        answer = cache.get(cache_key(url, {}, False, False))
        if answer is None:
            return []
        hops.append(Hop(url, answer))
        url = request_url(answer.location) if answer.location is not None else ""
        if not url or any(hop.url == url for hop in hops):
            break
    return hops
