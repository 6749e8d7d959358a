"""Random moves and renames on a copy of a folder of notes, and how many links lead elsewhere after.

    python tests/benchmarks/moves.py FOLDER...             # 200 operations on each
    python tests/benchmarks/moves.py FOLDER --number 50 --seed 7 --time

Links are traced by notelint's resolver, as ``check`` uses it, before and after each operation,
from the files on disk. What an operation refuses is counted, and named. With ``--time``, a check
without a cache and a move with a warm one are timed, each in a process of its own. The exit status
is 1 where a link leads elsewhere.
"""

from __future__ import annotations

import argparse
import os
import posixpath
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from notelint.refactor.anchor_index import AnchorIndex
from notelint.refactor.headings import rename_heading
from notelint.refactor.moves import Moves
from notelint.refactor.notes import Notes
from notelint.refactor.plan import plan
from notelint.refactor.proving import RefactorPlan
from notelint.refactor.refusal import Refusal
from notelint.refactor.state import State
from notelint.refactor.transaction import apply
from notelint.workspace.digests import digest
from notelint.workspace.facts import FileFacts
from notelint.workspace.git import clear_cache
from notelint.workspace.read_note import FileProblem

Traced = dict[str, list[tuple[str, object] | None]]
_WORDS = ("Overview", "How it works", "概要", "Notes & more", "The `x_y` way", "Part 1", "C++")
_ENDS = ("moved", "new name", "移动", "b (1", "x_y")


