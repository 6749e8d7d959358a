"""The files of a repository in commits other than the one on disk."""

from __future__ import annotations

import os

from notelint.workspace.git import git
from notelint.workspace.tree import with_folders

_MAX_COMMITS = 20  # that are listed in one run
_MAX_TEXT_BYTES = 16 * 1024 * 1024
_MAX_NAME_BYTES = 32 * 1024 * 1024  # of all paths: nested trees can have billions of them


class GitTrees:
    """The commits of the repository of the folder *root*; paths are relative to its top."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._listed: dict[str, frozenset[str] | None] = {}
        self._bytes_left = _MAX_NAME_BYTES
        self._texts: dict[tuple[str, str], str | None] = {}

    def paths(self, commit: str) -> frozenset[str] | None:
        """The files and folders in *commit*; None if git lacks some, or has too many."""
        if commit not in self._listed:
            if len(self._listed) >= _MAX_COMMITS:
                return None
            how = ("ls-tree", "-r", "-z", "--name-only", commit)
            listed = git(self._root, *how, max_bytes=self._bytes_left)
            self._bytes_left -= len(listed or b"")
            names = None if listed is None else filter(None, os.fsdecode(listed).split("\0"))
            self._listed[commit] = None if names is None else with_folders([*names])
        return self._listed[commit]

    def text(self, commit: str, path: str) -> str | None:
        """The text of the file at *path* in *commit*.

        None if there is no such file, or if it is not a text file.
        """
        key = commit, path
        if key not in self._texts:
            found = git(
                self._root, "cat-file", "blob", f"{commit}:{path}", max_bytes=_MAX_TEXT_BYTES
            )
            plain = found is not None and b"\0" not in found
            self._texts[key] = found.decode("utf-8", "replace") if found and plain else None
        return self._texts[key]
