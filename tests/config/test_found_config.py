"""Configuration that lies in a tree is a stranger's: where it counts, and what it can't do."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Git, Run, Write

NOTE = "# Title\n\n[](https://x.test/)\n"
OFF = "ignore: [empty-link]\n"
SECRET = "AKIA_SECRET_VALUE"
NAMES = (".notelint.yaml", ".notelint.yml", "pyproject.toml")
NARROW = "wrap = 40\n"
LONG = "# Title\n\n" + " ".join(["word"] * 20) + "\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs files that Windows has not")


def off_in(name: str) -> str:
    """A configuration, for the file *name*, with which :data:`NOTE` is fine."""
    return OFF if name != "pyproject.toml" else '[tool.notelint]\nignore = ["empty-link"]\n'


# -------------------------------------------------------------- how far it is looked for


@pytest.mark.parametrize("name", NAMES)
def test_no_further_than_the_repository(
    notelint: Run,
    write: Write,
    git: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    write(name, off_in(name))
    git("init", "repo")
    write("repo/docs/a.md", NOTE)
    monkeypatch.chdir(tmp_path / "repo" / "docs")
    assert notelint("check").status == 1
    write(f"repo/{name}", off_in(name))
    assert notelint("check").status == 0


def test_no_further_than_the_work_tree(
    notelint: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".notelint.yaml", OFF)
    write("module/.git", "gitdir: ../.git/modules/module\n")  # as a submodule has it
    write("module/a.md", NOTE)
    monkeypatch.chdir(tmp_path / "module")
    assert notelint("check").status == 1


def test_outside_of_repositories_no_further_than_the_current_folder(
    notelint: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".notelint.yaml", OFF)
    write("sub/a.md", NOTE)
    monkeypatch.chdir(tmp_path / "sub")
    assert notelint("check").status == 1
    assert notelint("check", "a.md").status == 1
    assert notelint("check", os.pardir).status == 0, "which the call names"


def test_a_path_elsewhere_has_its_own(
    notelint: Run, write: Write, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write("here/.notelint.yaml", OFF)
    note = write("other/docs/a.md", NOTE)
    assert notelint("check", str(note)).status == 1
    assert notelint("check", str(note.parent)).status == 1
    write("other/.notelint.yaml", OFF)
    assert notelint("check", str(note)).status == 1, "above the folder of a single file"
    git("init", "other")
    assert notelint("check", str(note)).status == 0
    assert notelint("check", str(note.parent)).status == 0


def test_how_notes_are_laid_out_is_found_the_same_way(
    notelint: Run, write: Write, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".mdformat.toml", NARROW)
    git("init", "repo")
    write("repo/docs/a.md", LONG)
    write("sub/deep/a.md", LONG)
    monkeypatch.chdir(tmp_path / "repo")
    assert notelint("fmt", "--check").status == 0
    monkeypatch.chdir(tmp_path / "sub")
    assert notelint("fmt", "--check").status == 0
    write("sub/.mdformat.toml", NARROW)
    assert notelint("fmt", "--check").status == 1
    monkeypatch.chdir(tmp_path / "repo")
    folder = str(tmp_path / "sub")
    assert notelint("fmt", "--check", folder).status == 1, "up to the folder that is named"


def test_the_project_to_begin_is_that_of_the_repository(
    notelint: Run, write: Write, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".notelint.yaml", "nonsense: 1\n")
    git("init", "repo")
    write("repo/a.md", NOTE)
    monkeypatch.chdir(tmp_path / "repo")
    assert notelint("init").status == 0
    assert (tmp_path / "repo" / ".notelint.yaml").exists()


# -------------------------------------------------------------- which files it may be

_FROM = ["init", "--from-markdownlint"]
READ = [
    (".notelint.yaml", ["check"]),
    (".notelint.yml", ["links"]),
    ("pyproject.toml", ["toc"]),
    (".mdformat.toml", ["fmt", "--check"]),
    (".markdownlintignore", _FROM),
    (".markdownlint.json", _FROM),
    (".markdownlint-cli2.yaml", _FROM),
]


@posix
@pytest.mark.parametrize(("name", "command"), READ)
@pytest.mark.parametrize(
    "target", ["outside", "missing", ".", "/dev/stdin", "/dev/zero", "/proc/self/environ"]
)
def test_a_link_out_of_the_repository_is_not_followed(
    bounded: Run,
    write: Write,
    git: Git,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    command: list[str],
    target: str,
) -> None:
    git("init")
    write("a.md", NOTE)
    outside = tmp_path_factory.mktemp("outside")
    (outside / "outside").write_text(f"[notelint]\n{SECRET}\n", encoding="utf-8")
    (tmp_path / name).symlink_to(outside / target)
    ran = bounded(*command)
    assert ran.status == 2
    assert f"{name}: a link that leads out of the tree is not followed" in ran.err
    assert SECRET not in ran.err + ran.out
    assert sorted(os.listdir(tmp_path)) == sorted([".git", "a.md", name]), "nothing is written"


@posix
@pytest.mark.parametrize("name", [".notelint.yaml", ".mdformat.toml"])
def test_what_git_keeps_is_not_of_the_tree(
    notelint: Run, write: Write, git: Git, tmp_path: Path, name: str
) -> None:
    git("init")
    git("config", "http.extraheader", f"AUTHORIZATION: basic {SECRET}")
    write("a.md", NOTE)
    write("sub/x")
    (tmp_path / name).symlink_to("sub/../.git/config")
    ran = notelint("fmt", "--check")
    assert ran.status == 2
    assert f"{name}: a link that leads out of the tree is not followed" in ran.err


@posix
def test_a_link_inside_is_fine(notelint: Run, write: Write, git: Git, tmp_path: Path) -> None:
    git("init")
    write("a.md", NOTE)
    write("ci/notelint.yaml", OFF)
    (tmp_path / ".notelint.yaml").symlink_to("ci/notelint.yaml")
    (tmp_path / "pyproject.toml").symlink_to("nowhere")
    assert notelint("check").status == 0
    (tmp_path / ".notelint.yml").symlink_to(".notelint.yml")
    assert ".notelint.yml: cannot be read" in notelint("check").err


@posix
def test_a_folder_elsewhere_is_not_of_the_tree(
    notelint: Run,
    write: Write,
    git: Git,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    git("init")
    outside = tmp_path_factory.mktemp("outside")
    (outside / ".mdformat.toml").write_text("nonsense = 1\n", encoding="utf-8")
    (outside / "a.md").write_text(LONG, encoding="utf-8")
    (tmp_path / "docs").symlink_to(outside)
    write(".mdformat.toml", NARROW)
    assert notelint("fmt", "--check", "docs/a.md").status == 1


@posix
@pytest.mark.parametrize(("name", "command"), READ)
@pytest.mark.parametrize("kind", ["fifo", "socket", "folder", "link to a fifo"])
def test_what_is_no_file(
    bounded: Run,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    command: list[str],
    kind: str,
) -> None:
    write("a.md", NOTE)
    monkeypatch.chdir(tmp_path)
    if kind == "fifo":
        os.mkfifo(name)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    elif kind == "folder":
        os.mkdir(name)
    else:
        os.mkfifo("pipe")
        os.symlink("pipe", name)
    ran = bounded(*command)
    if kind == "folder" and name == "pyproject.toml":
        assert ran.status == 0
        assert "pyproject" not in ran.err, "a folder of that name is not about notelint"
    else:
        assert ran.status == 2
        assert f"{name}: not a regular file" in ran.err


@posix
def test_a_file_that_becomes_a_pipe_after_the_first_look(
    notelint: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", NOTE)
    write("c.yaml", OFF)
    file, look = tmp_path / "c.yaml", os.stat
    writers: list[int] = []

    def look_and_replace(path: Any, *rest: Any, **more: Any) -> os.stat_result:
        found = look(path, *rest, **more)
        if isinstance(path, str) and path.endswith("c.yaml") and not writers:
            file.unlink()
            os.mkfifo(file)
            writers.append(os.open(file, os.O_RDWR))
        return found

    monkeypatch.setattr(os, "stat", look_and_replace)
    try:
        ran = notelint("check", "--config", "c.yaml")
    finally:
        [*map(os.close, writers)]
    assert (ran.status, ran.err) == (2, "notelint: c.yaml: not a regular file\n")


@posix
def test_a_file_that_is_named_may_be_anywhere(
    bounded: Run, write: Write, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("init")
    write("a.md", NOTE)
    outside = tmp_path_factory.mktemp("outside") / "c.yaml"
    outside.write_text(OFF, encoding="utf-8")
    assert bounded("check", "--config", str(outside)).status == 0
    (tmp_path / "mine.yaml").symlink_to(outside)
    assert bounded("check", "--config", "mine.yaml").status == 0
    os.mkfifo(tmp_path / "pipe.yaml")
    ran = bounded("check", "--config", "pipe.yaml")
    assert (ran.status, ran.err) == (2, "notelint: pipe.yaml: not a regular file\n")


@posix
@pytest.mark.parametrize("name", [".notelint.yaml", "pyproject.toml", ".mdformat.toml"])
def test_a_file_without_end(bounded: Run, write: Write, tmp_path: Path, name: str) -> None:
    write("a.md", NOTE)
    with open(tmp_path / name, "wb") as file:
        file.truncate(1 << 40)  # of which nothing is on the disk
    ran = bounded("fmt", "--check")
    assert ran.status == 2
    assert f"{name}: too large for a configuration" in ran.err


@posix
def test_a_workflow_is_not_written_through_a_link(
    notelint: Run, write: Write, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("init")
    write("a.md", NOTE)
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / ".github").symlink_to(outside)
    ran = notelint("init", "--workflow")
    assert ran.status == 2
    assert "`.github` is a symbolic link of the tree" in ran.err
    assert list(outside.iterdir()) == []
