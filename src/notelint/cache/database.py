"""SQLite files that hold what runs keep: opened only if they are ours, whole and in their place."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Sequence
from contextlib import suppress

from notelint.cache.folder import beside, remove

# What sqlite3 raises for a file that is damaged; its messages, too, may hold bytes of the file.
DAMAGE = (sqlite3.DatabaseError, ValueError, MemoryError)
MAX_DATABASE_BYTES = 1024 * 1024 * 1024  # bytes of a file

_WAIT = 2.0  # seconds, for another run that writes
_DAY = 24 * 3600.0
_STEPS = 1_000_000  # of SQLite's, between two looks at how many there were


def connect(
    file: str, tables: Sequence[str], wait: float | None = None
) -> sqlite3.Connection | None:
    """The database at *file* with *tables*, as the statements that make them; None if unusable.

    What is there and is damaged, or something else, is removed.
    """
    for _ in range(2):
        try:
            if not _in_place(file):
                return None
            return _connect(file, tables, _WAIT if wait is None else wait)
        except (OSError, sqlite3.OperationalError):  # it can't be opened, or another run holds it
            return None
        except DAMAGE:
            remove(file)
    return None


def is_held(error: BaseException) -> bool:
    """Whether *error* says that the file is in use, or can't be written, and nothing worse."""
    wrong = ("decode", "interrupted")
    return isinstance(error, sqlite3.OperationalError) and not any(w in str(error) for w in wrong)


def _in_place(file: str) -> bool:
    """Have a regular file at *file*, with nothing beside it; False where something is in the way.

    A journal names files that SQLite would write and remove. We write none.
    """
    for each in beside(file):
        with suppress(FileNotFoundError):
            os.unlink(each)
    try:
        found = os.lstat(file)
    except FileNotFoundError:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return True
    if not stat.S_ISREG(found.st_mode):
        return False
    if found.st_size > MAX_DATABASE_BYTES:
        raise sqlite3.DatabaseError("too large to be ours")
    if found.st_mtime < time.time() - _DAY:
        with suppress(OSError):
            os.utime(file)  # it is in use
    return True


def _connect(file: str, tables: Sequence[str], wait: float) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        base.set_progress_handler(_Bound(os.path.getsize(file)), _STEPS)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA synchronous = OFF")
        if base.execute("PRAGMA journal_mode = MEMORY").fetchone() != ("memory",):
            raise sqlite3.DatabaseError("not written by us")
        _make_tables(base, tables)
    except DAMAGE:
        base.close()
        raise
    return base


class _Bound:
    """Stops SQLite where a file leads it in circles."""

    def __init__(self, size: int) -> None:
        self._left = 50 + size // _STEPS

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


def _make_tables(base: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Have the tables; whoever made others could let a query of ours do anything."""
    found = {row[0] for row in base.execute("SELECT sql FROM sqlite_master")}
    if not found:
        for table in tables:
            base.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    elif found != set(tables):
        raise sqlite3.DatabaseError("not a database of ours")
