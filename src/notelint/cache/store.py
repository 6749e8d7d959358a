"""The cache: an SQLite file with an entry for each note of a tree.

Nothing in it is trusted further than it can be checked: an entry belongs to one content of its
note, and one that is damaged is as good as none, as is a file that is no database, or has anything
in it that notelint did not make.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from notelint.cache.database import DAMAGE, connect, is_held
from notelint.cache.entry import CacheEntry, status_stamp
from notelint.cache.folder import remove
from notelint.workspace import read_note
from notelint.workspace.observe import check_sum, digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.cache.folder import CacheFolder
    from notelint.workspace.observe import Kind

VERSION = 7  # of the tables, and of what is serialised in them
_TABLES = (
    "CREATE TABLE note (path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, targets TEXT,"
    # what is long comes last: to read what stands behind it takes the way through all of it
    " compared TEXT, findings TEXT, dependencies TEXT, snapshot TEXT, sum INTEGER,"
    " pages TEXT, pages_sum INTEGER, analysis TEXT, analysis_sum INTEGER) WITHOUT ROWID",
    "CREATE TABLE snapshot (id TEXT PRIMARY KEY, seen TEXT) WITHOUT ROWID",
)

# A file may be written again within the same tick of its file system's clock. What was written
# less than this long (in ns) before it was read is compared by content (git calls it "racy").
_TICK = 2_000_000_000
_TREE_RULES = "tree rules"  # the id of a row that only says: such a rule is on
_CHECKED = CacheEntry._fields[:8]  # the fields that one sum is about, and which are read at once
_ROW = f"{', '.join(_CHECKED)}, sum, pages, pages_sum"


class Cache:
    """The entries of the workspace at *root*, in the database at *file*; *key* is that of the sums.

    ``new``: there was no such file before.
    """

    def __init__(
        self, root: str, file: str, key: bytes, base: sqlite3.Connection, new: bool
    ) -> None:
        self._root = root
        self._file = file
        self._key = key
        self._base = base
        self._damaged = False
        self.new = new
        self._rows: dict[str, tuple[Any, ...]] | None = None
        self._stamped: list[tuple[str, str]] = []
        self._unchanged: dict[str, CacheEntry | None] = {}

    @classmethod
    def open(cls, root: str, folder: CacheFolder, kind: str) -> Cache | None:
        """The cache of runs that are alike in *kind*; None where none can be had."""
        file = folder.file("notes", "sqlite", root, str(VERSION), kind, root)
        new = not os.path.exists(file)
        base = connect(file, _TABLES)
        if new:
            from notelint.cache.maintenance import make_room

            make_room(folder)
        return cls(root, file, folder.content_key, base, new) if base else None

    @property
    def _by_path(self) -> dict[str, tuple[Any, ...]]:
        """All rows, as they are, without their analyses."""
        if self._rows is None:
            self._rows = {}
            with self._doubt():
                found = self._base.execute(f"SELECT {_ROW} FROM note")
                self._rows = {row[0]: row for row in found}
        return self._rows

    def unchanged(self, path: str) -> CacheEntry | None:
        """The entry of the note at *path* if the note has the bytes that the entry is about."""
        if path not in self._unchanged:
            self._unchanged[path] = self._compared(path)
        return self._unchanged[path]

    def _compared(self, path: str) -> CacheEntry | None:
        entry = self.entry(path)
        if entry is None:
            return None
        try:
            status = os.stat(f"{self._root}/{path}")
            known, read = entry.stamp.rsplit(" ", 1)
            # a file that was moved here has the time of another place, but a new change time
            changed = max(status.st_mtime_ns, status.st_ctime_ns)
            if known == status_stamp(status) and changed + _TICK < int(read):
                return entry
            now = time.time_ns()
            if digest(read_note.read(f"{self._root}/{path}", path)) != entry.digest:
                return None
        except (OSError, ValueError, read_note.FileProblem):
            return None
        self._stamped.append((f"{status_stamp(status)} {now}", path))
        return entry

    def entry(self, path: str) -> CacheEntry | None:
        """The entry of the note at *path* as it was written, whatever the note is by now."""
        found = self._by_path.get(path)
        if found is None:
            return None
        with suppress(TypeError):
            *fields, check, _, _ = found
            if check == self._sum(fields):
                return CacheEntry(*fields)
        return None

    def complete(self, entry: CacheEntry) -> CacheEntry | None:
        """*entry* with its pages and its analysis; None where these are gone or damaged."""
        with self._doubt(), suppress(TypeError):
            found = self._base.execute(
                # another run may have seen the note as something else since
                "SELECT pages, analysis, analysis_sum FROM note WHERE path = ? AND digest = ?",
                (entry.path, entry.digest),
            ).fetchone()
            if found and found[2] == self._sum([entry.digest, found[1]]):
                return entry._replace(pages=found[0], analysis=found[1])
        return None

    def snapshot(self, name: str) -> list[tuple[Kind, str, str]] | None:
        """The snapshot called *name*: kinds, paths, digests; None where it is gone or damaged."""
        found = None
        with self._doubt():
            found = self._base.execute("SELECT seen FROM snapshot WHERE id = ?", (name,)).fetchone()
        with suppress(ValueError, TypeError, AttributeError):
            if found and digest(found[0].encode("utf-8", "replace")) == name:
                return [(kind, path, seen) for kind, path, seen in json.loads(found[0])]
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
    def has_tree_rules(self) -> bool:
        """Whether a rule is on whose findings depend on more than notes and their dependencies."""
        found = None
        with self._doubt():
            found = self._base.execute(
                "SELECT 1 FROM snapshot WHERE id = ?", (_TREE_RULES,)
            ).fetchone()
        return found is not None

    def save(self, entries: Iterable[CacheEntry], snapshot: str, *, tree_rules: bool) -> None:
        """Write *entries*, and the JSON of the *snapshot* that they name by its :func:`digest`."""
        stamps = {path: new for new, path in self._stamped}
        values = []
        for each in entries:
            if _is_unicode(each.path):
                *fields, pages, analysis = each._replace(stamp=stamps.get(each.path, each.stamp))
                pages_sum = self._sum([each.digest, pages])
                analysis_sum = self._sum([each.digest, analysis])
                values.append(
                    (*fields, self._sum(fields), pages, pages_sum, analysis, analysis_sum)
                )
        with self._doubt():
            if tree_rules:  # before all else: a run may be killed as it writes
                self._base.execute(
                    "INSERT OR REPLACE INTO snapshot VALUES (?, '[]')", (_TREE_RULES,)
                )
            self._base.execute("BEGIN IMMEDIATE")
            self._restamp()
            self._base.executemany("DELETE FROM note WHERE path = ?", self._gone())
            self._base.executemany(
                f"INSERT OR REPLACE INTO note ({_ROW}, analysis, analysis_sum)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            self._base.execute(
                "INSERT OR REPLACE INTO snapshot VALUES (?, ?)", (snapshot_name(snapshot), snapshot)
            )
            self._base.execute(
                "DELETE FROM snapshot"
                " WHERE id != ? AND id NOT IN (SELECT DISTINCT snapshot FROM note)",
                (_TREE_RULES,),
            )
            self._base.execute("COMMIT")

    @property
    def succeeds_another(self) -> bool:
        """Whether this file is new, and the tree has one of runs that are not alike."""
        folder, name = os.path.split(self._file)
        tree = name[: len("notes-" + "0" * 16)]
        return self.new and any(
            each.startswith(tree) and each != name for each in os.listdir(folder)
        )

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
        """Spare later runs the reading of notes that were read and have not changed."""
        stamped, self._stamped = self._stamped, []
        for new, path in stamped:
            if entry := self.entry(path):
                old, fields = self._sum(entry[:8]), entry._replace(stamp=new)[:8]
                self._base.execute(
                    "UPDATE note SET stamp = ?, sum = ? WHERE path = ? AND digest = ? AND sum = ?",
                    (new, self._sum(fields), path, entry.digest, old),
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


def snapshot_name(snapshot: str) -> str:
    """The name of a *snapshot*, given as JSON."""
    return digest(snapshot.encode("utf-8", "replace"))


def _is_unicode(path: str) -> bool:
    """Whether the database can hold *path*: a name on disk may be any bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
