"""The targets of the links in a tree, and the headings of its notes."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator

from notelint.engine.live_linter import LiveLinter
from notelint.markdown.document import recent
from notelint.text.source import Range, Source
from notelint.text.startup import NamedTuple
from notelint.workspace import read_note
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.resolve import Resolved
from notelint.workspace.tree import leads_up


class ResolvedLink(NamedTuple):
    """A link and what it leads to: a path from the root, and a fragment, None without one."""

    fact: LinkFact
    path: str
    fragment: str | None


class LinkMap:
    """The links and headings of the notes of *linter*; each note is read once until it changes.

    Paths are relative to the root of the tree.
    """

    def __init__(self, linter: LiveLinter) -> None:
        self._linter = linter
        self._links: dict[str, tuple[FileFacts, object, list[ResolvedLink]]] = {}
        self._titles: dict[str, tuple[FileFacts, list[tuple[str, Range]]]] = {}

    @property
    def notes(self) -> list[str]:
        """The notes of the tree."""
        return self._linter.workspace.notes

    def read(self, path: str) -> None:
        """Read the note at *path* now, so that later answers need not."""
        self.titles(path)
        self.links(path)

    def is_read(self, path: str) -> bool:
        """Whether the note at *path* has been read since it changed."""
        facts = self._linter.session.analyses.get(path)
        if facts is None:
            return path in self._linter.session.failed
        return path in self._links and self._links[path][0] is facts.facts

    def file_of(self, found: Resolved) -> str | None:
        """The file or folder that *found* leads to; None if there is none in the tree."""
        workspace = self._linter.workspace
        if found.kind not in ("local", "anchor") or leads_up(found.path):
            return None
        return workspace.page(found.path)

    def links(self, path: str) -> list[ResolvedLink]:
        """The links of the note at *path* that lead to something in the tree.

        A link that is written as a reference counts by its definition.
        """
        workspace = self._linter.workspace
        facts = workspace.facts(path)
        if facts is None:
            return []
        known = self._links.get(path)
        if known is None or known[0] is not facts or known[1] is not workspace:
            known = facts, workspace, [*self._find(facts)]
            self._links[path] = known
        return known[2]

    def _find(self, facts: FileFacts) -> Iterator[ResolvedLink]:
        for link, found in self._linter.workspace.inside(facts):
            to = self.file_of(found)
            if to is not None:
                yield ResolvedLink(link, to, found.fragment)

    def links_to(self, path: str, fragment: str | None) -> Iterator[tuple[str, ResolvedLink]]:
        """The notes and their links that lead to the file at *path*, to *fragment* if given."""
        wanted = {path}
        if posixpath.basename(path).lower() in ("readme.md", "index.md"):
            wanted.add(posixpath.dirname(path))
        for note in self.notes:
            for link in self.links(note):
                if link.path in wanted and fragment in (None, link.fragment):
                    yield note, link

    def titles(self, path: str) -> list[tuple[str, Range]]:
        """The texts and the ranges of the headings of the note at *path*."""
        facts = self._linter.workspace.facts(path)
        if facts is None:
            return []
        known = self._titles.get(path)
        if known is None or known[0] is not facts:
            known = facts, self._headings(path)
            self._titles[path] = known
        return known[1]

    def _headings(self, path: str) -> list[tuple[str, Range]]:
        file = os.path.join(self._linter.session.root, path)
        try:
            doc = recent(Source.decode(read_note.read(file, path)))
        except read_note.FileProblem:
            return []
        return [(each.text, doc.lines.range(each.span)) for each in doc.headings]
