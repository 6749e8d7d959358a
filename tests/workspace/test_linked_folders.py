"""Symbolic links between folders of a tree: a note is one note, by whatever path."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from conftest import Git, Run, Write
from notelint.markdown.document import Document
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.reachable_notes import reachable_below
from notelint.workspace.tree import Tree
from notelint.workspace.workspace import Workspace


class Counting(Tree):
    """A tree that counts the names that it was asked for."""

    looked = 0

    def names(self, folder: str) -> Collection[str]:
        found = super().names(folder)
        self.looked += len(found)
        return found


def workspace(root: Path) -> tuple[Workspace, list[str]]:
    """The tree at *root*, and the paths of the notes that it has read, fewer than 50."""
    loaded: list[str] = []

    def load(path: str) -> FileFacts:
        loaded.append(path)
        assert len(loaded) < 50
        text = (root / path).read_text("utf-8")
        return facts_of(path, Document(Source(text)))

    return Workspace(Tree(str(root)), load), loaded


@pytest.mark.parametrize(
    "links",
    [
        {"a": ".", "b": "."},
        {"d/a": ".", "d/b": "../d"},
        {"d/a": "../e", "e/a": "../d", "d/b": "../e", "e/b": "../d"},
        {"d/a": "..", "a": "d", "b": "d"},
    ],
)
def test_each_note_is_read_once(tmp_path: Path, write: Write, links: dict[str, str]) -> None:
    more = " ".join(f"[x]({each}/n.md)" for each in ("a", "b", "d", "e", "../d", "../e"))
    for name in ("README.md", "n.md", "d/n.md", "e/n.md"):
        write(name, f"# N\n\n{more}\n")
    for at, to in links.items():
        (tmp_path / at).symlink_to(to)
    there, loaded = workspace(tmp_path)
    reached = reachable_below(there, "").find_all()
    assert sorted(loaded) == sorted({*loaded}) == sorted(reached)
    assert {*reached} <= {"README.md", "n.md", "d/n.md", "e/n.md"}


def test_a_folder_is_listed_once(tmp_path: Path, write: Write) -> None:
    write("d/n.md", "# N\n")
    for name in ("a", "b"):
        (tmp_path / "d" / name).symlink_to(".")
    there, loaded = workspace(tmp_path)
    for number in range(2**8):
        path = "d/" + "".join(f"{'ab'[number >> bit & 1]}/" for bit in range(8))
        assert there.facts(f"{path}n.md")
        assert there.line_count(f"{path}n.md") == 1
        assert not there.tree.exists(f"{path}gone.md")
    assert loaded == ["d/n.md"]
    assert len(there.snapshot()) < 10


def test_a_run_over_links_that_lead_up_ends(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init")
    write("README.md", "# N\n\n[x](a/n.md) [y](b/n.md)\n")
    write("n.md", "# N\n\n[x](a/README.md#n) [y](b/README.md#no)\n")
    for name in ("a", "b"):
        (tmp_path / name).symlink_to(".")
    for _ in range(2):
        ran = notelint("check")
        assert ran.out.count("\n") == 2
        assert "n.md:3:35: error: no heading or id for `#no` in `README.md`" in ran.out


def test_a_link_that_is_led_elsewhere(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("README.md", "# N\n\n[x](l/n.md#one) [y](l/m.md)\n")
    write("x/n.md", "# N\n\n## One\n\nText.\n")
    write("x/m.md", "# M\n\nText.\n")
    write("y/n.md", "# N\n\n## Two\n\nText.\n")
    write("y/m.md", "# M\n\nText.\n")
    write("z/n.md", "# N\n\n## One\n\nText.\n")
    for target, problems in (("x", 0), ("y", 1), ("z", 1), ("x", 0), ("gone", 2), ("y", 1)):
        (tmp_path / "l").unlink(missing_ok=True)
        (tmp_path / "l").symlink_to(target)
        ran = notelint("check")
        assert ran == notelint("check", "--no-cache")
        assert ran.out.count(": error:") == problems, (target, ran.out)
        assert notelint("check") == ran


def test_a_link_in_place_of_a_folder(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("README.md", "# N\n\n[x](d/n.md#one)\n")
    for folder, title in (("d", "One"), ("e", "Two")):
        write(f"{folder}/n.md", f"# N\n\n## {title}\n\nText.\n")
    assert notelint("check").status == 0
    (tmp_path / "d").rename(tmp_path / "f")
    (tmp_path / "d").symlink_to("e")
    ran = notelint("check")
    assert ran == notelint("check", "--no-cache")
    assert "no heading or id for `#one` in `e/n.md`" in ran.out


def test_the_notes_of_a_folder_are_reached_by_its_first_link(tmp_path: Path, write: Write) -> None:
    write("README.md", "# N\n\n" + "".join(f"[x](d/?{number})\n" for number in range(20)))
    for number in range(20):
        write(f"d/{number}.md", "# N\n")
    tree = Counting(str(tmp_path))
    there = Workspace(tree, workspace(tmp_path)[0].facts)
    assert len(reachable_below(there, "").find_all()) == 21
    assert tree.looked < 100
