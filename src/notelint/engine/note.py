"""The notes of a run: where each is, and what it is called."""

from __future__ import annotations

import os
from pathlib import Path

from notelint.text.named import NamedTuple
from notelint.workspace.discover import repository_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.finding import Diagnostic


class Note(NamedTuple):
    """A file of the run: its workspace's root, and its path in there and as shown."""

    root: Path
    path: str
    shown: str

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.root / self.path


def note_at(path: str | Path, here: Path) -> Note:
    """The note at *path*; its workspace is its repository, the current folder, or its own."""
    base = os.fspath(here)
    file = os.path.normpath(os.path.join(base, path))
    folder = os.path.dirname(file)
    root = repository_root(folder) or (here if _below(file, base) else Path(folder))
    return Note(root, _inside(file, os.fspath(root)), shown(file, here))


def _inside(file: str, folder: str) -> str:
    return file[len(folder) :].lstrip(os.sep).replace(os.sep, "/")


def shown(file: Path | str, here: Path) -> str:
    """*file*, an absolute path, as reports name it: from the folder *here*, with ``/``."""
    name, base = os.fspath(file), os.fspath(here)
    if _below(name, base):
        return _inside(name, base)
    return os.path.relpath(name, base).replace(os.sep, "/")


def _below(file: str, folder: str) -> bool:
    return file.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


def from_here(found: list[Diagnostic], root: Path, here: Path) -> list[Diagnostic]:
    """*found*, whose paths are relative to *root*, with paths from the folder *here*."""
    if root == here:
        return found
    return [
        each._replace(
            path=shown(root / each.path, here),
            related=tuple(
                other._replace(path=shown(root / other.path, here)) for other in each.related
            ),
        )
        for each in found
    ]
