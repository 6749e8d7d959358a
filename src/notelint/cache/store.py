"""The cache: an SQLite file with an entry for each note of a tree.

Everything in it is checked: an entry is only valid for the bytes of the note that it was made from,
and a damaged entry counts as missing. So does a file that is not a database, or that holds anything
that notelint did not create.

The format has no version number: a file belongs to one installation of one version of notelint (see
`commands/check_run.py`) and is never read by another.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from notelint.cache.database import DAMAGE, connect, is_busy
from notelint.cache.entry import CacheEntry, status_stamp
from notelint.cache.folder import remove
from notelint.workspace import read_note
from notelint.workspace.digests import check_sum, digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from notelint.cache.folder import CacheFolder
    from notelint.workspace.digests import SnapshotKind

_TABLES = (
    "CREATE TABLE note (path TEXT PRIMARY KEY, config TEXT, stamp TEXT, digest TEXT, targets TEXT,"
    # long columns come last: SQLite reads through them to reach the next
    " compared TEXT, findings TEXT, dependencies TEXT, snapshot TEXT, pages TEXT, outlinks TEXT,"
    " sum INTEGER, analysis TEXT, analysis_sum INTEGER) WITHOUT ROWID",
    "CREATE TABLE snapshot (id TEXT PRIMARY KEY, seen TEXT) WITHOUT ROWID",
)

# A file may be written again within one tick of its file system's clock. If it was written less
# than this time before it was read, its content is compared (git calls such a file "racy").
_TICK = 2_000_000_000  # ns
# Prefix of the ids of rows for configurations in which a rule on a tree as a whole is on.
_TREE_RULES = "tree rules "
_CHECKSUMMED_FIELDS = 11  # the first fields of an entry, all but the analysis
_ROW = f"{', '.join(CacheEntry._fields[:_CHECKSUMMED_FIELDS])}, sum"


class Cache:
    """The entries of the workspace at *root*, in the database at *file*, open as *connection*.

    *key* authenticates the checksums of rows. *config* identifies the configuration of a file,
    given its absolute path; an entry is valid for one configuration. ``new``: the file did not
    exist before.
    """

    def __init__(
        self,
        root: str,
        file: str,
        key: bytes,
        connection: sqlite3.Connection,
        new: bool,
        config: Callable[[str], str],
    ) -> None:
        self._root = root
        self._file = file
        self._key = key
        self._connection = connection
        self._damaged = False
        self.new = new
        self._config_of = config
        self._rows: dict[str, tuple[Any, ...]] | None = None
        self._stamped: list[tuple[str, str]] = []
        self._unchanged: dict[str, CacheEntry | None] = {}

    @classmethod
    def open(
        cls,
        root: str,
        folder: CacheFolder,
        kind: str,
        config: Callable[[str], str] = lambda file: "",
    ) -> Cache | None:
        """Open the cache for runs of one *kind* (program and arguments); None if that fails."""
        file = folder.file("notes", "sqlite", root, kind, root)
        new = not os.path.exists(file)
        connection = connect(file, _TABLES)
        if new:
            from notelint.cache.maintenance import make_room

            make_room(folder)
        return cls(root, file, folder.content_key, connection, new, config) if connection else None

    @property
    def _by_path(self) -> dict[str, tuple[Any, ...]]:
        """All rows, unchecked, without their analyses."""
        if self._rows is None:
            self._rows = {}
            with self._tolerant():
                found = self._connection.execute(f"SELECT {_ROW} FROM note")
                self._rows = {row[0]: row for row in found}
        return self._rows

    def unchanged(self, path: str) -> CacheEntry | None:
        """The entry of the note at *path*, if the note has the same bytes and configuration."""
        if path not in self._unchanged:
            self._unchanged[path] = self._unchanged_entry(path)
        return self._unchanged[path]

    def _unchanged_entry(self, path: str) -> CacheEntry | None:
        entry = self.entry(path)
        if entry is None or entry.config != self._config(path):
            return None
        try:
            status = os.stat(f"{self._root}/{path}")
            known, read = entry.stamp.rsplit(" ", 1)
            # a file that was moved here keeps its modification time, but has a new change time
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

    def _config(self, path: str) -> str:
        return self._config_of(f"{self._root}/{path}")

    def configuration_changed(self, path: str) -> bool:
        """Whether the stored entry of the note at *path* was made with another configuration."""
        entry = self.entry(path)
        return entry is not None and entry.config != self._config(path)

    def entry(self, path: str) -> CacheEntry | None:
        """The stored entry of the note at *path*, even if the note has changed since."""
        found = self._by_path.get(path)
        if found is None:
            return None
        with suppress(TypeError):
            *fields, check = found
            if check == self._sum(fields):
                return CacheEntry(*fields)
        return None

    def complete(self, entry: CacheEntry) -> CacheEntry | None:
        """*entry* with its analysis; None if that is missing or damaged."""
        with self._tolerant(), suppress(TypeError):
            found = self._connection.execute(
                # another run may have stored other bytes of the note since
                "SELECT analysis, analysis_sum FROM note WHERE path = ? AND digest = ?",
                (entry.path, entry.digest),
            ).fetchone()
            if found and found[1] == self._sum([entry.digest, found[0]]):
                return entry._replace(analysis=found[0])
        return None

    def snapshot(self, name: str) -> list[tuple[SnapshotKind, str, str]] | None:
        """The snapshot *name*: kinds, paths and digests; None if it is missing or damaged."""
        found = None
        with self._tolerant():
            found = self._connection.execute(
                "SELECT seen FROM snapshot WHERE id = ?", (name,)
            ).fetchone()
        with suppress(ValueError, TypeError, AttributeError):
            if found and digest(found[0].encode("utf-8", "replace")) == name:
                return [(kind, path, seen) for kind, path, seen in json.loads(found[0])]
        return None

    def has_tree_rules(self, paths: Iterable[str]) -> bool:
        """Whether a rule on the tree as a whole is on for one of *paths*."""
        found: list[tuple[str]] = []
        with self._tolerant():
            found = self._connection.execute(
                "SELECT id FROM snapshot WHERE substr(id, 1, ?) = ?",
                (len(_TREE_RULES), _TREE_RULES),
            ).fetchall()
        return bool(found) and not {_TREE_RULES + self._config(path) for path in paths}.isdisjoint(
            name for (name,) in found
        )

    def save(
        self, entries: Iterable[CacheEntry], snapshot: str, tree_rules: Iterable[str] = ()
    ) -> None:
        """Write *entries* and their *snapshot*, as JSON; they name it by :func:`snapshot_name`.

        *tree_rules* are the paths of notes for which a rule on the tree as a whole is on. Removes
        notes that are gone, and snapshots that no entry names.
        """
        stamps = {path: new for new, path in self._stamped}
        values = []
        for each in entries:
            if _is_unicode(each.path):
                stamp = stamps.get(each.path, each.stamp)
                made = each._replace(stamp=stamp, config=self._config(each.path))
                *fields, analysis = made
                analysis_sum = self._sum([each.digest, analysis])
                values.append((*fields, self._sum(fields), analysis, analysis_sum))
        with self._tolerant():
            # first, since a run may be killed while it writes
            self._connection.executemany(
                "INSERT OR REPLACE INTO snapshot VALUES (?, '[]')",
                sorted({(_TREE_RULES + self._config(path),) for path in tree_rules}),
            )
            self._connection.execute("BEGIN IMMEDIATE")
            self._restamp()
            self._connection.executemany("DELETE FROM note WHERE path = ?", self._deleted_paths())
            self._connection.executemany(
                f"INSERT OR REPLACE INTO note ({_ROW}, analysis, analysis_sum)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO snapshot VALUES (?, ?)", (snapshot_name(snapshot), snapshot)
            )
            self._connection.execute(
                "DELETE FROM snapshot WHERE substr(id, 1, ?) != ?"
                " AND id NOT IN (SELECT DISTINCT snapshot FROM note)",
                (len(_TREE_RULES), _TREE_RULES),
            )
            self._connection.execute("COMMIT")

    @property
    def replaces_older(self) -> bool:
        """Whether this file is new, and the tree already has a file for another kind of run."""
        folder, name = os.path.split(self._file)
        tree = name[: len("notes-" + "0" * 16)]
        return self.new and any(
            each.startswith(tree) and each != name for each in os.listdir(folder)
        )

    @contextmanager
    def _tolerant(self) -> Iterator[None]:
        """Continue if the database fails: another run holds it, or it is damaged."""
        try:
            yield
        except DAMAGE as error:
            self._damaged = self._damaged or not is_busy(error)

    def _deleted_paths(self) -> list[tuple[str]]:
        """The paths of deleted notes; empty if that would take too many lookups."""
        doubtful = [path for path in self._by_path if not self._unchanged.get(path)]
        if 2 * len(doubtful) > len(self._by_path) + 100:
            return []
        return [(path,) for path in doubtful if not os.path.lexists(f"{self._root}/{path}")]

    def _restamp(self) -> None:
        """Store new stamps of unchanged notes, so that later runs need not read them."""
        stamped, self._stamped = self._stamped, []
        for new, path in stamped:
            if entry := self.entry(path):
                old = self._sum(entry[:_CHECKSUMMED_FIELDS])
                fields = entry._replace(stamp=new)[:_CHECKSUMMED_FIELDS]
                self._connection.execute(
                    "UPDATE note SET stamp = ?, sum = ? WHERE path = ? AND digest = ? AND sum = ?",
                    (new, self._sum(fields), path, entry.digest, old),
                )

    def close(self) -> None:
        """Close the database; remove it if it is damaged."""
        with self._tolerant():
            if self._stamped:
                self._connection.execute("BEGIN IMMEDIATE")
                self._restamp()
                self._connection.execute("COMMIT")
        self._connection.close()
        if self._damaged:
            remove(self._file)

    def _sum(self, values: Iterable[str]) -> int:
        return check_sum(values, self._key)


def snapshot_name(snapshot: str) -> str:
    """The name of a *snapshot*, given as JSON."""
    return digest(snapshot.encode("utf-8", "replace"))


def _is_unicode(path: str) -> bool:
    """Whether the database can hold *path*; a name on disk may be any bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
