"""The files of a tree; names are compared exactly on every file system."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Sequence
from functools import cached_property

from notelint.workspace.digests import digest, folder_digest, link_digest, listing_digest
from notelint.workspace.git import has_home, repository_root
from notelint.workspace.safe_files import MAX_TEXT_BYTES, beginning, leads_out, names_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.text.suggest import Suggester
    from notelint.workspace.digests import SnapshotKind

_LINE_END = re.compile(rb"\r\n?|\n")


class Tree:
    """The folder *root*. Paths are relative to it, normalized, with ``/``; ``""`` is the root.

    Names are compared with those that the folder lists: ``Image.PNG`` is not ``image.png``, even if
    the file system would open either. A folder is listed once, when first needed.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._folders: dict[str, dict[str, bool]] = {}
        self._folded: dict[str, dict[str, str]] = {}
        self._read: dict[str, str] = {}  # digests by path
        self._places: dict[str, str | None] = {"": ""}
        self._links: dict[str, str | None] = {}

    def _listing(self, folder: str) -> dict[str, bool]:
        """The names in *folder*, and whether each is a folder; empty if it cannot be read."""
        if folder not in self._folders:
            place = self.place(folder)
            if place == folder:
                self._folders[folder] = names_in(os.path.join(self.root, folder))
            else:
                self._folders[folder] = {} if place is None else self._listing(place)
        return self._folders[folder]

    def place(self, folder: str) -> str | None:
        """The path of *folder* without symbolic links; None if one leads out of the tree.

        Links that lead up give a folder infinitely many paths.
        """
        if folder in self._places or leads_up(folder):
            return self._places.get(folder, folder)
        at: str | None = ""
        for each in with_parents(folder):
            if each not in self._places:
                self._places[each] = at if at is None else self._next(at, posixpath.basename(each))
            at = self._places[each]
        return at

    def _next(self, place: str, name: str) -> str | None:
        """The place of *name* in the folder *place*, whose path has no links."""
        path = posixpath.join(place, name)
        if path not in self._links:
            if not os.path.islink(os.path.join(self.root, path)):
                return path
            self._links[path] = end_of_link(self.root, path)
        return self._links[path]

    def is_outside(self, folder: str) -> bool:
        """Whether *folder* is behind a link out of the tree, so that its content is unknown."""
        return self.place(folder) is None

    def real(self, path: str) -> str:
        """*path* without symbolic links to folders, unless these lead out of the tree."""
        folder, _, name = path.rpartition("/")
        place = self.place(folder)
        return path if place is None or place == folder else posixpath.join(place, name)

    def exists(self, path: str) -> bool:
        """Whether a file or folder with exactly this path exists."""
        return path == "" or self._entry(path) is not None

    def has(self, path: str) -> bool:
        """Whether a file or folder with exactly this path is known to exist."""
        return self._entry(path) is not None

    def is_folder(self, path: str) -> bool:
        """Whether *path* is a folder."""
        return path == "" or self._entry(path) is True

    def names(self, folder: str) -> Collection[str]:
        """The names in *folder*; none if it is not a folder."""
        return self._listing(folder)

    def _entry(self, path: str) -> bool | None:
        folder, name = posixpath.split(path)
        if name in ("", ".", ".."):
            return True if os.path.isdir(os.path.join(self.root, path)) else None
        if folder and not leads_up(folder):  # otherwise only the last name is compared exactly
            at = ""
            for part in folder.split("/"):
                if not self._listing(at).get(part):
                    return False if self.is_outside(at) else None  # outside, it may exist
                at = f"{at}/{part}" if at else part
            if self.is_outside(folder):
                return False
        return self._listing(folder).get(name)

    def other_case(self, path: str) -> str | None:
        """The existing path that differs from *path* only in letter case; None if there is none."""
        found = ""
        for name in path.split("/"):
            names = self._fold(found)
            if name in self._listing(found):
                match: str | None = name
            else:
                match = names.get(name.casefold())
            if match is None:
                return None
            found = f"{found}/{match}" if found else match
        return found if found != path else None

    def _fold(self, folder: str) -> dict[str, str]:
        if folder not in self._folded:
            names = sorted(self._listing(folder), reverse=True)
            self._folded[folder] = {name.casefold(): name for name in names}
        return self._folded[folder]

    def line_count(self, path: str) -> int | None:
        """The number of lines of the text file at *path*; None for an empty or another file."""
        data = self._data(path)
        if not data or len(data) > MAX_TEXT_BYTES or b"\0" in data:
            return None
        ends = len(_LINE_END.findall(data))
        return ends + (data[-1:] not in (b"\n", b"\r"))

    def text(self, path: str) -> str:
        """The text of the file at *path*, invalid UTF-8 replaced; empty if it is not a file."""
        data = self._data(path)
        return data.decode("utf-8", "replace") if len(data) <= MAX_TEXT_BYTES else ""

    def _data(self, path: str) -> bytes:
        """The bytes of the file at *path*; its digest becomes a part of the snapshot."""
        if self._entry(path) is not False:
            return b""
        data = read_inside(self.root, path)
        self._read[path] = digest(data)
        return data

    @cached_property
    def files(self) -> list[str]:
        """Every file that git does not ignore, sorted."""
        from notelint.workspace.discover import tracked_or_walked

        return sorted(tracked_or_walked(self.root))

    @property
    def notes(self) -> list[str]:
        """The Markdown files of the tree."""
        from notelint.workspace.discover import notes_below

        return notes_below(self.root)

    @cached_property
    def _listed(self) -> frozenset[str]:
        return with_folders(self.files)

    def is_listed(self, path: str) -> bool:
        """Whether *path* is one of :attr:`files`, or a folder that contains one."""
        return path in self._listed

    def snapshot(self) -> list[tuple[SnapshotKind, str, str]]:
        """The kinds, paths and digests of everything that was read so far."""
        parts: list[tuple[SnapshotKind, str, str]] = [
            ("folder", folder, folder_digest(names))
            for folder, names in self._folders.items()
            if self._places.get(folder, folder) == folder
        ]
        parts += [("link", path, link_digest(end)) for path, end in self._links.items()]
        parts += [("file", path, found) for path, found in self._read.items()]
        if "files" in self.__dict__:
            parts.append(("files", "", listing_digest(self.files)))
        return parts

    @property
    def in_repository(self) -> bool:
        """Whether the tree is in a git repository."""
        return repository_root(self.root) is not None

    @property
    def is_vast(self) -> bool:
        """Whether it is the user's home, or around it, without a repository."""
        return has_home(os.path.join(self.root, "")) and not self.in_repository

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths by their last part, case-folded.

        Empty without a repository in the user's home, or around it: listing all takes too long.
        """
        found: dict[str, list[str]] = {}
        for path in () if self.is_vast else self.files:
            found.setdefault(posixpath.basename(path).casefold(), []).append(path)
        return found

    def called(self, name: str) -> list[str]:
        """The existing files with that name, in any letter case."""
        return [*filter(self.exists, self.by_name.get(name.casefold(), ()))]

    def closest(self, path: str, suggester: Suggester) -> str | None:
        """The file most like *path*: one with the same name, else a similar name in its folder.

        It is never outside of the tree.
        """
        folder, name = posixpath.split(path)
        if same := self.called(name):
            return next(iter(suggester.closest(path, same, 1, 0.0)), same[0])
        if leads_up(folder):
            return None
        near = suggester.closest(name, self._listing(folder), 1, 0.8)
        return posixpath.join(folder, near[0]) if near else None


def end_of_link(root: str, path: str) -> str | None:
    """The target of the symbolic link at *path* in the tree at *root*; None if it is outside."""
    real, top = os.path.realpath(os.path.join(root, path)), os.path.realpath(root)
    if real == top:
        return ""
    return None if leads_out(root, path) else os.path.relpath(real, top).replace(os.sep, "/")


def read_inside(root: str, path: str) -> bytes:
    """The first bytes of the file at *path* in the tree at *root*; empty if it is outside."""
    return b"" if leads_out(root, path) else beginning(os.path.join(root, path)) or b""


def leads_up(path: str) -> bool:
    """Whether the normalized *path* leads out of the tree by ``..``."""
    return path == ".." or path.startswith("../")


def with_parents(path: str) -> list[str]:
    """The folders around *path*, from the top, and *path* itself; empty for the root."""
    parts = path.split("/") if path else []
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def with_folders(paths: Sequence[str]) -> frozenset[str]:
    """*paths* and all folders around them."""
    folders = {posixpath.dirname(path) for path in paths}
    return frozenset(paths).union(*map(with_parents, folders))


def folders_above(note: str) -> list[str]:
    """The folders around the note at *note*, from the root."""
    return ["", *with_parents(posixpath.dirname(note))]


def is_below(path: str, folder: str) -> bool:
    """Whether *path* is in *folder* or a folder below it."""
    return not folder or path.startswith(f"{folder}/")
