"""The paths of the notes of a run."""

from __future__ import annotations

import os

from notelint.diagnostics import Diagnostic
from notelint.text.startup import NamedTuple
from notelint.workspace.git import repository_root


class NotePath(NamedTuple):
    """A file of the run: the root of its workspace, its path from there, its path in reports."""

    root: str
    path: str
    display_path: str

    @property
    def file(self) -> str:
        """The absolute path."""
        return _folder(self.root) + self.path


def note_at(path: str, here: str) -> NotePath:
    """The note at *path*; its workspace is its repository, the folder *here*, or its own folder."""
    file = os.path.normpath(os.path.join(here, path))
    folder = os.path.dirname(file)
    root = repository_root(folder) or (here if _below(file, here) else folder)
    inside = _inside(file, root)
    return NotePath(root, inside, inside if root == here else display_path(file, here))


def _inside(file: str, folder: str) -> str:
    return file[len(folder) :].lstrip(os.sep).replace(os.sep, "/")


def display_path(file: str, here: str) -> str:
    """The absolute path *file* as reports show it: from the folder *here*, with ``/``."""
    if _below(file, here):
        return _inside(file, here)
    return os.path.relpath(file, here).replace(os.sep, "/")


def _below(file: str, folder: str) -> bool:
    return file.startswith(_folder(folder))


def _folder(path: str) -> str:
    return path if path.endswith(os.sep) else path + os.sep


def from_here(found: list[Diagnostic], root: str, here: str) -> list[Diagnostic]:
    """*found*, whose paths are from *root*, with paths from the folder *here*."""
    if root == here:
        return found

    def moved(path: str) -> str:
        return display_path(os.path.join(root, path), here)

    return [each.with_paths(moved) for each in found]
