"""The record of a transaction under way: what to undo if it never ends.

It is in a folder of the user, not in the tree, where a stranger could plant one. Its name depends
on a secret key of the user. The first line is what the transaction is to do, and each further
line is the number of a step, written before it is begun.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from typing import Any

from notelint.cache.folder import CacheFolder, new_key, read_key, state_folder
from notelint.engine import temporary
from notelint.refactor.refusal import Refusal

VERSION = 1
_FOREIGN = "not made by notelint; remove it"
_BUSY = "another run is moving files of this tree; wait until it ends"
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def journal_path(root: str) -> str | None:
    """The path of the journal of the tree at *root*; None if there can be none."""
    where = state_folder()
    key = read_key(where) if where else None
    return CacheFolder(where, key, True).file("moves", "journal", root) if where and key else None


class Journal:
    """The record of the transaction that moves files of the tree at the real path *root*.

    Raises :class:`Refusal` if the user has no folder for it.
    """

    def __init__(self, root: str) -> None:
        where = state_folder()
        if where is None or not (read_key(where) or new_key(where)):
            fault = "no folder for the journal of a move"
            raise Refusal(f"{fault}; set XDG_STATE_HOME to one that can be written to")
        self.path = journal_path(root) or ""
        self.index = f"{self.path}-index"  # the new index of git, as a copy
        self._file: FileIO | None = None

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Record *plan*. Raises :class:`Refusal` while another is recorded."""
        try:
            opened = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        except FileExistsError:
            raise Refusal(_BUSY) from None
        self._file = FileIO(opened, "r+b")
        self._lock()
        self._put(json.dumps({"version": VERSION, **plan}).encode())

    def step(self, number: int) -> None:
        """Record that the step *number* begins."""
        self._put(str(number).encode())

    def resume(self) -> tuple[dict[str, Any], int] | None:
        """The plan and the last step begun (-1: none) of a transaction that never ended.

        None if there is none. Raises :class:`Refusal` if it is under way.
        """
        try:
            opened = os.open(self.path, os.O_RDWR | _FLAGS)
        except FileNotFoundError:
            return None
        except OSError as error:  # a folder, or a symbolic link
            raise Refusal(f"{self.path}: {_FOREIGN} ({error.strerror})") from None
        self._file = FileIO(opened, "r+b")
        found = os.fstat(opened)
        is_ours = os.name != "posix" or found.st_uid == os.geteuid()
        if not stat.S_ISREG(found.st_mode) or not is_ours:
            raise Refusal(f"{self.path}: {_FOREIGN}")
        self._lock()
        if not os.fstat(opened).st_nlink:  # it has just ended
            self.close()
            return None
        *lines, _ = self._file.readall().split(b"\n")  # the last may be cut
        try:
            return self._parsed(lines) if lines else ({}, -1)
        except (ValueError, KeyError, TypeError, RecursionError):
            self.close()
            fault = "damaged; check which files were moved already, then remove it"
            raise Refusal(f"{self.path}: {fault}") from None

    def _parsed(self, lines: list[bytes]) -> tuple[dict[str, Any], int]:
        recorded = dict(json.loads(lines[0]))
        if recorded.pop("version") != VERSION:
            self.close()
            raise Refusal(
                f"{self.path}: written by another version of notelint; run that version once more"
            )
        plan = {name: recorded[name] for name in ("root", "steps", "emptied")}
        return plan, int(lines[-1]) if lines[1:] else -1

    def end(self) -> None:
        """Forget the transaction: it is done, or undone."""
        if sys.platform == "win32":
            self.close()
        for each in (f"{self.index}.lock", self.index, self.path):
            with suppress(FileNotFoundError):
                os.unlink(each)
        self.close()

    def close(self) -> None:
        """Close the file; the next run reads it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _put(self, line: bytes) -> None:
        assert self._file is not None
        temporary.fill(self._file, line + b"\n")
        os.fsync(self._file.fileno())

    def _lock(self) -> None:
        """Keep other runs away until this one ends. Raises Refusal if one was first."""
        assert self._file is not None
        if not temporary.locked(self._file):
            self.close()
            raise Refusal(_BUSY)
