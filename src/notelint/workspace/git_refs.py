"""What the branches and tags of a repository name, read without calling git."""

from __future__ import annotations

import re
from functools import cached_property

from notelint.workspace.git_metadata import Metadata, text_in

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Refs:
    """The references in the folder *common*, none where that is None.

    ``asked`` are those that were asked for, and what they name.
    """

    def __init__(self, common: str | None) -> None:
        self._common = common
        self.asked: dict[str, str] = {}

    @cached_property
    def _packed(self) -> dict[str, str]:
        lines = self._text("packed-refs").splitlines()
        pairs = (line.split(" ", 1) for line in lines)
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and _ID.fullmatch(pair[0])}

    def id(self, name: str) -> str:
        """The id that the reference *name* has, such as ``refs/heads/main``; empty without it."""
        if name not in self.asked:
            loose = "" if ".." in name else self._text(name).strip()
            self.asked[name] = loose if _ID.fullmatch(loose) else self._packed.get(name, "")
        return self.asked[name]

    def _text(self, name: str) -> str:
        return text_in(self._common, name) if self._common else ""


def refs_of(found: Metadata | None) -> Refs:
    """The references of a repository; none without one."""
    return Refs(found.common if found else None)
