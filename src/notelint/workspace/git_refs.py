"""The commits of branches and tags in a repository.

They are read from files: calling git takes longer than the rest of a run in which nothing changed.
Git is called only without such files, as in a repository with the format ``reftable``.
"""

from __future__ import annotations

import re
from functools import cached_property

from notelint.workspace.git import git
from notelint.workspace.git_metadata import Metadata, text_in

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Refs:
    """The references of the repository *found*; none if that is None.

    ``asked`` has the ids of the references that were looked up.
    """

    def __init__(self, found: Metadata | None) -> None:
        self._found = found
        self.asked: dict[str, str] = {}

    @property
    def shallow(self) -> bool:
        """Whether some commits were not fetched."""
        return bool(self._text("shallow"))

    @cached_property
    def _elsewhere(self) -> bool:
        """Whether the references are not stored in files that can be read here."""
        return self._text("HEAD").strip() in ("", "ref: refs/heads/.invalid")

    @cached_property
    def _packed(self) -> dict[str, str]:
        text = self._git("show-ref", "--head") if self._elsewhere else self._text("packed-refs")
        pairs = (line.split(" ", 1) for line in text.splitlines())
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and _ID.fullmatch(pair[0])}

    def id(self, name: str) -> str:
        """The id of the reference *name*, such as ``refs/heads/main``; empty if there is none.

        ``HEAD`` is the one of this work tree.
        """
        if name not in self.asked:
            branch = self.target(name) if name == "HEAD" else ""
            loose = "" if ".." in name else self._text(name).strip()
            if branch.startswith("refs/heads/"):
                self.asked[name] = self.id(branch)
            else:
                self.asked[name] = loose if _ID.fullmatch(loose) else self._packed.get(name, "")
        return self.asked[name]

    def target(self, name: str) -> str:
        """The reference that *name*, such as ``HEAD``, points to; empty if it is not symbolic."""
        if self._elsewhere:
            return self._git("symbolic-ref", "--quiet", name).strip()
        start, _, target = self._text(name).partition("ref:")
        return "" if start else target.strip()

    def _git(self, *arguments: str) -> str:
        answer = git(self._found.top, *arguments) if self._found else None
        return (answer or b"").decode("utf-8", "surrogateescape")

    def _text(self, name: str) -> str:
        if self._found is None:
            return ""
        return text_in(self._found.own if name == "HEAD" else self._found.common, name)
