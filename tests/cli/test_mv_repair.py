"""``mv --repair``: links follow moves made with other tools, as ``mv`` has them follow."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from conftest import Git, Run, Write
from notelint.workspace.git import clear_cache
from refactor.tree import state

WORDS = ("graph", "tensor", "kernel", "prune", "merge", "shard", "cache", "batch", "token", "layer")
FORMS = (
    "[t]({0})", "![t]({0})", "[t](<{0}>)", "[t](./{0} 'title')", '<img src="{0}">', "[t]({0}?q=1)",
    "[{1}][]\n\n[{1}]: {0}\n", "`[t]({0})`", "[t]({0}#one)", '<a href="{0}#one">x</a>',
)  # fmt: skip


def note(chance: random.Random, name: str, paths: list[str]) -> str:
    """A note that is told from others by its words, with links to some of *paths*."""
    words = (" ".join(chance.choices(WORDS, k=8)) for _ in range(6))
    text = f"# {name}\n\n## One\n\n" + "\n".join(words) + "\n"
    for number, target in enumerate(chance.choices(paths, k=5)):
        up = "../" * name.count("/")
        way = chance.choice([up + target, "/" + target, target])
        text += "\n" + chance.choice(FORMS).format(way.replace(" ", "%20"), f"l{number}") + "\n"
    return text


def random_tree(chance: random.Random, write: Write) -> tuple[str, str]:
    """Write a tree; what of it is to move, and where to."""
    folders = ["", "docs/", "docs/deep/", "other/", "other/a b/"]
    names = [f"{chance.choice(folders)}n{number}.md" for number in range(8)]
    names += ["docs/README.md", "docs/deep/index.md"]
    pictures = ["docs/p.png", "other/q.png"]
    paths = [*names, *pictures, "docs/", "docs/deep", "other/a b/", "gone.md"]
    for name in names:
        write(name, note(chance, name, paths))
    for name in pictures:
        write(name, name)
    old = chance.choice([*names, *pictures, "docs", "docs/deep"])
    folder = chance.choice(["", "docs/", "new/", "new/deeper/", "other/"])
    if folder.startswith(f"{old}/"):
        folder = "new/"
    return old, f"{folder}moved{Path(old).suffix}"


@pytest.mark.parametrize("seed", range(16))
def test_as_by_mv(notelint: Run, write: Write, git: Git, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    git("init", "-q")
    old, new = random_tree(chance, write)
    git("add", "-A")
    git("commit", "-qm", "x")
    ran = notelint("mv", old, new)
    if "would be gone" in ran.err:
        pytest.skip("a link to a folder that `mv` leaves nothing in")
    assert ran.status == 0, ran.err
    expected = state(tmp_path)
    git("reset", "-q", "--hard")
    git("clean", "-qfd")
    (tmp_path / new).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(tmp_path / old, tmp_path / new)
    if seed % 2:
        git("add", "-A")
    clear_cache()
    ran = notelint("mv", "--repair")
    assert (ran.status, state(tmp_path)) == (0, expected), ran.err
    assert notelint("mv", "--repair", "--check").status == 0
    assert state(tmp_path) == expected


@pytest.fixture
def repository(git: Git, write: Write) -> None:
    """A repository with notes that link each other."""
    git("init", "-q", "-b", "main")
    write("a.md", "# A\n\nWords of the first note.\n\n[b](docs/b.md) [c](docs/c.md)\n")
    write("docs/b.md", "# B\n\nWords of another note, not the same.\n\n[c](c.md)\n")
    write("docs/c.md", "# C\n\nHere is the third, and it differs.\n\n[b](b.md)\n")
    git("add", "-A")
    git("commit", "-qm", "x")


def test_since_a_revision(
    notelint: Run, repository: None, git: Git, write: Write, tmp_path: Path
) -> None:
    git("checkout", "-qb", "branch")
    git("mv", "docs/b.md", "b.md")
    git("commit", "-qm", "moved")
    assert notelint("mv", "--repair").err == "notelint: no change\n"
    ran = notelint("mv", "--repair", "--since", "main", "--check")
    assert (ran.status, ran.out) == (
        1, "a.md: would be changed\nb.md: would be changed\ndocs/c.md: would be changed\n",
    )  # fmt: skip
    assert notelint("mv", "--repair", "--since", "main").status == 0
    assert (tmp_path / "a.md").read_text().endswith("[b](b.md) [c](docs/c.md)\n")
    assert (tmp_path / "b.md").read_text().endswith("[c](docs/c.md)\n")
    assert (tmp_path / "docs" / "c.md").read_text().endswith("[b](../b.md)\n")
    assert notelint("check").status == 0


def test_a_link_that_was_corrected_by_hand_stays(
    notelint: Run, repository: None, git: Git, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "deep" / "docs").mkdir(parents=True)
    git("mv", "docs/b.md", "deep/b.md")
    write("deep/c.md", "# Another\n\nA note that is new.\n")
    # it may mean the new note, or have meant `docs/c.md`: the line is new
    text = "# B\n\nWords of another note, not the same.\n\n[c](../docs/c.md) and [c](c.md)\n"
    write("deep/b.md", text)
    ran = notelint("mv", "--repair")
    assert (tmp_path / "deep" / "b.md").read_text() == text
    assert ran.err.startswith(
        "notelint: deep/b.md:5: `c.md` leads to `deep/c.md` now, and may have meant `docs/c.md`\n"
    )
    assert (tmp_path / "a.md").read_text().endswith("[b](deep/b.md) [c](docs/c.md)\n")


def test_a_note_is_not_utf8(notelint: Run, repository: None, git: Git, tmp_path: Path) -> None:
    with open(tmp_path / "docs" / "c.md", "ab") as file:
        file.write(b"\xff [b](b.md)\n")
    git("mv", "docs/b.md", "b.md")
    before = state(tmp_path)
    ran = notelint("mv", "--repair")
    assert ran.status == 2
    assert "docs/c.md: not UTF-8" in ran.err
    assert state(tmp_path) == before


def test_a_call_that_makes_no_sense(
    notelint: Run, repository: None, git: Git, tmp_path: Path
) -> None:
    assert notelint("mv", "--repair", "a.md").status == 2
    assert notelint("mv").status == 2
    assert notelint("mv", "--since", "main", "a.md", "b.md").status == 2
    assert "unknown revision `none`" in notelint("mv", "--repair", "--since", "none").err
    git("branch", "-m", "master")
    assert notelint("mv", "--repair", "--since", "main").err.endswith("did you mean `master`?\n")
    assert notelint("mv", "--repair", "--since=--output=x").status == 2
    shutil.rmtree(tmp_path / ".git")
    clear_cache()
    assert "not a git repository" in notelint("mv", "--repair").err


def test_data(notelint: Run, repository: None, git: Git) -> None:
    git("mv", "docs/b.md", "b.md")
    ran = notelint("mv", "--repair", "--output-format", "json")
    data = json.loads(ran.out)
    assert (data["done"], data["moves"]) == (True, [])
    assert [each["path"] for each in data["changes"]] == ["a.md", "b.md", "docs/c.md"]
