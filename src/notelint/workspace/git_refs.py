"""What the branches and tags of a repository name, read without calling git."""

from __future__ import annotations

import re
from functools import cached_property

from notelint.workspace.git_metadata import Metadata, text_in

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Refs:
    """The references of the repository *found*, none where that is None.

    ``asked`` are those that were asked for, and what they name.
    """

    def __init__(self, found: Metadata | None) -> None:
        self._found = found
        self.asked: dict[str, str] = {}

    @property
    def shallow(self) -> bool:
        """Whether commits are missing here, because not all were fetched."""
        return bool(self._text("shallow"))

    @cached_property
    def _packed(self) -> dict[str, str]:
        lines = self._text("packed-refs").splitlines()
        pairs = (line.split(" ", 1) for line in lines)
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and _ID.fullmatch(pair[0])}

    def id(self, name: str) -> str:
        """The id that the reference *name* has, such as ``refs/heads/main``; empty without it.

        ``HEAD`` is that of this work tree.
        """
        if name not in self.asked:
            loose = "" if ".." in name else self._text(name).strip()
            branch = loose.removeprefix("ref: ")
            if name == "HEAD" and branch.startswith("refs/heads/"):
                self.asked[name] = self.id(branch)
            else:
                self.asked[name] = loose if _ID.fullmatch(loose) else self._packed.get(name, "")
        return self.asked[name]

    def _text(self, name: str) -> str:
        if self._found is None:
            return ""
        return text_in(self._found.own if name == "HEAD" else self._found.common, name)
