"""``--explain-cache``: whether the cache had the findings of a note, and why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Git, Run, Write


@pytest.fixture
def explained(notelint: Run, write: Write, git: Git) -> Callable[..., dict[str, str]]:
    """By note, what a call says of the cache."""
    git("init")
    write("a.md", "# A\n\n[b](b.md#c)\n")
    write("b.md", "# B\n\n## C\n\nText.\n")

    def run(*arguments: str) -> dict[str, str]:
        said = notelint(*(arguments or ("check",)), "--explain-cache").err
        pairs = (line.split(": ", 1) for line in said.splitlines())
        return {path: use for path, use in pairs if path.endswith(".md")}

    return run


Explained = Callable[..., dict[str, str]]


def test_what_nothing_is_known_of(explained: Explained) -> None:
    assert explained() == dict.fromkeys(("a.md", "b.md"), "miss, the note is new")
    assert explained() == dict.fromkeys(("a.md", "b.md"), "hit")


def test_a_note_that_changed(explained: Explained, write: Write) -> None:
    explained()
    write("b.md", "# B\n\n## C\n\nOther text.\n")
    # what it links is where it was
    assert explained() == {"a.md": "hit", "b.md": "miss, the note changed"}
    write("b.md", "# B\n\n## D\n\nOther text.\n")
    assert explained() == {"a.md": "miss, `b.md` changed", "b.md": "miss, the note changed"}


def test_a_file_beside_the_notes(explained: Explained, write: Write) -> None:
    write("a.md", "# A\n\n[b](b.md#c) [c](docs/c.txt#L1)\n")
    write("docs/c.txt", "one\n")
    explained()
    write("docs/d.txt", "two\n")
    assert explained()["a.md"] == "miss, folder listing of `docs` changed"
    write("docs/c.txt", "one\ntwo\n")
    assert explained()["a.md"] == "miss, `docs/c.txt` changed"


def test_a_link_out_of_the_tree(
    explained: Explained, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "c.txt"
    outside.write_text("one\n")
    (tmp_path / "c.txt").symlink_to(outside)
    write("a.md", "# A\n\n[b](b.md#c) [c](c.txt#L1)\n")
    explained()
    outside.write_text("one\ntwo\n")
    assert explained() == dict.fromkeys(("a.md", "b.md"), "hit"), "what is there is not read"


def test_a_file_that_moved(explained: Explained, write: Write, git: Git, tmp_path: Path) -> None:
    write("a.md", "# A\n\n[c](c.txt) [d](d.txt)\n")
    write("c.txt", "some text that is known again\n")
    git("add", "-A")
    git("commit", "-qm", "x")
    explained()
    write("e.txt", "some text that is known again\n")
    (tmp_path / "c.txt").unlink()
    assert explained()["a.md"].startswith("miss")
    assert explained()["a.md"] == "hit"
    git("add", "-A")
    assert explained()["a.md"] == "hit"
    write("e.txt", "another text, so that nobody knows it again\n")
    assert explained()["a.md"] == "miss, list of moved files changed"
    write("e.txt", "some text that is known again\n")
    explained()
    git("commit", "-qm", "y")  # since which no file has moved
    assert explained()["a.md"] == "miss, list of moved files changed"
    assert explained()["a.md"] == "hit"
    git("commit", "-q", "--allow-empty", "-m", "z")
    assert explained()["a.md"] == "hit"
    git("reset", "-q", "--soft", "HEAD~2")
    assert explained()["a.md"] == "miss, list of moved files changed"


def test_other_rules(explained: Explained) -> None:
    explained()
    other = explained("check", "--ignore", "images")
    assert set(other.values()) == {"miss, the rules, the configuration or notelint changed"}


def test_no_cache(explained: Explained) -> None:
    explained()
    assert set(explained("check", "--no-cache").values()) == {"miss, no cache is used"}


def test_all_is_known_after_a_fix(explained: Explained, write: Write, tmp_path: Path) -> None:
    write("c.md", "#C\n\n![](<a b.png>)\n\n[a](A.md)\n")
    write("d.md", "# D\n\n[c](c.md#c)\n\nTe\u200bxt.\n")
    before = (tmp_path / "d.md").read_bytes()
    assert explained("fix", "--unsafe")["d.md"] == "miss, the note is new"
    assert (tmp_path / "d.md").read_bytes() != before
    assert explained() == dict.fromkeys(("a.md", "b.md", "c.md", "d.md"), "hit")


def test_a_fix_that_is_only_shown_is_not_known(explained: Explained, write: Write) -> None:
    write("c.md", "# C\n\nTe\u200bxt.\n")
    explained("fix", "--diff", "--unsafe")
    assert explained()["c.md"] == "miss, the note is new"
