"""What earlier runs found out, kept in a file so that it need not be found out again.

A row belongs to one note and holds for one content of it. The answer of the rules across files
holds as long as what they asked of the tree and of other notes would be answered in the same way;
the questions are kept beside it. Nothing here is trusted further than that: a row that is damaged,
and a file that is no database or has anything in it that we did not make, is as good as none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from notelint.engine import files
from notelint.engine.rows import Full, Row, stamp, tree_name
from notelint.workspace.cache_folder import remove
from notelint.workspace.database import DAMAGE, connect, is_held
from notelint.workspace.observe import check_sum, digest, observe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.workspace.cache_folder import CacheFolder

VERSION = 5  # of the tables
_TABLES = (
    "CREATE TABLE note (path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, anchors TEXT, links TEXT,"
    # what is long comes last: to read what stands behind it takes the way through all of it
    " findings TEXT, needs TEXT, tree TEXT, sum INTEGER, pages TEXT, pages_sum INTEGER,"
    " facts TEXT, seen TEXT, rest INTEGER) WITHOUT ROWID",
    "CREATE TABLE tree (id TEXT PRIMARY KEY, looked TEXT) WITHOUT ROWID",
)

# A file may be written again within the same tick of its file system's clock. What was written
# less than this long (in ns) before it was read is compared by content (git calls it "racy").
_TICK = 2_000_000_000
_TREES = "trees"  # the id of a row that only says: a rule looks at whole trees
_ROW = "path, stamp, digest, anchors, links, findings, needs, tree, sum, pages, pages_sum"


class Memory:
    """The rows for the workspace at *root*, in the database at *file*; sums are made with *key*."""

    def __init__(self, root: str, file: str, key: bytes, base: sqlite3.Connection) -> None:
        self._root = root
        self._file = file
        self._key = key
        self._base = base
        self._damaged = False
        self._rows: dict[str, tuple[Any, ...]] | None = None
        self._trees: dict[str, bool] = {}
        self._stamped: list[tuple[str, str]] = []
        self._unchanged: dict[str, Row | None] = {}

    @classmethod
    def open(cls, root: str, folder: CacheFolder, kind: str) -> Memory | None:
        """The memory for runs that are alike in *kind*; None where none can be had."""
        file = folder.file("notes", "sqlite", root, str(VERSION), kind, root)
        new = not os.path.exists(file)
        base = connect(file, _TABLES)
        if new:
            from notelint.workspace.cache_care import make_room

            make_room(folder)
        return cls(root, file, folder.content_key, base) if base else None

    @property
    def _by_path(self) -> dict[str, tuple[Any, ...]]:
        """All rows, as they are, without their facts."""
        if self._rows is None:
            self._rows = {}
            with self._doubt():
                found = self._base.execute(f"SELECT {_ROW} FROM note")
                self._rows = {row[0]: row for row in found}
        return self._rows

    def unchanged(self, path: str) -> Row | None:
        """The row of the note at *path* if the note has the bytes that the row is about."""
        if path not in self._unchanged:
            self._unchanged[path] = self._compared(path)
        return self._unchanged[path]

    def _compared(self, path: str) -> Row | None:
        row = self._row(path)
        if row is None:
            return None
        try:
            status = os.stat(f"{self._root}/{path}")
            known, read = row.stamp.rsplit(" ", 1)
            # a file that was moved here has the time of another place, but a new change time
            changed = max(status.st_mtime_ns, status.st_ctime_ns)
            if known == stamp(status) and changed + _TICK < int(read):
                return row
            now = time.time_ns()
            if digest(files.read(f"{self._root}/{path}", path)) != row.digest:
                return None
        except (OSError, ValueError, files.FileProblem):
            return None
        self._stamped.append((f"{stamp(status)} {now}", path))
        return row

    def _row(self, path: str) -> Row | None:
        """The row of the note at *path*, if it is as it was written."""
        found = self._by_path.get(path)
        if found is None:
            return None
        with suppress(TypeError):
            *kept, check, _, _ = found
            row = Row(*kept)
            return row if check == self._sum(row) else None
        return None

    def still_so(self, tree: str) -> bool:
        """Whether all that is kept under the name *tree* is still to be seen."""
        if tree not in self._trees:
            self._trees[tree] = self._compare(tree)
        return self._trees[tree]

    def _compare(self, tree: str) -> bool:
        found = None
        with self._doubt():
            found = self._base.execute("SELECT looked FROM tree WHERE id = ?", (tree,)).fetchone()
        try:
            if found is None or digest(found[0].encode("utf-8", "replace")) != tree:
                return False
            return all(
                observe(self._root, kind, path) == seen for kind, path, seen in json.loads(found[0])
            )
        except (ValueError, TypeError, AttributeError):
            return False

    def full(self, path: str) -> Full | None:
        """The whole row of the note at *path*."""
        row = self._row(path)
        with self._doubt(), suppress(TypeError):
            rest = self._base.execute(
                # another run may have seen the note as something else since
                "SELECT facts, seen, pages, rest FROM note WHERE path = ? AND digest = ?",
                (path, row.digest if row else ""),
            )
            found = rest.fetchone()
            if row and found and found[3] == self._sum([row.digest, *found[:2]]):
                return Full(row, *found[:3])
        return None

    def pages(self, path: str) -> list[str] | None:
        """The pages that entries of the note at *path* lead to; read for all notes at once."""
        return self._pages.get(path)

    @cached_property
    def _pages(self) -> dict[str, list[str]]:
        found: dict[str, str] = {}
        with self._doubt(), suppress(TypeError):
            for path, _, of, *_, pages, check in self._by_path.values():
                if check == self._sum([of, pages]):
                    found[path] = pages
            every = json.loads(f"[{','.join(found.values())}]")
            return dict(zip(found, every, strict=True))
        return {}

    @property
    def looks_at_trees(self) -> bool:
        """Whether a rule is on whose findings depend on more than notes and what they ask."""
        found = None
        with self._doubt():
            found = self._base.execute("SELECT 1 FROM tree WHERE id = ?", (_TREES,)).fetchone()
        return found is not None

    def keep(self, rows: Iterable[Full], looked: str, *, looks_at_trees: bool) -> None:
        """Keep *rows* from now on, and *looked*, what they name by its :func:`tree_name`."""
        stamps = {path: new for new, path in self._stamped}
        values = []
        for row, facts, seen, pages in rows:
            if _is_unicode(row.path):
                now = row._replace(stamp=stamps.get(row.path, row.stamp))
                rest = facts, seen, self._sum([now.digest, facts, seen])
                of_pages = self._sum([now.digest, pages])
                values.append((*now, self._sum(now), pages, of_pages, *rest))
        with self._doubt():
            if looks_at_trees:  # before all else: a run may be killed as it writes
                self._base.execute("INSERT OR REPLACE INTO tree VALUES (?, '[]')", (_TREES,))
            self._base.execute("BEGIN IMMEDIATE")
            self._restamp()
            self._base.executemany("DELETE FROM note WHERE path = ?", self._gone())
            self._base.executemany(
                f"INSERT OR REPLACE INTO note ({_ROW}, facts, seen, rest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            self._base.execute(
                "INSERT OR REPLACE INTO tree VALUES (?, ?)", (tree_name(looked), looked)
            )
            self._base.execute(
                "DELETE FROM tree WHERE id != ? AND id NOT IN (SELECT DISTINCT tree FROM note)",
                (_TREES,),
            )
            self._base.execute("COMMIT")

    @contextmanager
    def _doubt(self) -> Iterator[None]:
        """Go on where the database does not: it may be held by another run, or be damaged."""
        try:
            yield
        except DAMAGE as error:
            self._damaged = self._damaged or not is_held(error)

    def _gone(self) -> list[tuple[str]]:
        """The paths of notes that are no more; none if that takes to look at many others."""
        doubtful = [path for path in self._by_path if not self._unchanged.get(path)]
        if 2 * len(doubtful) > len(self._by_path) + 100:
            return []
        return [(path,) for path in doubtful if not os.path.lexists(f"{self._root}/{path}")]

    def _restamp(self) -> None:
        """Spare later runs the reading of what was read, and is still what the row is about."""
        stamped, self._stamped = self._stamped, []
        for new, path in stamped:
            row = self._row(path)
            if row:
                self._base.execute(
                    "UPDATE note SET stamp = ?, sum = ? WHERE path = ? AND digest = ? AND sum = ?",
                    (new, self._sum(row._replace(stamp=new)), path, row.digest, self._sum(row)),
                )

    def close(self) -> None:
        """Let go of the file."""
        with self._doubt():
            if self._stamped:
                self._base.execute("BEGIN IMMEDIATE")
                self._restamp()
                self._base.execute("COMMIT")
        self._base.close()
        if self._damaged:
            remove(self._file)

    def _sum(self, values: Iterable[str]) -> int:
        return check_sum(values, self._key)


def _is_unicode(path: str) -> bool:
    """Whether the database can hold *path*: a name on disk may be any bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
