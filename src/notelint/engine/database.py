"""The database file behind a memory: opened only if it is one of ours, whole and in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress

VERSION = 4  # of the tables
KEEP = 8  # databases in a folder: one for each set of rules and options that is in use

# What sqlite3 raises for a file that is damaged; its messages, too, may hold bytes of the file.
DAMAGE = (sqlite3.DatabaseError, ValueError, MemoryError)

_WAIT = 2.0  # seconds, for another run that writes
_TABLES = (
    "CREATE TABLE note (path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, anchors TEXT, links TEXT,"
    # what is long comes last: to read what stands behind it takes the way through all of it
    " findings TEXT, needs TEXT, tree TEXT, sum INTEGER, pages TEXT, pages_sum INTEGER,"
    " facts TEXT, seen TEXT, rest INTEGER) WITHOUT ROWID",
    "CREATE TABLE tree (id TEXT PRIMARY KEY, looked TEXT) WITHOUT ROWID",
)


def connect(file: str) -> sqlite3.Connection | None:
    """The database at *file*, with its tables; None where it can't be had.

    What is there and is damaged, or something else, is removed.
    """
    for _ in range(2):
        # A link may lead to a database of somebody else's.
        if any(map(os.path.islink, _parts(file))):
            return None
        try:
            return _connect(file)
        except sqlite3.OperationalError:  # it can't be opened, or another run holds it
            return None
        except DAMAGE:
            remove(file)
    return None


def _connect(file: str) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA trusted_schema = OFF")
        _make_tables(base)
    except DAMAGE:
        base.close()
        raise
    return base


def _make_tables(base: sqlite3.Connection) -> None:
    """Have the tables; whoever made others could let a query of ours do anything."""
    found = {row[0] for row in base.execute("SELECT sql FROM sqlite_master")}
    if not found:
        for table in _TABLES:
            base.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    elif found != set(_TABLES):
        raise sqlite3.DatabaseError("not a database of ours")


def remove(file: str) -> None:
    """Remove the database at *file*, as far as possible."""
    for each in _parts(file):
        with suppress(OSError):
            os.unlink(each)


def oldest(folder: str) -> Iterator[str]:
    """The databases in *folder* that are too many."""
    with suppress(OSError):
        names = (f"{folder}/{name}" for name in os.listdir(folder) if _is_ours(name))
        yield from sorted(names, key=lambda file: -os.stat(file).st_mtime_ns)[KEEP:]


def _is_ours(name: str) -> bool:
    return name.startswith("notes-") and name.endswith(".sqlite")


def _parts(file: str) -> tuple[str, ...]:
    return file, f"{file}-journal", f"{file}-wal", f"{file}-shm"
