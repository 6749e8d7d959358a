"""The workspace: the notes of a tree and the files around them, as rules across files see them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from notelint.workspace.dependencies import ALL_OUTLINKS, TEXT_OF, Recorder, is_note
from notelint.workspace.digests import listing_digest, moves_digest, remote_digest
from notelint.workspace.discover import few_notes_below, ignored_below
from notelint.workspace.facts import FileFacts, LinkFact, Page
from notelint.workspace.git_metadata import metadata
from notelint.workspace.git_refs import Refs
from notelint.workspace.git_trees import GitTrees
from notelint.workspace.history import LineHistory
from notelint.workspace.own_urls import OwnUrls, may_be_own_url, own_urls
from notelint.workspace.resolve import Resolved, resolve
from notelint.workspace.site_files import HUGO, MKDOCS, OWN_ANCHORS, PAGE, SITE_FILES, SITE_FOLDERS
from notelint.workspace.tree import Tree, folders_above, is_below, with_parents

if TYPE_CHECKING:
    from notelint.workspace.digests import SnapshotKind

T = TypeVar("T")
_WEB = ("https://", "http://")


class Workspace:
    """The notes of *tree*; *load* returns the facts of one, None if unreadable.

    *named* are notes whatever their suffix, such as those of the run; paths are from the root.
    *excluded* tells which notes are excluded from comparisons. *pages* and *outlinks* may return
    those of a note without its facts. ``repository``: the tree is in a git repository.

    ``recorder`` records what each answer depends on: paths of notes, and ``ALL_KINDS``. An answer
    is valid while these notes, and the tree as in :meth:`snapshot`, are unchanged.
    """

    def __init__(
        self,
        tree: Tree,
        load: Callable[[str], FileFacts | None],
        named: Iterable[str] = (),
        *,
        excluded: Callable[[str], bool] = lambda path: False,
        pages: Callable[[str], Sequence[Page] | None] = lambda path: None,
        outlinks: Callable[[str], Sequence[str] | None] = lambda path: None,
    ) -> None:
        self.tree = tree
        self.repository = tree.in_repository
        self.named = frozenset(named)
        self.is_excluded = excluded
        self._load = load
        self._pages = pages
        self._outlinks = outlinks
        self._known_outlinks: dict[str, Sequence[str]] = {}
        self._former_outlinks: dict[str, Sequence[str]] = {}  # of notes that have changed
        self._by_outlinks: dict[Hashable, Any] = {}
        self._facts: dict[str, FileFacts | None] = {}
        self._derived: dict[Hashable, Any] = {}
        self._of_tree: dict[Hashable, Any] = {}
        # of the note of the last call, since several rules ask for the same note
        self._inside: tuple[FileFacts | None, list[tuple[LinkFact, Resolved]]] = None, []
        self.recorder = Recorder()

    def facts(self, path: str) -> FileFacts | None:
        """The facts of the note at *path*; None if it is not Markdown or cannot be read."""
        self.recorder.add(path := path if path in self.named else self.tree.real(path))
        if not is_note(path, self.named, self.tree.root):
            return None
        if path not in self._facts:
            self._facts[path] = self._load(path)
        return self._facts[path]

    def all_of(self, path: str) -> FileFacts | None:
        """The facts of the note at *path*; the answer depends on its whole text."""
        self.recorder.add(TEXT_OF + path)
        return self.facts(path)

    def pages(self, path: str) -> Sequence[Page]:
        """The pages that entries of the note at *path* lead to; see :attr:`FileFacts.pages`."""
        found = None if path in self._facts else self._pages(path)
        if found is None and (facts := self.facts(path)):
            found = facts.pages
        return found or ()

    def forget(self, path: str) -> None:
        """Drop everything about the note at *path*, since it has changed."""
        self._facts.pop(path, None)
        if path in self._known_outlinks:
            self._former_outlinks.setdefault(path, self._known_outlinks.pop(path))
        self._derived.clear()

    def memoize_outlinks(self, key: Hashable, build: Callable[[], T]) -> T:
        """The result of *build*, called once for *key* until the outlinks of a note change.

        It records no dependencies.
        """
        former, self._former_outlinks = self._former_outlinks, {}
        if any(self.outlinks(path) != each for path, each in former.items()):
            self._by_outlinks.clear()
        return _memoized(self._by_outlinks, key, build)

    def outlinks(self, path: str) -> Sequence[str]:
        """The outlinks of the note at *path* (see :class:`FileFacts`); records no dependency."""
        if path not in self._known_outlinks:
            found = None if path in self._facts else self._outlinks(path)
            if found is None:
                with self.recorder.recording():  # so that the caller does not depend on it
                    facts = self.facts(path)
                found = facts.outlinks if facts else ()
            self._known_outlinks[path] = found
        return self._known_outlinks[path]

    def memoize(self, key: Hashable, build: Callable[[], T], depends_on: str | None) -> T:
        """The result of *build*, called once for *key* until a note changes.

        *depends_on*, one of :data:`~notelint.workspace.dependencies.ALL_KINDS`, is recorded instead
        of the dependencies on single notes; None if the caller records dependencies itself.
        """
        if depends_on:
            self.recorder.add(depends_on)
        with self.recorder.recording():  # apart from the dependencies of the caller
            return _memoized(self._derived, key, build)

    def memoize_tree(self, key: Hashable, build: Callable[[], T]) -> T:
        """The result of *build*, called once for *key*; it depends on the tree and on no note."""
        return _memoized(self._of_tree, key, build)

    @cached_property
    def notes(self) -> list[str]:
        """All notes of the tree and of the run, sorted by path."""
        return sorted({*self.tree.notes, *self.named})

    def notes_below(self, folder: str) -> list[str]:
        """The notes in *folder* and below; empty outside of a repository with too many files."""
        if self.repository and not folder:
            return self.notes
        start = f"{folder}/" if folder else ""
        below = few_notes_below(posixpath.join(self.tree.root, folder))
        named = [each for each in self.named if each.startswith(start)]
        return [] if below is None else sorted({*(start + each for each in below), *named})

    def compared_below(self, folder: str) -> list[str]:
        """The notes in *folder* and below that are compared; depends on the outlinks of each."""
        self.recorder.add(ALL_OUTLINKS + folder)
        return [path for path in self.notes_below(folder) if not self.is_excluded(path)]

    @cached_property
    def compared(self) -> list[str]:
        """The notes that are compared with each other, sorted by path."""
        return [path for path in self.notes if not self.is_excluded(path)]

    def in_site(self, note: str) -> bool:
        """Whether the note at *note* is part of a generated site in the tree."""
        folders = (*SITE_FOLDERS, *folders_above(note))
        has = (self._has_one(folder, SITE_FILES) for folder in folders)
        return self.memoize_tree(("in site", folders), lambda: any(has))

    def is_site_root(self, folder: str, note: str) -> bool:
        """Whether *folder* is the root of a generated site that has the note at *note*.

        The files of the generator are in the root or beside it. The notes are below these files, or
        in a folder beside theirs, as translations are.
        """
        return any(
            self._has_one(each, SITE_FILES) and is_below(note, posixpath.dirname(each) or each)
            for each in (folder, posixpath.dirname(folder))
        )

    def in_hugo(self, note: str) -> bool:
        """Whether the note at *note* is part of a site of Hugo."""
        return any(self._has_one(folder, HUGO) for folder in folders_above(note))

    def has_own_anchors(self, note: str) -> bool:
        """Whether the note at *note* is part of a site whose anchors differ from GitHub's."""
        folders = folders_above(note)
        return any(self._has_one(folder, OWN_ANCHORS) for folder in folders) or any(
            self._has_one(folder, MKDOCS) for folder in folders[:-1]
        )

    def _has_one(self, folder: str, names: Sequence[str]) -> bool:
        paths = (posixpath.join(folder, name) for name in names)
        return self.memoize_tree(("has", folder, names), lambda: any(map(self.tree.exists, paths)))

    @cached_property
    def own_urls(self) -> OwnUrls | None:
        """The addresses of this repository; None without a remote."""
        return own_urls(self.tree.root) if self.repository else None

    @cached_property
    def refs(self) -> Refs:
        """The commit that is checked out, the branches and tags of this repository."""
        return Refs(metadata(os.path.realpath(self.tree.root)) if self.repository else None)

    @cached_property
    def git_trees(self) -> GitTrees:
        """The files of this repository in other commits."""
        return GitTrees(self.tree.root)

    @cached_property
    def line_history(self) -> LineHistory:
        """The commits that wrote the lines of the notes."""
        return LineHistory(self.tree.root, self.refs, self.git_trees)

    def resolve(self, destination: str, note: str) -> Resolved:
        """Resolve *destination* in the note at *note*, also an address of this repository."""
        return resolve(destination, note, self.own_urls if may_be_own_url(destination) else None)

    def inside(self, facts: FileFacts) -> list[tuple[LinkFact, Resolved]]:
        """The links of a note that lead to its own anchors or to files, without references."""
        if self._inside[0] is not facts:
            self._inside = facts, [*self._find_inside(facts)]
        return self._inside[1]

    def _find_inside(self, facts: FileFacts) -> Iterator[tuple[LinkFact, Resolved]]:
        for link in facts.links:
            to = link.destination
            if link.kind == "reference" or (to.startswith(_WEB) and not may_be_own_url(to)):
                continue  # most links
            found = self.resolve(to, facts.path)
            if found.kind in ("anchor", "local"):
                yield link, found

    def line_count(self, path: str) -> int | None:
        """The number of lines of the text file at *path*; None for any other.

        None also for an empty file, which may stand in for a file elsewhere.
        """
        return self.memoize_tree(
            ("lines", at := self.tree.real(path)), lambda: self.tree.line_count(at)
        )

    def snapshot(self) -> list[tuple[SnapshotKind, str, str]]:
        """The kinds, paths and digests of everything that was read of the tree beside notes."""
        parts = self.tree.snapshot()
        was_read = vars(self).__contains__  # the values of cached properties
        if was_read("own_urls"):
            parts.append(("remote", "", remote_digest(self.own_urls)))
        if was_read("refs"):
            parts += [("ref", name, found) for name, found in self.refs.asked.items()]
        if was_read("_moved"):
            parts.append(("moves", self._moved[1], moves_digest(self._moved[0].items())))
        if "ignored" in self.__dict__:
            parts.append(("ignored", "", listing_digest(self.ignored)))
        return parts

    @cached_property
    def _moved(self) -> tuple[dict[str, str], str]:
        from notelint.workspace.past_moves import moved

        return moved(self.tree) if self.repository else ({}, "")

    def moved_to(self, path: str) -> str | None:
        """The current path of the file that was at *path* in the last commit; None if not known."""
        return self._moved[0].get(path)

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The files and folders that git ignores; folders end in ``/``."""
        return frozenset(ignored_below(self.tree.root) if self.repository else ())

    def is_ignored(self, path: str) -> bool:
        """Whether git ignores the file or folder at *path*, or a folder around it."""
        if self.tree.is_listed(path) or not self.ignored:
            return False
        folders = (f"{each}/" for each in with_parents(path))
        return path in self.ignored or not self.ignored.isdisjoint(folders)

    def page(self, path: str) -> str | None:
        """The file that GitHub or a site generator shows for *path*; None if there is none."""
        stem = path.removesuffix(".html").rstrip("/")
        forms = (path, *(form.format(stem) for form in PAGE))
        return self.memoize_tree(
            ("page", path), lambda: next(filter(self.tree.exists, forms), None)
        )


def _memoized(known: dict[Hashable, Any], key: Hashable, build: Callable[[], T]) -> T:
    """The value of *key* in *known*, built if it is missing."""
    if key not in known:
        known[key] = build()
    found: T = known[key]
    return found
