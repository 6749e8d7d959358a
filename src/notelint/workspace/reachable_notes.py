"""The notes that a reader can reach from the indexes of a tree by following links."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Sequence
from functools import lru_cache

from notelint.text.startup import lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.dependencies import ALL_OUTLINKS, OUTLINKS_OF
from notelint.workspace.languages import CODE
from notelint.workspace.own_urls import hosted_path
from notelint.workspace.tree import folders_above, is_below
from notelint.workspace.urls import split_fragment, unquote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.tree import Tree
    from notelint.workspace.workspace import Workspace

# Notes that a reader sees first in a folder, or that are for navigation: an index in any language,
# the navigation of docsify, mdBook and wikis.
_INDEX = lazy_regex(
    rf"(?:(?:readme|index)(?:[._-](?:{CODE}|[a-z-]{{4,24}}))?|_index|summary|home|contents"
    r"|toc|table[-_ ]of[-_ ]contents|_?(?:sidebar|navbar|footer|coverpage)|_toc|目录|目錄)"
    r"\.(?:md|markdown)",
    re.IGNORECASE,
)
# Files of other kinds that list notes.
_NAVIGATION = frozenset(
    {"mkdocs.yml", "mkdocs.yaml", "_toc.yml", "toc.yml", ".pages", "nav.adoc", "index.html",
     "index.htm", "index.rst", "readme.rst", "readme.adoc", "readme.txt", "readme", "readme.html",
     "llms.txt", "_quarto.yml"}
)  # fmt: skip
_NAMES = ("README.md", "readme.md", "Readme.md", "index.md", "README.markdown", "index.markdown")


def is_index(path: str) -> bool:
    """Whether the note at *path* is an index by its name."""
    return _INDEX.fullmatch(posixpath.basename(path)) is not None


def indexes_above(tree: Tree, note: str) -> list[str]:
    """The indexes of the folders around the note at *note*, from the top."""
    found = []
    for folder in folders_above(note):
        names = tree.names(folder)
        found += [posixpath.join(folder, each) for each in _NAMES if each in names][:1]
    return found


def reachable_below(workspace: Workspace, top: str) -> ReachableNotes:
    """The notes that can be reached below the folder *top*; records no dependency by itself."""
    return workspace.memoize_outlinks(("reach", top), lambda: ReachableNotes(workspace, top))


class ReachableNotes:
    """The notes below the folder *top* that can be reached, found when needed.

    Indexes are reached, also those of folders around *top*, and so is every note that a reached
    note links or names. A link to a folder reaches the notes in it. *indexes*, if given, replace
    the indexes of the tree.
    """

    def __init__(self, workspace: Workspace, top: str, indexes: Sequence[str] = ()) -> None:
        self._workspace = workspace
        self._top = top
        self.everything = ALL_OUTLINKS + top
        self._from: dict[str, str] = {}  # by note, the note it is reached from; empty for an index
        self._waiting: deque[str] = deque()
        self._indexed: set[str] = set()  # folders whose indexes are reached
        self._followed: set[str] = set()  # folders all of whose notes are reached
        self._loose_names: set[str] = set()  # destinations that are not paths of files
        self._is_complete = False
        self._with_indexes = not indexes
        for each in indexes:
            self._reach(each, "")

    def reaches(self, note: str) -> bool:
        """Whether the note at *note* is reached; records the path to it as dependencies."""
        note = self._workspace.tree.real(note)
        for folder in folders_above(note):
            self._reach_indexes(folder)
        while note not in self._from and self._waiting:
            self._follow_next()
        if note not in self._from:
            self.find_all()
        if note not in self._from:
            return False
        self._workspace.recorder.add(*self._path_to(note))
        return True

    def find_all(self) -> dict[str, str]:
        """All notes that are reached, each with the note it is reached from."""
        if not self._is_complete:
            self._is_complete = True
            notes = self._workspace.notes_below(self._top)
            for folder in {self._top, *map(posixpath.dirname, notes)}:
                self._reach_indexes(folder)
            by_stem: dict[str, list[str]] = {}
            for note in notes:
                by_stem.setdefault(_folded(note).rpartition("/")[2], []).append(note)
            while self._waiting or self._loose_names:
                while self._waiting:
                    self._follow_next()
                loose, self._loose_names = self._loose_names, set()
                for name in loose:
                    tail = _folded(name)
                    for note in by_stem.get(tail.rpartition("/")[2], ()):
                        if f"/{_folded(note)}".endswith(f"/{tail}"):
                            self._reach(note, self.everything)
        return self._from

    def _reach_indexes(self, folder: str) -> None:
        if folder in self._indexed or not self._with_indexes:
            return
        self._indexed.add(folder)
        tree = self._workspace.tree
        for name in sorted(tree.names(folder)):
            path = posixpath.join(folder, name)
            if _INDEX.fullmatch(name):
                self._reach(path, "")
            elif name.lower() in _NAVIGATION:
                from notelint.workspace.note_profile import names_in

                for each in sorted(names_in(tree.text(path))):
                    self._follow(each, path, "")

    def _follow_next(self) -> None:
        path = self._waiting.popleft()
        if self._workspace.is_excluded(path):
            return
        for each in self._workspace.outlinks(path):
            self._follow(each, path, path)

    def _follow(self, destination: str, note: str, origin: str) -> None:
        if "#/" in destination:
            self._loose_names.add(_path(destination.partition("#/")[2]))
            return
        hosted = hosted_path(destination)
        found = self._workspace.resolve(destination, note)
        if found.kind == "external" and hosted:  # it may be a copy of this repository
            found = self._workspace.resolve(posixpath.join("/", self._top, hosted), note)
        tree, path = self._workspace.tree, self._workspace.tree.real(found.path)
        if found.kind != "local":
            self._loose_names.add(_path(hosted or destination))
            return
        if path.lower().endswith(SUFFIXES) and tree.exists(path):
            self._reach(path, origin)
        elif tree.is_folder(path):
            for name in tree.names(path) if path not in self._followed else ():
                if name.lower().endswith(SUFFIXES):
                    self._reach(posixpath.join(path, name), origin)
            self._followed.add(path)
        elif page := self._workspace.page(path):
            if page.lower().endswith(SUFFIXES):
                self._reach(page, origin)
        else:
            self._loose_names.add(_path(destination))

    def _reach(self, note: str, origin: str) -> None:
        note = self._workspace.tree.real(note)
        if note not in self._from:
            self._from[note] = origin
            if origin and not is_below(note, self._top):
                return  # only links from indexes are followed outside of *top*
            if is_index(note):
                self._waiting.appendleft(note)
            else:
                self._waiting.append(note)

    def _path_to(self, note: str) -> list[str]:
        way = []
        while origin := self._from.get(note):
            way.append(origin if origin == self.everything else OUTLINKS_OF + origin)
            note = origin
        return way


def _path(destination: str) -> str:
    return unquote(split_fragment(destination)[0].partition("?")[0])


@lru_cache(4096)
def _folded(path: str) -> str:
    """*path* for a loose comparison: without suffix, in lower case, with `-` for spaces."""
    parts = [each for each in path.replace("\\", "/").split("/") if each not in ("", ".", "..")]
    stem = "/".join(parts).casefold().replace(" ", "-").replace("_", "-")
    for suffix in (".markdown", ".md", ".mdx", ".html"):
        stem = stem.removesuffix(suffix)
    return stem.removesuffix("/index").removesuffix("/readme")
