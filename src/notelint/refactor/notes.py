"""The notes and HTML files of a tree, as they are on disk or as an editor has them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from notelint.markdown.document import Document
from notelint.markdown.html import Tag, tags_and_comments
from notelint.markdown.source_map import MappedText, SourceMap
from notelint.text.source import LINE_END, LineIndex, Source
from notelint.workspace import read_note
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.outgoing import Reference, in_html, references
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace

HTML = (".html", ".htm")
MOST_HTML = 4 * 1024 * 1024  # bytes; no page written by hand is longer


class HtmlFile:
    """An HTML file of the tree: its source and its references."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = LineIndex(source.text)
        plain = LINE_END.sub("\n", source.text)  # as the parser of notes has it
        mapped = MappedText(plain, SourceMap([(0, 0)]), self.lines)
        self.tags = [
            each for each in tags_and_comments(mapped, 0, len(plain)) if isinstance(each, Tag)
        ]

    @cached_property
    def references(self) -> list[Reference]:
        """Its references; none where `<base>` says that they start elsewhere."""
        if any(tag.name == "base" and tag.get("href") for tag in self.tags):
            return []
        return [*in_html(self.tags, self.source.text)]


class Notes:
    """The notes and HTML files of the tree at *root*; paths are relative to it, with ``/``.

    *facts* may know the facts of a note, or return None. *named* are notes with another suffix.
    *tree* replaces the one on disk.
    """

    def __init__(
        self,
        root: str,
        *,
        facts: Callable[[str], FileFacts | None] = lambda path: None,
        named: Iterable[str] = (),
        tree: Tree | None = None,
    ) -> None:
        self.root = root
        self._known = facts
        self.workspace = Workspace(tree or Tree(root), self._load, named)
        self.document = lru_cache(64)(lambda path: Document(self.source(path)))
        self.html_file = lru_cache(16)(lambda path: HtmlFile(self.source(path)))
        self._facts: dict[str, FileFacts | None] = {}

    @cached_property
    def notes(self) -> list[str]:
        """The notes, without symbolic links, which lead to another note or to no note."""
        return [path for path in self.workspace.notes if not self.is_link(path)]

    @cached_property
    def html_files(self) -> list[str]:
        """The HTML files."""
        return [
            path
            for path in self.workspace.tree.files
            if path.lower().endswith(HTML) and not self.is_link(path) and self._is_small(path)
        ]

    def is_link(self, path: str) -> bool:
        """Whether there is a symbolic link at *path*."""
        return os.path.islink(self.file(path))

    def _is_small(self, path: str) -> bool:
        try:
            return os.path.getsize(self.file(path)) <= MOST_HTML
        except OSError:
            return False

    def facts(self, path: str) -> FileFacts | None:
        """The facts of the note at *path*; None if it is no note or cannot be read."""
        if path not in self._facts:  # the workspace needs system calls to know that it is a note
            self._facts[path] = self.workspace.facts(path)
        return self._facts[path]

    def _load(self, path: str) -> FileFacts | None:
        if known := self._known(path):
            return known
        try:
            return facts_of(path, self.document(path), copies=False)
        except read_note.FileProblem:
            return None

    def source(self, path: str) -> Source:
        """The source of the file at *path*. Raises :class:`FileProblem`."""
        return Source.decode(read_note.read(self.file(path), path))

    def file(self, path: str) -> str:
        """The absolute path of the file at *path*."""
        return os.path.join(self.root, path)

    def is_html(self, path: str) -> bool:
        """Whether the file at *path* is read as HTML."""
        return path.lower().endswith(HTML) and path not in self.workspace.named

    def references(self, path: str) -> list[Reference]:
        """The references of the note or HTML file at *path*. Raises :class:`FileProblem`."""
        if self.is_html(path):
            return self.html_file(path).references
        return references(self.document(path))

    def destinations(self, path: str) -> Iterable[str]:
        """The destinations in the note or HTML file at *path*, in any order. Raises FileProblem."""
        facts = None if self.is_html(path) else self.facts(path)
        if facts is None:
            return [each.destination for each in self.references(path)]
        links = [each.destination for each in facts.links if each.kind != "reference"]
        return [*links, *facts.other_destinations]
