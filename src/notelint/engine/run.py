"""A run over many files: read, lint, look across, report; one bad file never stops the others."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from notelint.engine import files
from notelint.engine.fix import Fixed, fix_document, refusal
from notelint.engine.lint import (
    Active,
    Raised,
    RulesFor,
    across,
    in_document,
    in_tree,
    located,
    stale_blocks,
)
from notelint.engine.suppress import Use, sift, unused
from notelint.finding import Diagnostic, LocatedRelated
from notelint.markdown.directives import Directive
from notelint.markdown.document import Document
from notelint.text.lines import LineIndex
from notelint.text.source import Source
from notelint.text.span import Span
from notelint.workspace.discover import repository_root
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace

T = TypeVar("T")
OnProgress = Callable[[int, int], None]  # how many notes are done, of how many


class Note(NamedTuple):
    """A file of the run: where it is, its workspace's root, and its path in there and as shown."""

    file: Path
    root: Path
    path: str
    shown: str


class Seen(NamedTuple):
    """All that a run keeps of a note once it is parsed; what it takes to look across files."""

    note: Note
    facts: FileFacts
    diagnostics: tuple[Diagnostic, ...]
    directives: tuple[Directive, ...]
    used: frozenset[Use]
    stale: tuple[Span, ...]


@dataclass(slots=True)
class Report:
    """What a run came to. ``problems`` are one-line messages about files and paths."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    files: int = 0
    fixed: Counter[str] = field(default_factory=Counter)
    changed: list[tuple[str, str, str]] = field(default_factory=list)


class Run:
    """One run over *notes*, given as paths from the current folder, with the rules of each.

    The notes of the tree that are *left_out*, by their absolute path, are not compared with others;
    a link to them is as good as any.
    """

    def __init__(
        self,
        notes: Sequence[Path],
        rules_for: RulesFor,
        left_out: Callable[[Path], bool] = lambda note: False,
    ) -> None:
        self.report = Report()
        self._rules_for = rules_for
        self._left_out = left_out
        self._here = Path.cwd()
        self._notes = [note_at(path, self._here) for path in notes]
        self._workspaces: dict[Path, Workspace] = {}
        for note in self._notes:
            if note.root not in self._workspaces:
                self._workspaces[note.root] = self._workspace(note.root)

    def _workspace(self, root: Path) -> Workspace:
        def load(path: str) -> FileFacts | None:
            try:
                data = files.read(root / path, path)
            except files.FileProblem:
                return None
            return facts_of(path, Document(Source.decode(data)))

        named = [note.path for note in self._notes if note.root == root]
        return Workspace(
            root,
            load,
            named,
            repository=repository_root(root) is not None,
            left_out=lambda path: self._left_out(root / path),
        )

    # ------------------------------------------------------------------ check

    def check(self, on_progress: OnProgress | None = None) -> Report:
        """Report what the rules find; nothing is written."""
        notes = watched(self._notes, on_progress)
        self._report_all([seen for note in notes if (seen := self._see(note))])
        return self.report

    def _see(self, note: Note) -> Seen | None:
        data = self._read(note)
        if data is None:
            return None
        active = self._rules_for(note.file)
        try:
            seen = look(note, Document(Source.decode(data)), active)
        except Exception as error:  # a bug of ours must not cost the other files
            self.report.problems.append(f"{note.shown}: {internal(error)}")
            return None
        self._workspaces[note.root].add(seen.facts)
        return seen

    def _read(self, note: Note) -> bytes | None:
        try:
            return files.read(note.file, note.shown)
        except files.FileProblem as problem:
            self.report.problems.append(str(problem))
            return None

    def _report_all(self, seen: Iterable[Seen]) -> None:
        for each in seen:
            self.report.files += 1
            self.report.diagnostics += each.diagnostics
            self.report.diagnostics += self._across(each)
            for diagnostic in each.diagnostics:
                if diagnostic.rule == "not-utf8":
                    self.report.problems.append(f"{diagnostic.path}: {diagnostic.message}")
        for root in self._workspaces:
            self.report.diagnostics += self._in_tree(root)
        self.report.diagnostics.sort(key=lambda each: each.sort_key)

    def _across(self, seen: Seen) -> Iterator[Diagnostic]:
        """What is found only once all notes are read."""
        workspace = self._workspaces[seen.note.root]
        active = self._rules_for(seen.note.file)
        raised = across(seen.facts, workspace, active)
        if not raised and not seen.directives:
            return
        lines = self._lines(seen.note.root, seen.note.path)
        sifted = sift(raised, seen.directives, seen.stale, lines)
        ran = (rule for rule, _ in active)
        idle = unused(seen.directives, seen.used | sifted.used, ran, lines)
        for each in (*sifted.kept, *idle):
            yield self._with_elsewhere(located(each, seen.note.shown, lines), each, seen.note.root)

    def _with_elsewhere(self, diagnostic: Diagnostic, raised: Raised, root: Path) -> Diagnostic:
        elsewhere = [
            LocatedRelated(
                shown(root / path, self._here),
                self._lines(root, path).range(related.span),
                related.message,
            )
            for related in raised.finding.related
            if (path := related.path) is not None
        ]
        related = (*diagnostic.related, *elsewhere)
        return replace(diagnostic, related=related) if elsewhere else diagnostic

    def _in_tree(self, root: Path) -> Iterator[Diagnostic]:
        """What is found of files that are no notes: of the whole tree, whatever was named."""
        sets = [self._rules_for(note.file) for note in self._notes if note.root == root]
        active = {each.rule.name: each for on in sets for each in on if each.rule.tree}
        for path, raised in in_tree(self._workspaces[root], active.values()):
            file = root / path
            on = any(each.rule.name == raised.rule.name for each in self._rules_for(file))
            if on and not self._left_out(file):
                yield located(raised, shown(file, self._here), LineIndex(""))

    def _lines(self, root: Path, path: str) -> LineIndex:
        return LineIndex(Source.decode(files.read(root / path, path)).text)

    # ------------------------------------------------------------------ fix

    def fix(
        self, *, unsafe: bool = False, write: bool = True, on_progress: OnProgress | None = None
    ) -> Report:
        """Apply fixes to each file, in place if *write*, then report what is left.

        ``report.changed`` holds path, text before and text after of every file that differs.
        """
        before = [(note, data) for note in self._notes if (data := self._read(note)) is not None]
        for note, data in before:  # facts first: fixes may look at any file
            self._workspaces[note.root].add(facts_of(note.path, Document(Source.decode(data))))
        left = []
        for note, data in watched(before, on_progress):
            doc = self._fixed(note, data, unsafe, write)
            seen = look(note, doc, self._rules_for(note.file))
            self._workspaces[note.root].add(seen.facts)
            left.append(seen)
        self._report_all(left)
        return self.report

    def _fixed(self, note: Note, data: bytes, unsafe: bool, write: bool) -> Document:
        doc = Document(Source.decode(data))
        if doc.source.invalid is not None:
            return doc
        workspace, active = self._workspaces[note.root], self._rules_for(note.file)

        def find(doc: Document) -> list[Raised]:
            raised = in_document(doc, active)
            raised += across(facts_of(note.path, doc), workspace, active)
            return sift(raised, doc.directives, stale_blocks(raised), doc.lines).kept

        fixed = fix_document(doc, find, unsafe=unsafe)
        self._tell_refused(note, fixed, find)
        if fixed.doc is doc or fixed.doc.source == doc.source:
            return doc
        if write:
            try:
                files.write(note.file, note.shown, data, fixed.doc.source.encode(), note.root)
            except files.FileProblem as problem:
                self.report.problems.append(str(problem))
                return doc
        self.report.fixed += fixed.applied
        self.report.changed.append((note.shown, doc.source.text, fixed.doc.source.text))
        return fixed.doc

    def _tell_refused(
        self, note: Note, fixed: Fixed, find: Callable[[Document], list[Raised]]
    ) -> None:
        if not fixed.refused:
            return
        for raised in find(fixed.doc):
            if reason := fixed.refused.get(refusal(fixed.doc, raised)):
                line = fixed.doc.lines.position(raised.finding.span.start).line
                self.report.problems.append(
                    f"{note.shown}:{line}: fix of {raised.rule.name} not applied, {reason}"
                )


def watched(each: Sequence[T], on_progress: OnProgress | None) -> Iterator[T]:
    """*each* in turn, telling *on_progress* when the caller is done with one."""
    for done, one in enumerate(each, 1):
        yield one
        if on_progress:
            on_progress(done, len(each))


def look(note: Note, doc: Document, active: Sequence[Active]) -> Seen:
    """What the rules on one document say of *note*, and what the others need to know."""
    raised = in_document(doc, active)
    stale = stale_blocks(raised)
    kept, used = sift(raised, doc.directives, stale, doc.lines)
    return Seen(
        note=note,
        facts=facts_of(note.path, doc),
        diagnostics=tuple(located(each, note.shown, doc.lines) for each in kept),
        directives=tuple(doc.directives),
        used=used,
        stale=tuple(stale),
    )


def internal(error: Exception) -> str:
    """A message for an error that is a bug in notelint, with the place to look."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"not checked, please report this bug: {type(error).__name__} at {where}: {error}"


def note_at(path: Path, here: Path) -> Note:
    """The note at *path*; its workspace is its repository, the current folder, or its own."""
    file = Path(os.path.abspath(here / path))
    root = repository_root(file.parent)
    if root is None:
        root = here if file.is_relative_to(here) else file.parent
    return Note(file, root, file.relative_to(root).as_posix(), shown(file, here))


def shown(file: Path, here: Path) -> str:
    """*file* as reports name it: relative to the folder *here*, with ``/``."""
    return Path(os.path.relpath(file, here)).as_posix()
