"""The check that the dependencies of cached findings are unchanged.

The note itself is compared in :mod:`~notelint.cache.store`. A dependency is one of these:

- the path of a note: the targets that links can have in it
- :data:`TEXT_OF` and a path: the whole text of the note
- :data:`OUTLINKS_OF` and a path: the outlinks of the note
- one of :data:`ALL_KINDS`: all notes that are compared with each other

Other files are in the snapshot of a run, as kinds, paths and digests (see :class:`TreeNow`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from functools import cached_property

from notelint.workspace.dependencies import ALL_KINDS, ALL_OUTLINKS, OUTLINKS_OF, TEXT_OF, is_note
from notelint.workspace.digests import (
    digest,
    folder_digest,
    link_digest,
    listing_digest,
    moves_digest,
    remote_digest,
)
from notelint.workspace.discover import ignored_below, notes_below, tracked_or_walked
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import metadata, repository_stamp
from notelint.workspace.safe_files import names_in
from notelint.workspace.tree import Tree, end_of_link, read_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.entry import CacheEntry
    from notelint.cache.store import Cache
    from notelint.workspace.digests import SnapshotKind
    from notelint.workspace.git_refs import Refs

_DESCRIPTIONS = {
    "folder": "folder listing of `{}`",
    "link": "symbolic link `{}`",
    "files": "list of all files",
    "file": "`{}`",
    "ignored": "list of ignored files",
    "remote": "address of the repository",
    "ref": "git's `{}`",
    "moves": "list of moved files",
}


class DependencyCheck:
    """A comparison of the dependencies of cache entries with a tree as it is now.

    *entry_of* returns the up-to-date entry of a note, None if the note must be analyzed first.
    *named* are the notes of the run. *excluded* tells, given an absolute path, whether that note
    is excluded from comparisons. Digests are computed once and kept until :meth:`forget`.
    """

    def __init__(
        self,
        root: str,
        cache: Cache,
        named: Collection[str],
        excluded: Callable[[str], bool],
        entry_of: Callable[[str], CacheEntry | None],
    ) -> None:
        self._root = root
        self._cache = cache
        self._named = named
        self._excluded = excluded
        self._entry_of = entry_of
        self._now = TreeNow(root)
        self._tree_digests: dict[tuple[SnapshotKind, str], str] = {}
        self._snapshots: dict[str, str | None] = {}
        # by snapshot and dependencies, which many entries share
        self._changes: dict[tuple[str, str], str | None] = {}
        self._digests_of_all: dict[str, str | None] = {}

    def change(self, entry: CacheEntry) -> str | None:
        """The dependency of *entry* that changed, in words; None if it is current."""
        key = entry.snapshot, entry.dependencies
        if key not in self._changes:
            self._changes[key] = self._snapshot_change(key[0]) or self._note_change(key[1])
        return self._changes[key]

    def forget(self) -> None:
        """Drop the results that depend on notes, since one of them changed."""
        self._changes.clear()
        self._digests_of_all.clear()

    def digest(self, dependency: str) -> str | None:
        """The current digest of *dependency*; None if a note must be analyzed first."""
        if dependency in ALL_KINDS or dependency.startswith(ALL_OUTLINKS):
            if dependency not in self._digests_of_all:
                self._digests_of_all[dependency] = self._digest_of_all(dependency)
            return self._digests_of_all[dependency]
        path = _path(dependency)
        if not is_note(path, self._named, self._root):
            return ""
        entry = self._entry_of(path)
        if entry is None:
            return None if os.path.isfile(f"{self._root}/{path}") else ""
        if dependency.startswith(OUTLINKS_OF):
            return _comparison_digest(entry, ALL_OUTLINKS)
        return entry.digest if dependency.startswith(TEXT_OF) else entry.targets

    def _digest_of_all(self, dependency: str) -> str | None:
        """The digest for all notes, or those below a folder; None as in :meth:`digest`."""
        lines = []
        folder = dependency[len(ALL_OUTLINKS) :] if dependency.startswith(ALL_OUTLINKS) else ""
        kind, start = dependency.removesuffix(folder), f"{folder}/" if folder else ""
        below = (start + each for each in notes_below(f"{self._root}/{folder}"))
        for path in sorted({*below, *(each for each in self._named if each.startswith(start))}):
            if self._excluded(f"{self._root}/{path}"):
                continue
            entry = self._entry_of(path)
            if entry is None:
                return None
            lines.append(f"{_comparison_digest(entry, kind)} {path}")
        return digest("\n".join(lines).encode("utf-8", "surrogatepass"))

    def _snapshot_change(self, name: str) -> str | None:
        if name not in self._snapshots:
            self._snapshots[name] = self._compare(name)
        return self._snapshots[name]

    def _compare(self, name: str) -> str | None:
        before = self._cache.snapshot(name) if name else None
        if before is None:
            return "not checked before"
        # parts with a path first: as a reason they say more than "list of all files"
        for kind, path, known in sorted(before, key=lambda each: not each[1]):
            if (kind, path) not in self._tree_digests:  # snapshots of several runs overlap
                self._tree_digests[kind, path] = self._now.digest(kind, path)
            if self._tree_digests[kind, path] != known:
                return f"{_DESCRIPTIONS[kind].format(path or '.')} changed"
        return None

    def _note_change(self, dependencies: str) -> str | None:
        import json  # not needed in a run without a cache

        for dependency, before in json.loads(dependencies).items():
            if self.digest(dependency) != before:
                if dependency in ALL_KINDS or dependency.startswith(ALL_OUTLINKS):
                    return "notes that it is compared with changed"
                return f"`{_path(dependency)}` changed"
        return None


def _path(dependency: str) -> str:
    return dependency[1:] if dependency.startswith((TEXT_OF, OUTLINKS_OF)) else dependency


def _comparison_digest(entry: CacheEntry, kind: str) -> str:
    """The digest of the part of the note that *kind*, one of :data:`ALL_KINDS`, compares."""
    compared, number = entry.compared.split(" "), ALL_KINDS.index(kind)
    return compared[number] if len(compared) > number else ""


class TreeNow:
    """The tree at *root* as it is now. The references of its repository are read once."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._tree = Tree(root)

    @cached_property
    def _refs(self) -> Refs:
        from notelint.workspace.git_refs import Refs

        return Refs(metadata(os.path.realpath(self._root)))

    def digest(self, kind: SnapshotKind, path: str) -> str:
        """The digest of a part of the tree.

        By *kind*: the names in the folder *path*, the target of the symbolic link *path*, the list
        of all files, the list of ignored files, the addresses of the repository, the commit of the
        reference *path*, the files moved since the last commit (*path* is a stamp of the repository
        at which there were none, or empty), or the bytes of the file *path*.
        """
        root = self._root
        if kind == "folder":
            is_link = self._tree.place(path) != path
            return "" if is_link else folder_digest(names_in(os.path.join(root, path)))
        if kind == "link":
            return link_digest(end_of_link(root, path))
        if kind == "files":
            return listing_digest(tracked_or_walked(root))
        if kind == "ignored":
            return listing_digest(ignored_below(root))
        if kind == "remote":
            from notelint.workspace.own_urls import own_urls

            return remote_digest(own_urls(root))
        if kind == "ref":
            return self._refs.id(path)
        if kind == "moves":
            # an equal stamp and an equal list of files, which is another part, rule out moves
            if path and path == repository_stamp(root):
                return moves_digest(())
            from notelint.workspace.past_moves import past_moves

            return moves_digest(past_moves(root) if repository_root(root) else ())
        return digest(read_inside(root, path))
