"""What ``notelint fmt`` keeps between runs: the same output with it and without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conftest import Ran, Run, Write, cached, texts_kept

TEXTS = [
    "- a\n",
    "*  a\n",
    "# T\n\n| a | b |\n|---|---|\n",
    "a\\\nb\n",
    "1. a\n1. b\n",
    "a  b\n",
    "x\0\n",
]
LAYOUTS = [
    "",
    "number = true\n",
    'end_of_line = "crlf"\n',
    "[plugin.tables]\ncompact_tables = true\n",
]


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_give_the_same_with_a_cache(
    notelint: Run, write: Write, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        folder = chance.choice(["", "sub/"])
        what = chance.randrange(4)
        if what == 0:
            write(f"{folder}.mdformat.toml", chance.choice(LAYOUTS))
        elif what == 1 and (found := sorted(tmp_path.rglob("*.md"))):
            chance.choice(found).unlink()
        else:
            write(f"{folder}{chance.choice('abc')}.md", chance.choice(TEXTS))
        for form in (["--check"], ["--diff"]):
            assert notelint("fmt", *form) == notelint("fmt", *form, "--no-cache")
        if chance.randrange(4) == 0:
            notelint("fmt")


def test_only_what_stays_is_kept(notelint: Run, write: Write) -> None:
    write("a.md", "- a\n")
    write("b.md", "*  b\n")
    write("c.md", "*  c\0\n")
    for _ in range(2):
        ran = notelint("fmt", "--check")
        assert (ran.status, ran.out) == (2, "b.md: would be formatted\n")
        assert "c.md: left unchanged" in ran.err
        assert texts_kept("layouts") == 1


def test_another_configuration_misses(notelint: Run, write: Write) -> None:
    write("a.md", "1. a\n1. b\n")
    assert notelint("fmt", "--check").status == 0
    write(".mdformat.toml", "number = true\n")
    assert notelint("fmt", "--check").status == 1
    write(".mdformat.toml", "")
    assert notelint("fmt", "--check").status == 0


def test_a_note_that_is_excluded_now_is_left_out(notelint: Run, write: Write) -> None:
    path = write("a.md", "- a\n")
    notelint("fmt")
    path.write_text("*  a\n")
    write(".mdformat.toml", 'exclude = ["a.md"]\n')
    assert notelint("fmt", "--check") == Ran(0, "", "")


def test_nothing_is_kept_without_a_cache(notelint: Run, write: Write) -> None:
    write("a.md", "- a\n")
    notelint("fmt", "--no-cache")
    assert cached("layouts") == []


def test_what_is_kept_can_be_removed(notelint: Run, write: Write) -> None:
    write("a.md", "- a\n")
    notelint("fmt")
    assert len(cached("layouts")) == 1
    assert notelint("clean").err.startswith("Removed 1 file ")
    assert cached("layouts") == []


@pytest.mark.parametrize(
    "damage", ["", "[", "{}", "[1, [2]]", "[" * 100_000, '["' + "0" * 32 + '"]']
)
def test_damage_is_as_good_as_nothing(notelint: Run, write: Write, damage: str) -> None:
    write("a.md", "- a\n")
    write("b.md", "*  b\n")
    right = notelint("fmt", "--check")
    cached("layouts")[0].write_text(damage)
    assert notelint("fmt", "--check") == right
    assert notelint("fmt", "--check") == right
    assert texts_kept("layouts") >= 1


def test_what_another_key_proves_is_not_believed(notelint: Run, write: Write) -> None:
    write("a.md", "- a\n")
    notelint("fmt")
    before = cached("layouts")[0].read_text()
    (cached("layouts")[0].parent / "key").unlink()
    notelint("fmt")
    assert {each.read_text() for each in cached("layouts")} > {before}


def test_a_link_in_its_place_is_not_followed(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", "- a\n")
    notelint("fmt")
    (file,) = cached("layouts")
    file.unlink()
    other = tmp_path / "precious"
    other.write_text("words\n")
    file.symlink_to(other)
    assert notelint("fmt") == Ran(0, "", "")
    assert other.read_text() == "words\n"


def test_a_folder_in_the_tree_works_too(notelint: Run, write: Write, tmp_path: Path) -> None:
    write(".notelint.yaml", "cache-dir: kept\n")
    write("a.md", "- a\n")
    notelint("fmt")
    assert cached("layouts") == []
    assert len(list((tmp_path / "kept").glob("layouts-*"))) == 1
    assert notelint("fmt", "--check").status == 0
