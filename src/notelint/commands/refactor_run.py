"""``mv`` and ``rename``: move files and rename headings, and update every link."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from notelint.commands.check_run import open_sessions
from notelint.commands.command_settings import RefactorSettings, RunSettings
from notelint.commands.since import unknown_revision
from notelint.diagnostics import DiagnosticEdit
from notelint.engine.note_path import display_path, note_at
from notelint.engine.run import Run
from notelint.refactor.headings import rename_heading
from notelint.refactor.moves import Moves
from notelint.refactor.notes import Notes
from notelint.refactor.plan import plan
from notelint.refactor.proving import RefactorPlan
from notelint.refactor.refusal import Refusal
from notelint.text.source import LineIndex
from notelint.text.startup import NamedTuple
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.digests import digest
from notelint.workspace.facts import FileFacts
from notelint.workspace.git import base_commit, installed, repository_root


class ChangedFile(NamedTuple):
    """A file whose text changes: its path and its text, each before and after, and the edits."""

    path: str
    new: str
    before: str
    after: str
    edits: tuple[DiagnosticEdit, ...]


class RefactorReport(NamedTuple):
    """The changes of an operation, made or planned, with paths from the current folder.

    ``files`` are all files that move, also those inside a folder that moves. ``mentions`` are
    places that are not changed: path, line from 1 and message; the path is the current one.
    """

    moves: list[tuple[str, str]]
    files: list[tuple[str, str]]
    changes: list[ChangedFile]
    mentions: list[tuple[str, int, str]]

    @property
    def edits(self) -> int:
        """The number of all edits."""
        return sum(len(each.edits) for each in self.changes)


def root_of(path: str) -> str:
    """The root of the tree that *path*, a file or folder, is in."""
    return note_at(path, os.getcwd()).root


def check_names(sources: Sequence[str], target: str) -> None:
    """Raise :class:`Refusal` for a name that is empty, and for a source that holds the whole tree.

    The tree of such a source is the folder around the repository, which is not to be listed.
    """
    if not all((*sources, target)):
        raise Refusal("a name is empty")
    here = os.getcwd()
    root = os.path.join(repository_root(here) or here, "")
    for each in sources:
        if root.startswith(os.path.join(os.path.abspath(each), "")):
            wrong = "the root of the tree, or a folder around it; call from outside of it"
            raise Refusal(f"{each}: {wrong}")


def targets(sources: Sequence[str], target: str) -> list[tuple[str, str]]:
    """The new absolute path of each of *sources*, as `mv` understands *target*.

    Raises :class:`Refusal`.
    """
    into = os.path.isdir(target) or target.endswith(("/", os.sep))
    if len(sources) > 1 and not into:
        raise Refusal(f"{target}: not a folder; several files can only move into a folder")
    if len(sources) == 1 and os.path.isdir(sources[0]) and not os.path.lexists(target):
        into = False  # the slash only says that the new name is that of a folder
    found = []
    for each in sources:
        old = os.path.abspath(each)
        if not os.path.lexists(old):
            raise Refusal(f"{each}: no such file or folder")
        new = os.path.abspath(target)
        if into and not _is_same(old, new):
            new = os.path.join(new, os.path.basename(old))
        found.append((old, new))
    return found


def _is_same(old: str, new: str) -> bool:
    """Whether *new* is the same folder as *old*, on a file system that ignores letter case."""
    return old != new and all(map(os.path.isdir, (old, new))) and os.path.samefile(old, new)


def move(settings: RefactorSettings, pairs: Sequence[tuple[str, str]]) -> RefactorReport:
    """Move files and folders, given as absolute paths. Raises :class:`Refusal`, FileProblem."""
    from notelint.refactor.preflight import AbsoluteMoves, check_moves

    root = settings.root
    relative = [(_inside(old, root), _inside(new, root)) for old, new in pairs]
    check_moves(AbsoluteMoves(root, relative))
    return _run(settings, lambda notes: plan(notes, relative))


def rename(settings: RefactorSettings, note: str, anchor: str, text: str) -> RefactorReport:
    """Rename a heading of *note*, an absolute path. Raises :class:`Refusal`, FileProblem."""
    if os.path.islink(note):
        real = display_path(os.path.realpath(note), os.getcwd())
        raise Refusal(f"{display_path(note, os.getcwd())}: a symbolic link; name {real} itself")
    path = _inside(note, settings.root)

    def make(notes: Notes) -> RefactorPlan:
        return plan(notes, renamed=rename_heading(notes, path, anchor, text))

    return _run(settings, make, [path])


def repair(settings: RefactorSettings, since: str | None) -> RefactorReport:
    """Update links after moves made since the revision *since*, by default since the last commit.

    Raises :class:`Refusal`, FileProblem.
    """
    from notelint.refactor.repair import repairs

    root = settings.root
    commit = "HEAD" if since is None else base_commit(root, since)
    if repository_root(root) is None or not installed():
        raise Refusal(f"{root}: not a git repository; `--repair` reads moves from git")
    if commit is None:
        raise Refusal(unknown_revision(root, since or "HEAD"))
    with _facts(settings.run, root) as (facts, named):
        found = repairs(root, commit, facts, named)
    _write(root, found, dry=not settings.write)
    return _report(root, found, done=settings.write)


def _inside(path: str, root: str) -> str:
    found = os.path.relpath(path, root).replace(os.sep, "/")
    if found == "." or found == ".." or found.startswith("../"):
        raise Refusal(f"{display_path(path, os.getcwd())}: not in the tree {root}")
    return found


def _run(
    settings: RefactorSettings, make: Callable[[Notes], RefactorPlan], more: Sequence[str] = ()
) -> RefactorReport:
    """Carry out the plan of *make*; the files *more* are notes whatever the configuration says."""
    with _facts(settings.run, settings.root) as (facts, named):
        notes = Notes(settings.root, facts=facts, named=[*named, *more])
        found = make(notes)
        files = notes.workspace.tree.files
    _write(settings.root, found, dry=not settings.write)
    return _report(settings.root, found, files, done=settings.write)


@contextmanager
def _facts(
    settings: RunSettings, root: str
) -> Iterator[tuple[Callable[[str], FileFacts | None], list[str]]]:
    """A function that returns the facts of a note of the tree at *root*, by way of the cache.

    Also yields the notes with other suffixes, which the configuration includes.
    """
    here = os.getcwd()
    notes = [each for path in settings.files if (each := note_at(path, here)).root == root]
    with open_sessions(settings, notes) as opened:
        run = Run(opened, settings.rules_for(), jobs=settings.jobs)
        run.analyze()
        linter = next(iter(run.linters), None)
        named = [each.path for each in notes if not each.path.lower().endswith(SUFFIXES)]
        yield (linter.workspace.facts if linter else lambda path: None), named
        if linter:
            linter.save()


def _write(root: str, found: RefactorPlan, *, dry: bool) -> None:
    from notelint.refactor.transaction import apply

    writes = {path: found.after(path).encode() for path in found.edits}
    digests = {path: digest(found.sources[path].encode()) for path in found.edits}
    apply(root, writes, found.moves, digests, dry=dry)


def _report(
    root: str, found: RefactorPlan, files: Sequence[str] = (), *, done: bool
) -> RefactorReport:
    here, moves = os.getcwd(), Moves(found.moves)

    def shown(path: str) -> str:
        return display_path(os.path.join(root, path), here)

    def change(path: str) -> ChangedFile:
        before = found.sources[path].text
        lines = LineIndex(before)
        edits = (DiagnosticEdit(lines.range(span), text) for span, text in found.edits[path])
        after = found.after(path).text
        return ChangedFile(shown(path), shown(moves.new(path)), before, after, tuple(edits))

    return RefactorReport(
        [(shown(old), shown(new)) for old, new in found.moves],
        [(shown(old), shown(new)) for old in files if (new := moves.new(old)) != old],
        [*map(change, sorted(found.edits))],
        [
            (shown(moves.new(each.path) if done else each.path), each.line, each.message)
            for each in found.mentions
        ],
    )
