"""The notes of some folders as an editor has them: open texts replace those on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from notelint.api import lint_text
from notelint.config.config_files import FILE_NAMES
from notelint.config.configs import Configs
from notelint.config.errors import ConfigError
from notelint.diagnostics import Diagnostic, RunReport
from notelint.engine.live_linter import LiveLinter
from notelint.engine.note_errors import errors_isolated
from notelint.engine.note_path import NotePath, note_at
from notelint.engine.rule_sets import RuleSets
from notelint.engine.session import Session
from notelint.markdown.document import Document, recent
from notelint.report.gathered import gathered
from notelint.server.buffers import Buffer
from notelint.server.link_map import LinkMap
from notelint.text.source import Source
from notelint.text.startup import NamedTuple
from notelint.text.suffixes import SUFFIXES
from notelint.workspace import read_note, unsaved
from notelint.workspace.discover import forget_listings, tracked_or_walked
from notelint.workspace.git import repository_root


class NoteInTree(NamedTuple):
    """A note, and the linter and the links of its tree."""

    linter: LiveLinter
    note: NotePath
    links: LinkMap


class OpenNotes:
    """The notes below *folders*, absolute paths, and others that are open.

    *warn* is called once with each problem that is not a finding in a note. Paths are absolute; a
    text without a name has its address instead.
    """

    def __init__(self, folders: Sequence[str], warn: Callable[[str], None]) -> None:
        self.folders = list(folders)
        self.buffers: dict[str, Buffer] = {}
        self._warn = warn
        self.reload()

    def reload(self) -> None:
        """Read the configuration again, and check all notes with it."""
        forget_listings()
        self.configs = Configs(paths=self.folders)
        self._rules_for = RuleSets(self.configs)
        self._linters: dict[str, LiveLinter] = {}
        self._links: dict[str, LinkMap] = {}
        self._warned: set[str] = set()

    # ------------------------------------------------------------------ changes

    def open(self, buffer: Buffer) -> None:
        """Use the text of *buffer* for its note."""
        self.buffers[buffer.key] = buffer
        if buffer.path is not None:
            unsaved.put_unsaved(buffer.path, buffer.data)
            self.look_again()
            self._renew(buffer.path)

    def changed(self, buffer: Buffer) -> None:
        """Use the new text of *buffer*, which is open."""
        if buffer.path is not None:
            unsaved.put_unsaved(buffer.path, buffer.data)
            self._renew(buffer.path)

    def close(self, key: str) -> Buffer | None:
        """Use the text on the disk for the note *key* again; return what was open."""
        buffer = self.buffers.pop(key, None)
        if buffer is not None and buffer.path is not None:
            unsaved.drop_unsaved(buffer.path)
            self.look_again()
            self._renew(buffer.path)
        return buffer

    def look_again(self) -> None:
        """Find out what changed on the disk."""
        forget_listings()
        if not self.configs.is_current():
            self.reload()
        for linter in self._linters.values():
            linter.look_again()
            self._update_named(linter)

    def disk_changed(self, paths: Iterable[str]) -> None:
        """Find out what changed in the files and folders at *paths*."""
        changed = [*paths]
        forget_listings()
        named = any(os.path.basename(each) in FILE_NAMES for each in changed)
        # a folder brings its configuration along, and takes it away
        if named or (not all(map(os.path.isfile, changed)) and not self.configs.is_current()):
            self.reload()
            return
        for linter in self._linters.values():
            below = os.path.join(linter.session.root, "")
            for each in (each for each in changed if each.startswith(below)):
                path = each[len(below) :].replace(os.sep, "/")
                for known in linter.known_below(path):
                    linter.renew(known)
            linter.refresh_tree()
            self._update_named(linter)

    # ------------------------------------------------------------------ queries

    def is_note(self, path: str) -> bool:
        """Whether the file at *path* is a note to check."""
        buffer = self.buffers.get(path)
        named = buffer is not None and buffer.language == "markdown"
        if named or path.lower().endswith(SUFFIXES) or self.configs.includes(path):
            return self.configs.reads(path)
        return False

    def all(self) -> list[str]:
        """The notes below the folders, and those that are open."""
        found = {key for key, each in self.buffers.items() if each.path}
        for folder in self.folders:
            below = tracked_or_walked(folder)
            found.update(os.path.join(folder, *each.split("/")) for each in below)
        return sorted(filter(self.is_note, found))

    def place(self, path: str) -> NoteInTree:
        """The note at *path* with the linter and the links of its tree."""
        note = self.note_path(path)
        if note.root not in self._linters:
            session = Session(note.root, [], self.configs.excluded)
            linter = self._linters[note.root] = LiveLinter(session, self._rules_for)
            self._links[note.root] = LinkMap(linter)
            self._update_named(linter)
        return NoteInTree(self._linters[note.root], note, self._links[note.root])

    def note_path(self, path: str) -> NotePath:
        """The note at *path*, which may not be there, in its tree."""
        above = (each for each in self.folders if path.startswith(os.path.join(each, "")))
        return note_at(path, max(above, key=len, default=os.getcwd()))

    def findings(self, key: str) -> list[Diagnostic]:
        """The findings of ``notelint check`` in the note *key* if all open texts were saved.

        The paths in it are relative to the root of the tree.
        """
        buffer = self.buffers.get(key)
        if buffer is not None and buffer.path is None:
            return lint_text(buffer.data, key) if buffer.language == "markdown" else []
        if buffer is None and not (os.path.isabs(key) and os.path.lexists(key)):
            return []  # an old version, a cell of a notebook, a file that is gone
        try:
            self.configs.of(key)
        except ConfigError as error:
            self._warn_once(str(error))
        if not self.is_note(key):
            return []
        linter, note, _ = self.place(key)
        report = RunReport()
        with errors_isolated(note, report):
            report.diagnostics += linter.diagnostics(note._replace(display_path=note.path))
        for problem in report.failures:
            self._warn_once(problem)
        if why := linter.session.failed.get(note.path):
            self._warn_once(why)
        return gathered(sorted(report.diagnostics, key=lambda each: each.sort_key))

    def document(self, key: str) -> Document | None:
        """The note *key*, parsed; None if it cannot be read."""
        if buffer := self.buffers.get(key):
            return buffer.document
        try:
            return recent(Source.decode(read_note.read(key, key)))
        except read_note.FileProblem:
            return None

    # ------------------------------------------------------------------

    def _renew(self, path: str) -> None:
        linter, note, _ = self.place(path)
        if not self.is_note(path):
            forget_listings()
            linter.refresh_tree()  # a link may name a line of this text
        elif note.path in linter.session.analyses or note.path in linter.session.failed:
            linter.renew(note.path)

    def _update_named(self, linter: LiveLinter) -> None:
        """Pass the notes with other suffixes to *linter*, if they have changed."""
        root = linter.session.root
        below, named = os.path.join(root, ""), set[str]()
        # without a repository, a folder above those of the editor may be the whole disk
        whole = repository_root(root) and any(each.startswith(below) for each in self.folders)
        if root in self.folders or whole:
            named.update(self.configs.included_in(root, tracked_or_walked(root)))
        for path, buffer in self.buffers.items():
            if buffer.language == "markdown" and path.startswith(below):
                named.add(path[len(below) :].replace(os.sep, "/"))
        if named != linter.session.named:
            linter.name_notes(frozenset(named))

    def _warn_once(self, problem: str) -> None:
        if problem not in self._warned:
            self._warned.add(problem)
            self._warn(problem)
