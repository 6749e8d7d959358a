"""SQLite files for caches; a file is opened only if notelint made it and it is intact."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from contextlib import suppress

from notelint.cache.folder import journals, remove

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
else:
    try:  # without the adapters of dates, which load `datetime`
        import _sqlite3 as sqlite3
    except ImportError:
        import sqlite3

# Raised by sqlite3 for a damaged file. Its messages may hold bytes of the file.
DAMAGE = (sqlite3.DatabaseError, ValueError, MemoryError)
_MAX_DATABASE_BYTES = 1024 * 1024 * 1024

_WAIT = 2.0  # seconds to wait for another run that writes
_DAY = 24 * 3600.0
_STEPS = 1_000_000  # instructions of SQLite between two calls of the progress handler


def connect(
    file: str, tables: Sequence[str], wait: float | None = None
) -> sqlite3.Connection | None:
    """Open the database at *file*; None if it cannot be used.

    *tables* are the statements that create its tables. A file that is damaged, or has other tables,
    is removed and created again. *wait* is in seconds.
    """
    for _ in range(2):
        try:
            if not _ensure_file(file):
                return None
            return _connect(file, tables, _WAIT if wait is None else wait)
        except FileExistsError:  # another run has created it just now
            continue
        except (OSError, sqlite3.OperationalError):  # it cannot be opened, or another run holds it
            return None
        except DAMAGE:
            remove(file)
    return None


def is_busy(error: BaseException) -> bool:
    """Whether *error* means that the file is in use or cannot be written, but is not damaged."""
    damage = ("decode", "interrupted")
    return isinstance(error, sqlite3.OperationalError) and not any(w in str(error) for w in damage)


def _ensure_file(file: str) -> bool:
    """Make sure that *file* is a regular file without a journal; False if something is in the way.

    A journal names files that SQLite would write and remove. Notelint writes none.
    """
    for each in journals(file):
        with suppress(FileNotFoundError):
            os.unlink(each)
    try:
        found = os.lstat(file)
    except FileNotFoundError:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return True
    if not stat.S_ISREG(found.st_mode):
        return False
    if found.st_size > _MAX_DATABASE_BYTES:
        raise sqlite3.DatabaseError("too large for a cache")
    if found.st_mtime < time.time() - _DAY:
        with suppress(OSError):
            os.utime(file)  # marks it as used
    return True


def _connect(file: str, tables: Sequence[str], wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        connection.set_progress_handler(_StepLimit(os.path.getsize(file)), _STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA journal_mode = MEMORY").fetchone() != ("memory",):
            raise sqlite3.DatabaseError("not written by us")
        _make_tables(connection, tables)
    except DAMAGE:
        connection.close()
        raise
    return connection


class _StepLimit:
    """A progress handler that stops SQLite on a file that was made to keep it busy."""

    def __init__(self, size: int) -> None:
        self._left = 50 + size // _STEPS

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


def _make_tables(connection: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Create *tables* in an empty database, else check that it has these and nothing more.

    A view or a trigger could run any statement.
    """
    found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master")}
    if not found:
        connection.execute("BEGIN IMMEDIATE")  # so that no other run sees only some of the tables
        for table in tables:
            connection.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1))
        connection.execute("COMMIT")
    elif found != set(tables):
        raise sqlite3.DatabaseError("not a database of ours")
