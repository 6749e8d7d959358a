"""Links to lines that have moved: histories of all kinds, and no wrong repair."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from conftest import Git, Run, Write
from rules.harness import fix_note, run_on_note

RULE = "drifted-lines"
KINDS = ["insert", "insert", "delete", "move", "rename", "rewrite", "copy", "note", "line"]
CODE = [f"    step_{number} = work({number})" for number in range(1, 31)]


def save(git: Git, *arguments: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "a", *arguments)


@pytest.fixture
def repository(tmp_path: Path, git: Git, write: Write) -> Path:
    """A repository in whose note a link leads to the lines 10 to 12 of `run.py`."""
    git("init", "--quiet", "--initial-branch=main")
    write("run.py", "\n".join(CODE) + "\n")
    write("note.md", "# A\n\nsee [the step](run.py#L10-L12) there\n")
    save(git)
    return tmp_path


def change(folder: Path, *lines: str) -> None:
    (folder / "run.py").write_text("\n".join(lines) + "\n")


def test_lines_above(repository: Path, git: Git) -> None:
    assert run_on_note(RULE, repository) == []
    change(repository, "import os", "import re", *CODE)
    (found,) = run_on_note(RULE, repository)
    assert found.covers == "#L10-L12"
    assert found.message == "lines 10–12 of `run.py` are lines 12–14 now"
    save(git)
    assert "(run.py#L12-L14)" in fix_note(RULE, repository)


@pytest.mark.parametrize("name", ["笔记.md", 'a "b" c.md'])
def test_a_name_that_git_quotes(repository: Path, git: Git, name: str) -> None:
    git("mv", "note.md", name)
    save(git)
    (repository / name).write_text("# A\n\nlook at [the step](run.py#L10-L12) there\n")
    save(git)
    change(repository, "import os", *CODE)
    (found,) = run_on_note(RULE, repository, name)
    assert found.message == "lines 10–12 of `run.py` are lines 11–13 now"


def test_one_line_keeps_its_neighbor(repository: Path, git: Git, write: Write) -> None:
    write("note.md", "[a](run.py#L10) [b](/run.py?raw=1#L20C5-L20C9)\n")
    save(git)
    change(repository, *CODE[3:8], *CODE[9:])
    text = fix_note(RULE, repository)
    assert text == "[a](run.py#L6) [b](/run.py?raw=1#L16C5-L16C9)\n"


def test_one_line_in_another_place_is_not_sure(repository: Path, git: Git, write: Write) -> None:
    write("note.md", "[a](run.py#L10)\n")
    save(git)
    change(repository, *CODE[:9], *CODE[10:20], "between", CODE[9], "more", *CODE[20:])
    assert run_on_note(RULE, repository) == []


def test_what_was_rewritten_or_copied_is_not_judged(repository: Path) -> None:
    change(repository, *CODE[:10], "    other = 1", *CODE[11:])
    assert run_on_note(RULE, repository) == []
    change(repository, "x", *CODE, *CODE[9:12])
    assert run_on_note(RULE, repository) == []
    change(repository, "x", *CODE[:9])
    assert run_on_note(RULE, repository) == []


def test_the_commit_that_wrote_the_link_counts(repository: Path, git: Git, write: Write) -> None:
    change(repository, "import os", *CODE)
    save(git)
    write("note.md", "# A\n\nlook at [the step](run.py#L10-L12) there\n")
    save(git)
    (found,) = run_on_note(RULE, repository)
    assert "are lines 11–13 now" in found.message, "the line was changed, and the link was not"
    write("note.md", "# A\n\nlook at [the step](run.py#L10-L13) there\n")
    save(git)
    assert run_on_note(RULE, repository) == []
    change(repository, "import os", "import re", *CODE)
    (found,) = run_on_note(RULE, repository)
    assert "are lines 11–14 now" in found.message


def test_a_note_that_is_renamed_or_split(repository: Path, git: Git, write: Write) -> None:
    change(repository, "import os", *CODE)
    save(git)
    git("mv", "note.md", "other.md")
    save(git)
    (found,) = run_on_note(RULE, repository, "other.md")
    assert "are lines 11–13 now" in found.message
    text = (repository / "other.md").read_text()
    write("other.md", "# A\n")
    write("new/part.md", text.replace("run.py", "../run.py") + "\nmuch more text\n" * 40)
    save(git)
    assert run_on_note(RULE, repository, "new/part.md") == [], "it stood in another note before"


def test_what_git_does_not_know(repository: Path, git: Git, write: Write, tmp_path: Path) -> None:
    change(repository, "import os", *CODE)
    write("note.md", "# A\n\n[new](run.py#L10-L12)\n")
    assert run_on_note(RULE, repository) == [], "the link is not committed"
    git("checkout", "--quiet", "note.md")
    save(git)
    git("clone", "--quiet", "--depth=1", f"file://{repository}", "clone")
    assert run_on_note(RULE, repository / "clone") == [], "the clone is shallow"


def test_links_that_are_right_for_good(repository: Path, git: Git, write: Write) -> None:
    git("remote", "add", "origin", "https://github.com/me/notes")
    url = "https://github.com/me/notes/blob"
    write("note.md", f"[a]({url}/v1/run.py#L10-L12) [b]({url}/main/run.py#L10-L12)\n")
    save(git)
    change(repository, "import os", *CODE)
    (found,) = run_on_note(RULE, repository)
    assert found.span.start > len(url) + 20


def test_what_is_cached_follows_the_history(
    repository: Path, notelint: Run, git: Git, write: Write
) -> None:
    def told() -> bool:
        return RULE in notelint("check", "--select", RULE, ".").out

    change(repository, "import os", *CODE)
    assert told()
    write("note.md", "# A\n\nsee [the step](run.py#L10-L12) there, or [not](run.py#L1)\n")
    assert not told()
    save(git)
    assert told(), "the line was changed, and the link was not"
    change(repository, *CODE)
    assert not told()


class History:
    """A repository whose file and note are changed at random, and where the lines went."""

    def __init__(self, seed: int, folder: Path, git: Git) -> None:
        self.chance = random.Random(seed)
        self.folder, self.git = folder, git
        self.number = 0
        self.lines = [self.line() for _ in range(self.chance.randint(8, 40))]
        self.file, self.note = "src/run.py", "note.md"
        self.above = 0
        git("init", "--quiet", "--initial-branch=main")
        first = self.chance.randrange(len(self.lines))
        last = min(first + self.chance.choice([0, 0, 1, 2, 3, 6]), len(self.lines) - 1)
        self.meant = self.lines[first : last + 1]
        self.link = f"#L{first + 1}" + (f"-L{last + 1}" if last > first else "")
        self.words = "see"
        self.save()

    def line(self) -> list[str]:
        """A new line, which is one object; many say what others say, too."""
        self.number += 1
        common = ["", "}", "    return None", "    pass", "else:"]
        new = f"value_{self.number} = call({self.number})"
        return [self.chance.choice([*common, new, new, new, new, new])]

    def save(self) -> None:
        for path in (*self.folder.glob("*.md"), *self.folder.glob("src/*.py")):
            path.unlink()
        note, file = self.folder / self.note, self.folder / self.file
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(f"{each[0]}\n" for each in self.lines))
        before = "text\n\n" * self.above
        note.write_text(f"# A\n\n{before}{self.words} [a]({self.file}{self.link}) there\n")
        save(self.git, "--allow-empty")

    def step(self) -> None:
        """One commit: insertion, deletion, move, rename, rewrite, or a change of the note."""
        chance, lines = self.chance, self.lines
        at = chance.randrange(len(lines) + 1)
        size = chance.randint(1, 6)
        kind = chance.choice(KINDS)
        if kind == "insert":
            lines[at:at] = [self.line() for _ in range(size)]
        elif kind == "delete" and len(lines) > size + 2:
            del lines[at : at + size]
        elif kind == "move":
            block = lines[at : at + size]
            del lines[at : at + size]
            to = chance.randrange(len(lines) + 1)
            lines[to:to] = block
        elif kind == "rename":
            self.file = f"src/run{self.number}.py"
        elif kind == "rewrite" and at < len(lines):
            lines[at] = self.line()
        elif kind == "copy":
            lines[at:at] = [[each[0]] for each in chance.choices(lines, k=size)]
        elif kind == "note":
            self.above += 1
        else:
            self.words += " also"
        self.save()

    @property
    def right(self) -> str | None:
        """The fragment for the lines that were meant; None where they are not as they were."""
        ids = [id(each) for each in self.lines]
        first = ids.index(id(self.meant[0])) if id(self.meant[0]) in ids else -1
        last = first + len(self.meant)
        if first < 0 or ids[first:last] != [id(each) for each in self.meant]:
            return None
        return f"#L{first + 1}" + (f"-L{last}" if "-" in self.link else "")


@pytest.mark.parametrize("seed", range(40))
def test_no_repair_is_wrong(seed: int, tmp_path: Path, git: Git) -> None:
    history = History(seed, tmp_path, git)
    for _ in range(history.chance.randint(1, 6)):
        history.step()
    text = fix_note(RULE, tmp_path, history.note)
    (fragment,) = re.findall(r"\(.*(#.*)\)", text)
    assert fragment in (history.link, history.right)