class Collection:
    """A copy of the notes in *folder*, with the links of each as they were read last."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root, chance
        self._facts: dict[str, tuple[bytes, FileFacts | None]] = {}
        self.refused: list[str] = []

    def notes(self) -> Notes:
        """The notes as they are on disk now."""
        clear_cache()
        from notelint.workspace import discover

        discover._listed.cache_clear()
        found = Notes(str(self.root), facts=lambda path: self._known(path))
        self._reading = found
        return found

    def _known(self, path: str) -> FileFacts | None:
        from notelint.markdown.document import Document
        from notelint.text.source import Source
        from notelint.workspace.facts import facts_of

        data = (self.root / path).read_bytes()
        if self._facts.get(path, (b"",))[0] != data or path not in self._facts:
            self._facts[path] = data, facts_of(path, Document(Source.decode(data)), copies=False)
        return self._facts[path][1]

    def traced(self, notes: Notes, renamed: str | None = None) -> Traced:
        """Where each link leads; in the note *renamed* to the numbers of headings."""
        known = {renamed: AnchorIndex(notes.document(renamed))} if renamed else {}
        state = State(notes, Moves(()), known)
        found: Traced = {}
        for path in (*notes.notes, *notes.html_files):
            # `shortest` may join what were two spellings, so each reference counts
            targets = [state.target(each, path) for each in notes.destinations(path)]
            found[path] = [each and (each.path, each.part) for each in targets]
        return found

    def operation(
        self, notes: Notes
    ) -> tuple[RefactorPlan | None, str, Callable[[str], str], str | None]:
        """A random one: its plan, its name, the way of paths, and the note with another heading."""
        if self.chance.random() < 0.4:
            note = self.chance.choice(notes.notes)
            headings = [each for each in notes.document(note).headings if each.slug]
            if headings:
                anchor = self.chance.choice(headings).slug
                text = self.chance.choice([*_WORDS, self.chance.choice(headings).text.strip()])
                name = f"rename {note}#{anchor} {text!r}"

                def make() -> RefactorPlan:
                    return plan(notes, renamed=rename_heading(notes, note, anchor, text))

                return self._planned(name, make), name, lambda path: path, note
        pairs = self._pairs(notes)
        name = f"mv {pairs}"
        made = self._planned(name, lambda: plan(notes, pairs))
        return made, name, Moves(pairs).new, None

    def _pairs(self, notes: Notes) -> list[tuple[str, str]]:
        tree = notes.workspace.tree
        folders = sorted({posixpath.dirname(path) for path in tree.files} - {""})
        old = self.chance.choice(folders if folders and self.chance.random() < 0.2 else tree.files)
        inside = [each for each in folders if each != old and not each.startswith(f"{old}/")]
        folder = self.chance.choice(["", f"{self.chance.choice(_ENDS)}", *inside])
        stem, end = posixpath.splitext(posixpath.basename(old))
        name = self.chance.choice([stem, f"{stem} {self.chance.choice(_ENDS)}"]) + end
        new = posixpath.join(folder, name)
        return [] if tree.exists(new) or f"{folder}/".startswith(f"{old}/") else [(old, new)]

    def _planned(self, name: str, make: Callable[[], RefactorPlan]) -> RefactorPlan | None:
        try:
            return make()
        except Refusal as why:
            self.refused.append(f"{name}: {why}")
            return None

    def write(self, made: RefactorPlan) -> None:
        """Do it."""
        texts = {path: made.after(path).encode() for path in made.edits}
        read = {path: digest(each.encode()) for path, each in made.sources.items()}
        apply(str(self.root), texts, made.moves, read)


def shuffle(folder: Path, number: int, seed: int) -> int:
    """Do *number* operations on a copy of *folder*; return how many links lead elsewhere."""
    with tempfile.TemporaryDirectory() as above:
        root = Path(os.path.realpath(above), "tree")
        shutil.copytree(folder, root, ignore=shutil.ignore_patterns(".git"))
        _git(root, "init", "-q")
        _git(root, "add", "-A")
        work = Collection(root, random.Random(seed))
        notes = work.notes()
        wrong = done = edits = links = 0
        for _ in range(number):
            made, name, new, renamed = work.operation(notes)
            if made is None or not (made.moves or made.edits):
                continue
            before = work.traced(notes, renamed)
            try:
                work.write(made)
            except FileProblem as problem:
                work.refused.append(f"{name}: {problem}")
                continue
            done += 1
            edits += sum(map(len, made.edits.values()))
            notes = work.notes()
            bad, links = _compared(before, work.traced(notes, renamed), new)
            wrong += len(bad)
            for each in bad[:5]:
                print(f"  {name}: {each}")
        print(
            f"{folder}: {done} operations, {len(work.refused)} refused, {edits} edits; of {links} ",
            f"links, {wrong} lead elsewhere",
            sep="",
        )
        for each in work.refused:
            print(f"  refused: {each[:300]}")
        return wrong


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def _compared(before: Traced, after: Traced, new: Callable[[str], str]) -> tuple[list[str], int]:
    """What leads elsewhere, and the number of links."""
    bad, number = [], 0
    for path, targets in before.items():
        now = after.get(new(path), [])
        if len(now) != len(targets):
            bad.append(f"{path}: {len(targets)} links became {len(now)}")
            continue
        for was, each in zip(targets, now, strict=True):
            number += 1
            if was and (each is None or (new(was[0]), was[1]) != each):
                bad.append(f"{path}: {was} became {each}")
    return bad, number


def timed(folder: Path) -> None:
    """Print the processor time of a cold check, and of a move with a warm cache."""
    with tempfile.TemporaryDirectory() as above:
        root = Path(os.path.realpath(above), "tree")
        shutil.copytree(folder, root, ignore=shutil.ignore_patterns(".git"))
        _git(root, "init", "-q")
        _git(root, "add", "-A")
        note = sorted(root.rglob("*.md"))[0].relative_to(root)
        environment = {**os.environ, "XDG_CACHE_HOME": f"{above}/cache", "XDG_STATE_HOME": above}
        for name, call in (
            ("cold check", ["check", "--exit-zero"]),
            (
                "cold move, no cache",
                ["mv", str(note), "elsewhere/moved.md", "--no-cache", "--check"],
            ),
            ("warm move", ["mv", str(note), "elsewhere/moved.md"]),
        ):
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, "-m", "notelint", *call, "--jobs", "1"],
                cwd=root, env=environment, check=False, capture_output=True,
            )  # fmt: skip
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(
                f"  {name}: {end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime:.2f} s"
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time", action="store_true")
    given = parser.parse_args()
    wrong = 0
    for folder in given.folders:
        if given.time:
            timed(folder)
        if given.number:
            wrong += shuffle(folder, given.number, given.seed)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
