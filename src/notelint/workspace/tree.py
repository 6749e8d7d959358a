"""The files of a tree, by exact names on every file system."""

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
    from notelint.workspace.digests import Kind

_LINE_END = re.compile(rb"\r\n?|\n")


class Tree:
    """The folder *root*. Paths are relative to it, normalized, with ``/``; ``""`` is the root.

    Names are compared as the folder lists them: ``Image.PNG`` is not ``image.png``, even if the
    file system would open either. A folder is listed once, at its first use.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._folders: dict[str, dict[str, bool]] = {}
        self._folded: dict[str, dict[str, str]] = {}
        self._read: dict[str, str] = {}  # path to digest
        self._places: dict[str, str | None] = {"": ""}
        self._links: dict[str, str | None] = {}

    def _listing(self, folder: str) -> dict[str, bool]:
        """Names in *folder*, and whether each is a folder; empty where it cannot be read."""
        if folder not in self._folders:
            place = self.place(folder)
            if place == folder:
                self._folders[folder] = names_in(os.path.join(self.root, folder))
            else:
                self._folders[folder] = {} if place is None else self._listing(place)
        return self._folders[folder]

    def place(self, folder: str) -> str | None:
        """The path of *folder* without symbolic links; None where one leads out of the tree.

        By links that lead up, a folder has paths without number.
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
        """The place of *name* in the folder *place*, which is behind no link."""
        path = posixpath.join(place, name)
        if path not in self._links:
            if not os.path.islink(os.path.join(self.root, path)):
                return path
            self._links[path] = end_of_link(self.root, path)
        return self._links[path]

    def is_outside(self, folder: str) -> bool:
        """Whether a symbolic link of the tree leads out to *folder*: nothing is known of it."""
        return self.place(folder) is None

    def real(self, path: str) -> str:
        """*path* without symbolic links to folders, as far as these stay in the tree."""
        folder, _, name = path.rpartition("/")
        place = self.place(folder)
        return path if place is None or place == folder else posixpath.join(place, name)

    def exists(self, path: str) -> bool:
        """Whether a file or a folder of exactly this path is there."""
        return path == "" or self._entry(path) is not None

    def has(self, path: str) -> bool:
        """Whether a file or a folder of exactly this path is known to be there."""
        return self._entry(path) is not None

    def is_folder(self, path: str) -> bool:
        """Whether *path* is a folder."""
        return path == "" or self._entry(path) is True

    def names(self, folder: str) -> Collection[str]:
        """The names in *folder*; none where it is no folder."""
        return self._listing(folder)

    def _entry(self, path: str) -> bool | None:
        folder, name = posixpath.split(path)
        if name in ("", ".", ".."):
            return True if os.path.isdir(os.path.join(self.root, path)) else None
        if folder and not leads_up(folder):  # else only the last name is compared exactly
            at = ""
            for part in folder.split("/"):
                if not self._listing(at).get(part):
                    return False if self.is_outside(at) else None  # there it may be
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
        """The number of lines of the text file at *path*; None if it is empty or no text file."""
        data = self._data(path)
        if not data or len(data) > MAX_TEXT_BYTES or b"\0" in data:
            return None
        ends = len(_LINE_END.findall(data))
        return ends + (data[-1:] not in (b"\n", b"\r"))

    def text(self, path: str) -> str:
        """The text of the file at *path*, what is no UTF-8 replaced; empty where it is no file."""
        data = self._data(path)
        return data.decode("utf-8", "replace") if len(data) <= MAX_TEXT_BYTES else ""

    def _data(self, path: str) -> bytes:
        """The bytes of the file at *path*, on which what is found depends from now on."""
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
        """The Markdown files among them."""
        from notelint.workspace.discover import notes_below

        return notes_below(self.root)

    @cached_property
    def _listed(self) -> frozenset[str]:
        return with_folders(self.files)

    def is_listed(self, path: str) -> bool:
        """Whether *path* is one of the files, or a folder with one of them in it."""
        return path in self._listed

    def snapshot(self) -> list[tuple[Kind, str, str]]:
        """The kinds, paths and digests of all that was read so far, as in a snapshot."""
        parts: list[tuple[Kind, str, str]] = [
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
    def is_vast(self) -> bool:
        """Whether it is the user's home, or around it, without a repository."""
        return has_home(os.path.join(self.root, "")) and repository_root(self.root) is None

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths by the last part of their name, without letter case.

        None in a tree that is vast: to list all takes too long.
        """
        found: dict[str, list[str]] = {}
        for path in () if self.is_vast else self.files:
            found.setdefault(posixpath.basename(path).casefold(), []).append(path)
        return found

    def called(self, name: str) -> list[str]:
        """The files of that name that are there, without letter case."""
        return [*filter(self.exists, self.by_name.get(name.casefold(), ()))]

    def closest(self, path: str, suggester: Suggester) -> str | None:
        """The file most like *path*: of the same name anywhere, or a similar one in its folder.

        Nothing outside of the tree is named.
        """
        folder, name = posixpath.split(path)
        if same := self.called(name):
            return next(iter(suggester.closest(path, same, 1, 0.0)), same[0])
        if leads_up(folder):
            return None
        near = suggester.closest(name, self._listing(folder), 1, 0.8)
        return posixpath.join(folder, near[0]) if near else None


class AssumeExists(Tree):
    """A tree without a disk, for a single text: every linked path counts as existing."""

    def __init__(self) -> None:
        super().__init__("")

    def exists(self, path: str) -> bool:
        """True."""
        return True

    def has(self, path: str) -> bool:
        """Whether *path* is known to be there: no."""
        return False

    def is_folder(self, path: str) -> bool:
        """Whether *path* is known to be a folder: no."""
        return False

    def place(self, folder: str) -> str | None:
        """*folder*: there are no symbolic links."""
        return folder

    def names(self, folder: str) -> Collection[str]:
        """None: no folder is read."""
        return ()

    def line_count(self, path: str) -> int | None:
        """None: no file is read."""
        return None

    def text(self, path: str) -> str:
        """Empty: no file is read."""
        return ""

    @property
    def notes(self) -> list[str]:
        """None beside those of the run."""
        return []


def end_of_link(root: str, path: str) -> str | None:
    """Where the symbolic link at *path* leads in the tree at *root*; None for out of it."""
    real, top = os.path.realpath(os.path.join(root, path)), os.path.realpath(root)
    if real == top:
        return ""
    return None if leads_out(root, path) else os.path.relpath(real, top).replace(os.sep, "/")


def read_inside(root: str, path: str) -> bytes:
    """The first bytes of the file at *path* in the tree at *root*; none where a link leads out."""
    return b"" if leads_out(root, path) else beginning(os.path.join(root, path)) or b""


def leads_up(path: str) -> bool:
    """Whether the normalized *path* leaves the tree."""
    return path == ".." or path.startswith("../")


def with_parents(path: str) -> list[str]:
    """The folders that *path* is in, from the top, and *path* itself; none for the root."""
    parts = path.split("/") if path else []
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def with_folders(paths: Sequence[str]) -> frozenset[str]:
    """*paths*, and the folders that they are in."""
    folders = {posixpath.dirname(path) for path in paths}
    return frozenset(paths).union(*map(with_parents, folders))


def folders_above(note: str) -> list[str]:
    """The folders that the note at *note* is in, from the root."""
    return ["", *with_parents(posixpath.dirname(note))]
