"""Links to lines through histories with branches, merges, CRLF and several notes: no wrong repair.

`HISTORIES=200 python -m pytest tests/rules/test_drifted_histories.py` takes two hundred.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from conftest import Git
from rules.harness import fix_note

RULE = "drifted-lines"
SHARED = ["", "", "}", "  end", "  return value", "  # see above", "else:"]
_LINK = re.compile(r"\[(\d+)\]\([^)#]*(#[^)]*)\)")


class Line:
    """A line of the file, the same one wherever it moves to."""

    def __init__(self, text: str) -> None:
        self.text = text


class History:
    """A file and two notes, changed commit by commit, and the lines that each link meant."""

    def __init__(self, seed: int, folder: Path, git: Git) -> None:
        self.chance = random.Random(f"histories {seed}")
        self.folder, self.git = folder, git
        self.number = 0
        self.file, self.ends = "lib/work.rb", "\n"
        self.lines = [line for _ in range(self.chance.randint(2, 6)) for line in self.function()]
        self.notes: dict[str, list[str]] = {"docs/a.md": ["# A"], "b.md": ["# B"]}
        self.meant: dict[str, tuple[str, list[Line]]] = {}
        git("init", "--quiet", "--initial-branch=main")
        self.link()
        self.save()

    def new(self) -> Line:
        self.number += 1
        own = f"  step_{self.number} = call({self.number % 7})"
        return Line(self.chance.choice([*SHARED, own, own, own, own, own, own, own]))

    def function(self) -> list[Line]:
        self.number += 1
        name = self.chance.choice([f"def work_{self.number}", "def work"])
        body = [self.new() for _ in range(self.chance.randint(1, 7))]
        return [Line(name), *body, Line("end"), Line("")]

    def save(self, *arguments: str) -> None:
        for path in self.folder.rglob("*"):
            if path.is_file() and ".git" not in path.parts:
                path.unlink()
        written = {self.file: [each.text for each in self.lines], **self.notes}
        for name, lines in written.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes("".join(f"{each}{self.ends}" for each in lines).encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a", *arguments)

    def link(self) -> None:
        """A link, in one of the notes, to lines as they are now."""
        first = self.chance.randrange(len(self.lines))
        last = min(first + self.chance.choice([0, 0, 1, 2, 4, 9]), len(self.lines) - 1)
        fragment = f"#L{first + 1}" + (f"-L{last + 1}" if last > first else "")
        name = str(len(self.meant))
        self.meant[name] = fragment, self.lines[first : last + 1]
        note = self.chance.choice([*self.notes])
        up = "../" if "/" in note else ""
        entry = f"- see [{name}]({up}{self.file}{fragment}) there"
        self.notes[note].insert(self.chance.randint(1, len(self.notes[note])), entry)

    def change(self, start: int, stop: int) -> None:
        """Change the file, in ``lines[start:stop]`` alone."""
        lines, chance = self.lines, self.chance
        at = chance.randint(start, stop)
        kind = chance.choice(["insert", "function", "delete", "move", "rewrite", "copy", "swap"])
        block = lines[at : min(at + chance.randint(1, 5), stop)]
        if kind == "insert":
            lines[at:at] = [self.new() for _ in range(chance.randint(1, 3))]
        elif kind == "function":
            lines[at:at] = self.function()
        elif kind == "delete" and len(lines) > 12:
            del lines[at : at + len(block)]
        elif kind == "move":
            del lines[at : at + len(block)]
            to = chance.randint(start, max(stop - len(block), start))
            lines[to:to] = block
        elif kind == "rewrite":
            lines[at : at + len(block)] = [self.new() for _ in block]
        elif kind == "copy":
            to = chance.randint(start, stop)
            lines[to:to] = [Line(each.text) for each in block]
        elif len(block) > 1:
            lines[at : at + len(block)] = [*block[1:], block[0]]

    def step(self) -> None:
        """One commit, or a branch that is merged."""
        chance = self.chance
        kind = chance.choice(
            ["change"] * 5 + ["link", "merge", "merge", "rename", "crlf", "reword", "note", "twice"]
        )
        if kind == "change":
            self.change(0, len(self.lines))
        elif kind == "link":
            self.link()
        elif kind == "merge":
            self.merge()
            return
        elif kind == "rename":
            self.number += 1
            self.file = f"lib/work{self.number}.rb"
        elif kind == "crlf":
            self.ends = "\r\n" if self.ends == "\n" else "\n"
        elif kind == "twice":  # a change and a link in one commit
            self.change(0, len(self.lines))
            self.link()
        else:
            name = chance.choice([*self.notes])
            at = chance.randrange(len(self.notes[name]))
            if kind == "reword":
                self.notes[name][at] += " now"
            else:
                self.notes[name][at:at] = ["text", ""]
        self.save()

    def merge(self) -> None:
        """Changes above a line in a branch, changes below it in main, and both in a merge."""
        middle = self.chance.randint(0, len(self.lines))
        below, base = self.lines[middle:], len(self.lines) - middle
        notes = {name: [*lines] for name, lines in self.notes.items()}
        self.git("checkout", "--quiet", "-b", "side")
        for _ in range(self.chance.randint(1, 2)):
            self.change(0, len(self.lines) - base)
            self.save()
        above = self.lines[: len(self.lines) - base]
        self.git("checkout", "--quiet", "main")
        self.lines, self.notes = [*above, *below], notes
        self.git("merge", "--quiet", "--no-commit", "--strategy=ours", "side")
        if self.chance.random() < 0.5:
            self.change(len(above), len(self.lines))
        self.save()
        self.git("branch", "--quiet", "-D", "side")

    def right(self, name: str) -> str | None:
        """The fragment for the lines that a link meant; None where they are not as they were.

        Only the text tells an end from another one.
        """
        fragment, meant = self.meant[name]
        at = next((at for at, each in enumerate(self.lines) if each is meant[0]), -1)
        now = [each.text for each in self.lines[at : at + len(meant)]]
        if at < 0 or now != [each.text for each in meant]:
            return None
        return f"#L{at + 1}" + (f"-L{at + len(meant)}" if "-" in fragment else "")


@pytest.mark.parametrize("seed", range(int(os.environ.get("HISTORIES", "25"))))
def test_no_repair_is_wrong(seed: int, tmp_path: Path, git: Git) -> None:
    history = History(seed, tmp_path, git)
    for _ in range(history.chance.randint(2, 9)):
        history.step()
    for note in history.notes:
        for name, fragment in _LINK.findall(fix_note(RULE, tmp_path, note)):
            assert fragment in (history.meant[name][0], history.right(name)), (note, name)
