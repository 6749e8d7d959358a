"""Moves of files and folders, and a tree as it is after them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import cached_property

from notelint.text.suffixes import SUFFIXES
from notelint.workspace.tree import Tree, with_parents


class Moves:
    """Moves that happen at once, as pairs of old and new paths relative to the root.

    If two concern a path, that of the innermost folder counts.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = [(old, new) for old, new in pairs if old != new]
        self._to = dict(self.pairs)
        self._from = {new: old for old, new in self.pairs}

    def new(self, path: str) -> str:
        """The path afterwards of the file or folder at *path*."""
        return _mapped(path, self._to) or path

    def old(self, path: str) -> str | None:
        """The path before of what is at *path* afterwards; None if the moves make that folder."""
        found = _mapped(path, self._from)
        # a file that moves here hides one that comes along with its folder, and the reverse
        if found is not None:
            return found if self.new(found) == path else None
        return path if self.new(path) == path else None


def _mapped(path: str, pairs: dict[str, str]) -> str | None:
    if not pairs:
        return None
    for each in reversed(with_parents(path)):
        if each in pairs:
            return pairs[each] + path[len(each) :]
    return None


class MovedTree(Tree):
    """The files of *tree* after *moves*. A folder that has lost all of its files is gone."""

    def __init__(self, tree: Tree, moves: Moves) -> None:
        super().__init__(tree.root)
        self._tree = tree
        self._moves = moves
        self._arrivals: dict[str, dict[str, bool]] = {}
        for old, new in moves.pairs:
            *above, last = with_parents(new)
            for folder in above:
                self._arrive(folder, is_folder=True)
            self._arrive(last, is_folder=tree.is_folder(old))
        self._left = {
            folder
            for old, _ in moves.pairs
            for folder in with_parents(posixpath.dirname(old))
            if not self._keeps_any(folder)
        }

    @cached_property
    def files(self) -> list[str]:
        """Every file that git does not ignore, sorted."""
        return sorted(map(self._moves.new, self._tree.files))

    @property
    def notes(self) -> list[str]:
        """The Markdown files."""
        return [path for path in self.files if path.lower().endswith(SUFFIXES)]

    def _arrive(self, path: str, *, is_folder: bool) -> None:
        folder, name = posixpath.split(path)
        self._arrivals.setdefault(folder, {})[name] = is_folder

    def _keeps_any(self, folder: str) -> bool:
        """Whether anything that was in *folder* stays there, or in a folder below it."""
        return any(
            not (is_folder and self._has_moved_below(path)) or self._keeps_any(path)
            for name, is_folder in self._tree._listing(folder).items()
            if self._moves.new(path := posixpath.join(folder, name)) == path
        )

    def _has_moved_below(self, folder: str) -> bool:
        return any(old.startswith(f"{folder}/") for old, _ in self._moves.pairs)

    def _listing(self, folder: str) -> dict[str, bool]:
        if folder not in self._folders:
            place = self.place(folder)
            if place == folder or place is None:
                found = {**self._stayed(folder), **self._arrivals.get(folder, {})}
            else:
                found = self._listing(place)
            self._folders[folder] = found
        return self._folders[folder]

    def place(self, folder: str) -> str | None:
        """The path of *folder* without symbolic links, wherever these were before."""
        old = self._moves.old(folder)
        if old is None:
            return folder
        place = self._tree.place(old)
        return None if place is None else self._moves.new(place)

    def _stayed(self, folder: str) -> dict[str, bool]:
        """The names in *folder* that were there before, or moved along with it."""
        old = self._moves.old(folder)
        if old is None:
            return {}
        return {
            name: is_folder
            for name, is_folder in self._tree._listing(old).items()
            if (path := posixpath.join(old, name)) not in self._left
            and self._moves.new(path) == posixpath.join(folder, name)
        }
