"""What earlier runs found out, kept in a file so that it need not be found out again.

A row belongs to one note and holds for one content of it. The answer of the rules across files
holds as long as what they asked of the tree and of other notes would be answered in the same way;
the questions are kept beside it. Nothing here is trusted further than that: a row that cannot be
read, or a file that is no database, is as good as none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from notelint.workspace.observe import digest, observe

VERSION = 1  # of the tables
KEEP = 8  # databases in a folder: one for each set of rules and options that is in use

# A file may be written again within the same tick of its file system's clock. What was written
# less than this long (in ns) before it was read is compared by content (git calls it "racy").
_TICK = 2_000_000_000
_TREES = "trees"  # the id of a row that only says: a rule looks at whole trees
_TABLES = """
CREATE TABLE IF NOT EXISTS note (
  path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, anchors TEXT, links TEXT, facts TEXT, seen TEXT,
  findings TEXT, needs TEXT, tree TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tree (id TEXT PRIMARY KEY, looked TEXT) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """What is kept of a note; ``digest`` is of its bytes, ``anchors`` and ``links`` of these.

    ``findings`` are all that is to be reported of it. They hold while each of ``needs`` has the
    digest given (see :class:`~notelint.workspace.workspace.Workspace`), and what was seen of the
    tree, kept under the name ``tree``, is still to be seen.
    """

    path: str
    stamp: str
    digest: str
    anchors: str
    links: str
    findings: str
    needs: str
    tree: str


class Full(NamedTuple):
    """A row with the facts and the rest of what was kept."""

    row: Row
    facts: str
    seen: str


class Memory:
    """The rows for the workspace at *root*, in the database at *file*."""

    def __init__(self, root: Path, file: Path) -> None:
        self._root = root
        self._file = file
        self._base = sqlite3.connect(file, timeout=2.0, isolation_level=None)
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(_TABLES)
        self._rows: dict[str, Row] | None = None
        self._trees: dict[str, bool] = {}
        self._stamped: list[tuple[str, str]] = []
        self._unchanged: dict[str, Row | None] = {}

    @classmethod
    def open(cls, root: Path, folder: Path, key: str) -> Memory | None:
        """The memory for runs that are alike in *key*; None where none can be had."""
        name = digest(f"{VERSION} {key} {root}".encode("utf-8", "surrogateescape"))
        file = folder / f"notes-{name}.sqlite"
        for _ in range(2):
            try:
                return cls(root, file)
            except sqlite3.DatabaseError:  # damaged, or something else altogether
                with suppress(OSError):
                    file.unlink()
        return None

    @property
    def rows(self) -> dict[str, Row]:
        """All rows by path, without their facts."""
        if self._rows is None:
            self._rows = {}
            with suppress(sqlite3.Error):
                found = self._base.execute(
                    "SELECT path, stamp, digest, anchors, links, findings, needs, tree FROM note"
                )
                self._rows = {row[0]: Row(*row) for row in found}
        return self._rows

    def unchanged(self, path: str) -> Row | None:
        """The row of the note at *path* if the note has the bytes that the row is about."""
        if path not in self._unchanged:
            self._unchanged[path] = self._compared(path)
        return self._unchanged[path]

    def _compared(self, path: str) -> Row | None:
        row = self.rows.get(path)
        if row is None:
            return None
        try:
            status = os.stat(f"{self._root}/{path}")
            stamp, read = row.stamp.rsplit(" ", 1)
            if stamp == _stamp(status) and status.st_mtime_ns + _TICK < int(read):
                return row
            now = time.time_ns()
            with open(f"{self._root}/{path}", "rb") as file:
                if digest(file.read()) != row.digest:
                    return None
        except (OSError, ValueError):
            return None
        self._stamped.append((f"{_stamp(status)} {now}", path))
        return row

    def still_so(self, tree: str) -> bool:
        """Whether all that is kept under the name *tree* is still to be seen."""
        if tree not in self._trees:
            self._trees[tree] = self._compare(tree)
        return self._trees[tree]

    def _compare(self, tree: str) -> bool:
        try:
            found = self._base.execute("SELECT looked FROM tree WHERE id = ?", (tree,)).fetchone()
            looked = json.loads(found[0]) if found else None
            return looked is not None and all(
                observe(self._root, kind, path) == seen for kind, path, seen in looked
            )
        except (sqlite3.Error, ValueError, TypeError):
            return False

    def full(self, path: str) -> Full | None:
        """The whole row of the note at *path*."""
        row = self.rows.get(path)
        with suppress(sqlite3.Error):
            rest = self._base.execute("SELECT facts, seen FROM note WHERE path = ?", (path,))
            found = rest.fetchone()
            return Full(row, *found) if row and found else None
        return None

    @property
    def looks_at_trees(self) -> bool:
        """Whether a rule is on whose findings depend on more than notes and what they ask."""
        with suppress(sqlite3.Error):
            found = self._base.execute("SELECT 1 FROM tree WHERE id = ?", (_TREES,))
            return found.fetchone() is not None
        return False

    def keep(
        self,
        rows: Iterable[Full],
        looked: list[tuple[str, str, str]],
        tree: str,
        *,
        looks_at_trees: bool,
    ) -> None:
        """Keep *rows* from now on, and under the name *tree* what was *looked* at."""
        with suppress(sqlite3.Error):
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("UPDATE note SET stamp = ? WHERE path = ?", self._stamped)
            self._base.executemany(
                "INSERT OR REPLACE INTO note (path, stamp, digest, anchors, links, findings, needs,"
                " tree, facts, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*each.row, each.facts, each.seen) for each in rows],
            )
            self._base.execute(
                "INSERT OR REPLACE INTO tree VALUES (?, ?)", (tree, json.dumps(sorted(looked)))
            )
            self._base.execute("DELETE FROM tree WHERE id NOT IN (SELECT DISTINCT tree FROM note)")
            if looks_at_trees:
                self._base.execute("INSERT OR REPLACE INTO tree VALUES (?, '[]')", (_TREES,))
            self._base.execute("COMMIT")

    def forget(self, paths: Iterable[str]) -> None:
        """Drop the rows of notes that are no more."""
        with suppress(sqlite3.Error):
            self._base.executemany("DELETE FROM note WHERE path = ?", [(each,) for each in paths])

    def close(self) -> None:
        """Let go of the file, and of the oldest ones beside it."""
        if self._stamped:
            with suppress(sqlite3.Error):
                self._base.executemany("UPDATE note SET stamp = ? WHERE path = ?", self._stamped)
        self._base.close()
        for file in _oldest(self._file.parent):
            with suppress(OSError):
                file.unlink()


def stamp_of(file: Path, read: int) -> str:
    """What tells, without reading it, that *file* is as it was at the time *read*, in ns."""
    return f"{_stamp(os.stat(file))} {read}"


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _oldest(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        files = sorted(folder.glob("notes-*.sqlite"), key=lambda file: -file.stat().st_mtime_ns)
        yield from files[KEEP:]
