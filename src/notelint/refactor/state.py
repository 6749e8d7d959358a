"""The targets of links before and after an operation, in comparable terms."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from notelint.refactor.anchor_index import PREFIX, AnchorIndex, Place
from notelint.refactor.moves import MovedTree, Moves
from notelint.refactor.notes import Notes
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.resolve import Resolved
from notelint.workspace.tree import leads_up
from notelint.workspace.workspace import Workspace

# What names a place in any page: none, its top, a line.
_IN_PAGE = lazy_regex(r"(?:|top|readme|L\d.*)\Z", re.IGNORECASE)
_OF_FOLDER = ("readme.md", "index.md", "_index.md")  # the notes that are shown for a folder


class Target(NamedTuple):
    """The target of a link: a file or folder, by its path before the operation, and a place in it.

    ``found`` is the file or folder, by its path now, and ``asked`` the path as the link has it.
    """

    path: str
    place: Place
    found: str
    asked: Resolved

    def same(self, other: Target | None) -> bool:
        """Whether *other*, afterwards, is the same place of the same file.

        A fragment that named nothing may name a heading then: the link was broken.
        """
        if other is None or self.path != other.path:
            return False
        (kind, name), after = self.place, other.place
        revived = kind == "text" and after[0] == "heading" and not _IN_PAGE.match(str(name))
        return self.place == after or revived


class State:
    """The tree of *notes* after *moves*; *changed* are the anchors of notes whose headings change.

    Notes in *changed* are named by their path before.
    """

    def __init__(self, notes: Notes, moves: Moves, changed: Mapping[str, AnchorIndex]) -> None:
        self._notes = notes
        self.moves = moves
        self._changed = changed
        before = notes.workspace
        self.workspace = before
        if moves.pairs:
            self.workspace = Workspace(MovedTree(before.tree, moves), lambda path: None)

    def target(self, destination: str, note: str) -> Target | None:
        """The target of *destination* in the note that is at *note* now; None if it is unknown.

        It is unknown for addresses elsewhere, for missing files, and for placeholders.
        """
        if "\\" in destination:
            return None
        asked = self.workspace.resolve(destination, note)
        if asked.kind not in ("anchor", "local"):
            return None
        if leads_up(asked.path):
            return Target(asked.path, ("text", asked.fragment or ""), asked.path, asked)
        found = note if asked.kind == "anchor" else self.workspace.page(asked.path)
        if found is None:
            return None
        before = self.moves.old(found)
        # a folder that is made for what arrives there was nowhere before
        path = f"/{found}" if before is None else before
        return Target(path, self._place(path, asked.fragment), found, asked)

    def _place(self, path: str, fragment: str | None) -> Place:
        """The place that *fragment* names in the file that was at *path*."""
        if not fragment:
            return ("text", fragment or "")
        note = self.anchored(path)
        if note is None:
            return ("text", fragment)
        if note in self._changed:
            return self._changed[note].place(fragment)
        facts = self._notes.facts(note)
        name = fragment.removeprefix(PREFIX).casefold()
        if facts and name in facts.folded_anchors:
            return ("anchor", name)
        return ("text", fragment)

    def anchored(self, path: str) -> str | None:
        """The note whose anchors count for *path*: itself, or the note shown for a folder."""
        before = self._notes.workspace
        if self._changed and path not in self._changed and not path.startswith("/"):
            root = self._notes.workspace.tree.root
            real = os.path.relpath(os.path.realpath(self._notes.file(path)), os.path.realpath(root))
            if (shown := real.replace(os.sep, "/")) in self._changed:
                return shown
        if path.lower().endswith(SUFFIXES) or path in self._changed or path in before.named:
            return path
        tree = before.tree
        if path.startswith("/") or not tree.is_folder(path):
            return None
        names = {name.lower(): name for name in tree.names(path)}
        name = next((names[each] for each in _OF_FOLDER if each in names), None)
        return f"{path}/{name}" if path and name else name
