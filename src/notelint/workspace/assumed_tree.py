"""A tree without files, for a text on its own."""

from __future__ import annotations

from collections.abc import Collection

from notelint.workspace.tree import Tree


class AssumeExists(Tree):
    """A tree without files, in which every linked path counts as existing."""

    def __init__(self) -> None:
        super().__init__("")

    @property
    def in_repository(self) -> bool:
        """False."""
        return False

    def exists(self, path: str) -> bool:
        """True."""
        return True

    def has(self, path: str) -> bool:
        """False: nothing is known to exist."""
        return False

    def is_folder(self, path: str) -> bool:
        """False: nothing is known to be a folder."""
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
        """Empty: there are only the notes of the run."""
        return []
