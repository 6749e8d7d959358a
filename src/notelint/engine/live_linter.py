"""Rules applied to a tree that keeps changing, as in an editor that is open for hours."""

from __future__ import annotations

import os
from functools import partial

from notelint.cache.dependency_check import TreeNow
from notelint.cache.entry import status_stamp
from notelint.engine.analyze import analyze_bytes, read_stamped
from notelint.engine.linter import RulesFor
from notelint.engine.note_path import NotePath
from notelint.engine.session import Session
from notelint.engine.tree_linter import TreeLinter
from notelint.markdown.document import Document, keep, recent
from notelint.markdown.edited_document import EditedDocument
from notelint.text.source import Source
from notelint.workspace.read_note import FileProblem
from notelint.workspace.unsaved import unsaved


class LiveLinter(TreeLinter):
    """A :class:`TreeLinter` that checks again what depends on a change."""

    def __init__(self, session: Session, rules_for: RulesFor) -> None:
        super().__init__(session, rules_for)
        self._edited: dict[str, EditedDocument] = {}  # of notes with unsaved text

    def renew(self, path: str) -> None:
        """Analyze the note at *path* if it has changed."""
        note = NotePath(self.session.root, path, path)
        if unsaved(note.file) is None:
            self._edited.pop(path, None)
        try:
            data, stamp = read_stamped(note)
        except FileProblem as problem:
            if path in self.session.analyses or path in self.session.failed:
                self.take(note, str(problem))
            return
        if not self.is_current(note, data):
            parse = partial(self._document, note)
            self.take(note, analyze_bytes(self._rules_for, note, data, stamp, parse))

    def _document(self, note: NotePath, source: Source) -> Document:
        """The document of *source*, the new text of *note*; made from the last one if possible."""
        if unsaved(note.file) is None:
            return recent(source)
        doc = EditedDocument(source, self._edited.get(note.path))
        self._edited[note.path] = doc
        keep(doc)
        return doc

    def known_below(self, path: str) -> list[str]:
        """The notes at *path*, or in that folder, that were analyzed or could not be analyzed."""
        known = {**self.session.analyses, **self.session.failed}
        return [each for each in known if each == path or each.startswith(f"{path}/")]

    def look_again(self) -> None:
        """Look for changes on the disk, in notes and in the files around them."""
        for path, analysis in [*self.session.analyses.items()]:
            if not self._is_stamped(path, analysis.stamp):
                self.renew(path)
        for path in [*self.session.failed]:
            self.renew(path)
        self.refresh_tree()

    def refresh_tree(self) -> None:
        """Look for changes in the files around the notes; after any, check all notes again."""
        now, seen = TreeNow(self.session.root), self.workspace.snapshot()
        if self._has_other_notes() or any(now.digest(kind, path) != at for kind, path, at in seen):
            self.name_notes(self.session.named)

    def _has_other_notes(self) -> bool:
        """Whether the list of all notes changed since an editor asked for it.

        A snapshot does not contain that list.
        """
        known = vars(self.workspace).get("notes")
        return known is not None and known != self._workspace().notes

    def name_notes(self, named: frozenset[str]) -> None:
        """Read the tree again, with the files *named* as notes, whatever their suffix."""
        self.session.named = named
        self.workspace = self._workspace()
        self._found.clear()

    def _is_stamped(self, path: str, stamp: str) -> bool:
        """Whether the file at *path* has not changed since it was read; True for unsaved text."""
        file = os.path.join(self.session.root, path)
        if unsaved(file) is not None:
            return True
        try:
            return stamp.rpartition(" ")[0] == status_stamp(os.stat(file))
        except OSError:
            return False
