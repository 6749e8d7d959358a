"""``--since``: only findings on lines that changed since a revision, in real repositories."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write

OLD = "# Title\n\n[old](#gone)\n\nText.\n\n[older](#lost)\n"


@pytest.fixture
def commit(git: Git) -> Callable[[], None]:
    """Commit all there is."""
    git("init", "-q", "-b", "main")

    def run() -> None:
        git("add", "-A")
        git("commit", "-qm", "x")

    return run


def found(ran: Ran) -> list[str]:
    """Path and line of each finding."""
    assert ran.err == ""
    return [":".join(line.split(":")[:2]) for line in ran.out.split("\n")[:-2]]


def test_nothing_changed(notelint: Run, write: Write, commit: Callable[[], None]) -> None:
    write("a.md", OLD)
    commit()
    assert notelint("check", "--since", "HEAD") == Ran(0, "No problems in 1 file\n", "")


def test_only_changed_lines(
    notelint: Run, write: Write, commit: Callable[[], None], git: Git
) -> None:
    write("a.md", OLD)
    commit()
    write("a.md", OLD.replace("Text.", "Text [new](#absent)."))
    assert found(notelint("check", "--since", "HEAD")) == ["a.md:5"]
    git("add", "-A")
    assert found(notelint("check", "--since", "HEAD")) == ["a.md:5"], "staged"
    commit()
    assert found(notelint("check", "--since", "HEAD")) == []
    assert found(notelint("check", "--since", "HEAD~1")) == ["a.md:5"]


def test_lines_that_only_moved_are_not_changed(
    notelint: Run, write: Write, commit: Callable[[], None]
) -> None:
    write("a.md", OLD)
    commit()
    write("a.md", OLD.replace("# Title\n", "# Title\n\nMore.\n\nStill more.\n"))
    assert found(notelint("check", "--since", "HEAD")) == []


def test_new_files_count_whole(notelint: Run, write: Write, commit: Callable[[], None]) -> None:
    write(".gitignore", "private.md\n")
    write("a.md", OLD)
    commit()
    write("b.md", OLD)
    write("private.md", OLD)
    assert found(notelint("check", "--since", "HEAD")) == ["b.md:3", "b.md:7"]
    assert found(notelint("check", "--since", "HEAD", "private.md")) == [
        "private.md:3",
        "private.md:7",
    ]


def test_a_renamed_file_is_not_new(
    notelint: Run, write: Write, commit: Callable[[], None], git: Git
) -> None:
    write("a.md", OLD + "\nText.\n" * 20)
    commit()
    git("mv", "a.md", "b.md")
    assert found(notelint("check", "--since", "HEAD")) == []
    write("b.md", OLD + "\nText.\n" * 20 + "\n[new](#absent)\n")
    assert found(notelint("check", "--since", "HEAD")) == ["b.md:49"]


def test_a_finding_of_several_lines_counts_with_any_of_them(
    notelint: Run, write: Write, commit: Callable[[], None]
) -> None:
    toc = "<!-- toc -->\n\n- [A](#a)\n- [B](#b)\n\n<!-- tocstop -->\n\n## A\n\nText.\n"
    write("a.md", toc)
    commit()
    write("a.md", toc.replace("[B](#b)", "[C](#c)"))
    assert found(notelint("check", "--since", "HEAD")) == ["a.md:1"]


@pytest.mark.parametrize(
    "name",
    ["a b.md", "中文 笔记.md", 'quo"te.md', "back\\slash.md", "tab\t.md", "line\nend.md", "+.md"],
)
def test_any_name(notelint: Run, write: Write, commit: Callable[[], None], name: str) -> None:
    write(name, OLD)
    commit()
    write(name, OLD.replace("Text.", "[new](#absent)"))
    ran = notelint("check", "--since", "HEAD")
    assert ran.out.count("broken-anchor") == 1
    assert "#absent" in ran.out


def test_lines_that_look_like_a_header(
    notelint: Run, write: Write, commit: Callable[[], None]
) -> None:
    write("a.md", "-- a/b.md\n")
    write("b.md", OLD)
    commit()
    write("a.md", "++ b/b.md\n@@ -1 +1,9 @@\n\n[new](#absent)\ndiff --git a/b.md b/b.md\n")
    assert found(notelint("check", "--since", "HEAD")) == ["a.md:4"]


def test_a_named_file_that_is_not_markdown_by_its_name(
    notelint: Run, write: Write, commit: Callable[[], None]
) -> None:
    write("NOTES", OLD)
    commit()
    write("NOTES", OLD.replace("Text.", "[new](#absent)"))
    assert found(notelint("check", "--since", "HEAD", "NOTES")) == ["NOTES:5"]


def test_the_configuration_of_the_user_does_not_matter(
    notelint: Run, write: Write, commit: Callable[[], None], git: Git
) -> None:
    for name, value in [
        ("diff.noprefix", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("color.ui", "always"),
        ("core.quotePath", "false"),
        ("diff.external", "false"),
        ("diff.relative", "true"),
    ]:
        git("config", name, value)
    write(".gitattributes", "*.md binary\n")
    write("sub/a.md", OLD)
    commit()
    write("sub/a.md", OLD.replace("Text.", "[new](#absent)"))
    assert found(notelint("check", "--since", "HEAD")) == ["sub/a.md:5"]


def test_since_the_work_left_a_branch(
    notelint: Run, write: Write, commit: Callable[[], None], git: Git
) -> None:
    write("a.md", OLD)
    commit()
    git("checkout", "-qb", "topic")
    write("b.md", OLD)
    commit()
    git("checkout", "-q", "main")
    write("a.md", OLD.replace("(#gone)", "(#title)"))
    commit()
    git("checkout", "-q", "topic")
    assert found(notelint("check", "--since", "main")) == ["b.md:3", "b.md:7"]


def test_from_a_folder_below(
    notelint: Run,
    write: Write,
    commit: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("sub/a.md", OLD)
    commit()
    write("sub/a.md", OLD.replace("Text.", "[new](#absent)"))
    monkeypatch.chdir(tmp_path / "sub")
    assert found(notelint("check", "--since", "HEAD")) == ["a.md:5"]


@pytest.mark.parametrize("revision", ["nonsense", "-h", "--output=x", "HEAD:a.md", ""])
def test_what_is_no_revision(
    notelint: Run, write: Write, commit: Callable[[], None], tmp_path: Path, revision: str
) -> None:
    write("a.md", OLD)
    commit()
    ran = notelint("check", f"--since={revision}")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "revision" in ran.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("branch", "revision", "closest"),
    [
        ("master", "main", "master"),
        ("master", "trunk", "master"),
        ("main", "origin/master", "main"),
        ("work", "main", "origin/main"),
        ("release-2", "release2", "release-2"),
        ("work", "v1.1", "v1.0"),
        ("work", "nowhere", None),
    ],
)
def test_an_unknown_revision_has_a_closest_ref(
    notelint: Run, write: Write, git: Git, branch: str, revision: str, closest: str | None
) -> None:
    write("a.md", OLD)
    git("init", "-q", "-b", branch)
    git("add", "-A")
    git("commit", "-qm", "x")
    git("tag", "v1.0")
    if closest == "origin/main":
        git("update-ref", "refs/remotes/origin/main", "HEAD")
    ran = notelint("check", "--since", revision)
    assert (ran.status, ran.out) == (2, "")
    assert f"unknown revision `{revision}`" in ran.err
    assert ran.err.endswith(f"; did you mean `{closest}`?\n") == (closest is not None)


def test_no_endless_ref_is_named(notelint: Run, write: Write, git: Git) -> None:
    write("a.md", OLD)
    git("init", "-q", "-b", "work")
    git("add", "-A")
    git("commit", "-qm", "x")
    git("branch", "/".join(["a" * 100, "b" * 100, "main"]))
    ran = notelint("check", "--since", "main")
    assert (ran.status, "did you mean" in ran.err) == (2, False)


def test_without_a_repository(notelint: Run, write: Write) -> None:
    write("a.md", OLD)
    ran = notelint("check", "--since", "HEAD")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("is not in a git repository\n")


def test_without_git(
    notelint: Run,
    write: Write,
    commit: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    write("a.md", OLD)
    commit()
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert notelint("check", "--since", "HEAD", "a.md") == Ran(
        2, "", "notelint: --since: git is not installed\n"
    )
