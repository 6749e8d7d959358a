"""The targets of links before and after an operation, in comparable terms."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from notelint.refactor.anchor_index import PREFIX, AnchorIndex, Part
from notelint.refactor.moves import MovedTree, Moves
from notelint.refactor.notes import Notes
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.resolve import Resolved
from notelint.workspace.tree import leads_up
from notelint.workspace.workspace import Workspace

# Fragments that mean the same in any page: none, its top, a line.
_IN_PAGE = lazy_regex(r"(?:|top|readme|L\d.*)\Z", re.IGNORECASE)
_OF_FOLDER = ("readme.md", "index.md", "_index.md")  # the notes that are shown for a folder


class Target(NamedTuple):
    """The target of a link: a file or folder, by its path before the operation, and a part of it.

    ``resolved`` has the path as the link names it. The path of a folder that the operation makes
    begins with ``/``.
    """

    path: str
    part: Part
    resolved: Resolved

    def same(self, other: Target | None) -> bool:
        """Whether *other*, afterwards, is the same part of the same file.

        A fragment that led to nothing may lead to a heading then: the link was broken.
        """
        if other is None or self.path != other.path:
            return False
        kind, name = self.part
        mended = kind == "text" and other.part[0] == "heading" and not _IN_PAGE.match(str(name))
        return self.part == other.part or mended


class State:
    """The tree of *notes* after *moves*.

    *anchors* are those of notes with a renamed heading, by the path before the moves.
    """

    def __init__(self, notes: Notes, moves: Moves, anchors: Mapping[str, AnchorIndex]) -> None:
        self._notes = notes
        self.moves = moves
        self._anchors = anchors
        before = notes.workspace
        self.workspace = before
        if moves.pairs:
            self.workspace = Workspace(MovedTree(before.tree, moves), lambda path: None)

    def target(self, destination: str, note: str) -> Target | None:
        """The target of *destination* in the note at *note* in this state; None if not known.

        That is so for addresses elsewhere, missing files, and placeholders.
        """
        if "\\" in destination:
            return None
        resolved = self.workspace.resolve(destination, note)
        if resolved.kind not in ("anchor", "local"):
            return None
        if leads_up(resolved.path):
            return Target(resolved.path, ("text", resolved.fragment or ""), resolved)
        found = note if resolved.kind == "anchor" else self.workspace.page(resolved.path)
        if found is None:
            return None
        before = self.moves.old(found)
        path = f"/{found}" if before is None else before
        return Target(path, self._part(path, resolved.fragment), resolved)

    def _part(self, path: str, fragment: str | None) -> Part:
        """The part that *fragment* leads to in the file that was at *path*."""
        if not fragment:
            return ("text", fragment or "")
        note = self._note_of(path)
        if note is None:
            return ("text", fragment)
        if note in self._anchors:
            return self._anchors[note].part(fragment)
        facts = self._notes.facts(note)
        name = fragment.removeprefix(PREFIX).casefold()
        if facts and name in facts.folded_anchors:
            return ("anchor", name)
        return ("text", fragment)

    def _note_of(self, path: str) -> str | None:
        """The note whose anchors count for *path*: itself, or the note shown for a folder."""
        before = self._notes.workspace
        tree = before.tree
        if self._anchors and path not in self._anchors and not path.startswith("/"):
            file, root = map(os.path.realpath, (self._notes.file(path), tree.root))
            if (real := os.path.relpath(file, root).replace(os.sep, "/")) in self._anchors:
                return real
        if path.lower().endswith(SUFFIXES) or path in self._anchors or path in before.named:
            return path
        if path.startswith("/") or not tree.is_folder(path):
            return None
        names = {name.lower(): name for name in tree.names(path)}
        name = next((names[each] for each in _OF_FOLDER if each in names), None)
        return f"{path}/{name}" if path and name else name
