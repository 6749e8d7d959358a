"""What ``notelint toc`` keeps between runs: the same output with it and without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conftest import Run, Write, cached, texts_kept

START, END = "<!-- START doctoc -->", "<!-- END doctoc -->"
INDEX = "<!-- index:start -->\n<!-- index:end -->\n"
TEXTS = [
    "# T\n\n## A\n",
    f"# T\n\n{START}\n{END}\n\n## A\n",
    f"# T\n\n{START}\n\n- [A](#a)\n\n{END}\n\n## A\n",
    f"# T\n\n{START}\n\n- [B](#b)\n\n> Words of a person.\n\n{END}\n\n## A\n",
    f"# T\n\n{START}\n\n## A\n",
    f"# T\n\n{INDEX}",
    "no heading\n",
    "## Ä\n",
]
CONFIGS = [
    "",
    "toc: {bullet: '*'}\n",
    "toc: {min-level: 2}\n",
    "severity: {toc-markers: warning}\n",
]


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_give_the_same_with_a_cache(
    notelint: Run, write: Write, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        what = chance.randrange(5)
        if what == 0:
            write(".notelint.yaml", chance.choice(CONFIGS))
        elif what == 1 and (found := sorted(tmp_path.rglob("*.md"))):
            chance.choice(found).unlink()
        else:
            name = f"{chance.choice(['', 'sub/'])}{chance.choice('abc')}.md"
            text = chance.choice(TEXTS)
            write(name, text.encode("latin-1") if chance.randrange(8) == 0 else text)
        for form in (["--check"], ["--diff"], ["--check", "."], ["--check", "--ordered"]):
            assert notelint("toc", *form) == notelint("toc", *form, "--no-cache")
        if chance.randrange(3) == 0:
            paths = chance.choice([[], ["."]])
            ran = notelint("toc", *paths)
            again = notelint("toc", *paths)
            assert again == notelint("toc", *paths, "--no-cache")
            assert ran.status == again.status


def test_only_where_nothing_is_to_do(notelint: Run, write: Write) -> None:
    write("a.md", TEXTS[0])
    write("b.md", TEXTS[1])
    write("c.md", TEXTS[3])
    write("d.md", TEXTS[4])
    write("e.md", TEXTS[5])
    for _ in range(2):
        notelint("toc", "--check")
        assert texts_kept("tables") == 1
    notelint("toc")
    assert texts_kept("tables") == 1
    notelint("toc")
    assert texts_kept("tables") == 2  # the table of b.md


def test_an_index_is_as_other_notes_are(notelint: Run, write: Write) -> None:
    write("README.md", f"# R\n\n{INDEX}")
    write("a.md", "# A\n")
    assert notelint("toc").out == "README.md: refreshed\n"
    assert notelint("toc", "--check").status == 0
    write("b.md", "# B\n")
    assert notelint("toc", "--check").status == 1


def test_an_index_that_is_asked_for_is_written(notelint: Run, write: Write) -> None:
    note = write("README.md", "# R\n")
    write("a.md", "# A\n")
    notelint("toc")
    notelint("toc", "--index", ".")
    assert "(a.md)" in note.read_text()


def test_nothing_is_kept_without_a_cache(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n")
    notelint("toc", "--no-cache")
    assert cached("tables") == []


def test_what_is_kept_can_be_removed(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n")
    notelint("toc")
    assert len(cached("tables")) == 1
    assert notelint("clean").err.startswith("Removed 1 file ")
    assert cached("tables") == []


@pytest.mark.parametrize("damage", ["", "[", "{}", "[1, [2]]", '["' + "0" * 32 + '"]'])
def test_damage_is_as_good_as_nothing(notelint: Run, write: Write, damage: str) -> None:
    write("a.md", TEXTS[0])
    write("b.md", TEXTS[1])
    right = notelint("toc", "--check")
    cached("tables")[0].write_text(damage)
    assert notelint("toc", "--check") == right
    assert notelint("toc", "--check") == right
    assert texts_kept("tables") >= 1


def test_what_another_key_proves_is_not_believed(notelint: Run, write: Write) -> None:
    write("a.md", "# A\n")
    notelint("toc")
    before = cached("tables")[0].read_text()
    (cached("tables")[0].parent / "key").unlink()
    notelint("toc")
    assert {each.read_text() for each in cached("tables")} > {before}
