"""Links over a repository's own pages on GitHub lead to the files beside the note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notelint.workspace.github_remote import GitHubRemote, remote_of
from notelint.workspace.resolve import resolve
from rules.harness import fix_note, run_on_note

Write = Callable[..., Path]
Git = Callable[..., str]
URL = "https://github.com/Me/Notes"

REMOTES = [
    "https://github.com/Me/Notes",
    "https://github.com/Me/Notes.git",
    "https://token@github.com/me/notes.git",
    "http://www.github.com/me/notes/",
    "git@github.com:Me/Notes.git",
    "ssh://git@github.com/me/notes",
    "git://github.com/me/notes.git",
]


@pytest.mark.parametrize("remote", REMOTES)
def test_the_home_is_read_from_the_remote(remote: str, tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=topic/one")
    git("remote", "add", "upstream", "https://github.com/other/notes")
    git("remote", "add", "origin", remote)
    assert remote_of(str(tmp_path)) == GitHubRemote(
        "me/notes", ("topic/one", "HEAD", "main", "master")
    )


@pytest.mark.parametrize("remote", ["https://gitlab.com/me/notes", "../notes.git", ""])
def test_other_remotes_are_no_home(remote: str, tmp_path: Path, git: Git) -> None:
    git("init", "--quiet")
    if remote:
        git("remote", "add", "origin", remote)
    assert remote_of(str(tmp_path)) is None


def test_without_a_repository_there_is_no_home(tmp_path: Path) -> None:
    assert remote_of(str(tmp_path)) is None


def test_a_linked_work_tree_has_the_same_home(tmp_path: Path, git: Git, write: Write) -> None:
    write("main/a.md", "a\n")
    git("init", "--quiet", "--initial-branch=main", "main")
    git("-C", "main", "remote", "add", "origin", URL)
    git("-C", "main", "add", ".")
    git("-C", "main", "commit", "--quiet", "-m", "a")
    git("-C", "main", "worktree", "add", "--quiet", "../topic")
    assert remote_of(str(tmp_path / "topic")) == GitHubRemote(
        "me/notes", ("topic", "HEAD", "main", "master")
    )


def test_the_default_branch_is_the_one_that_origin_names(tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=topic")
    git("remote", "add", "origin", URL)
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")
    assert remote_of(str(tmp_path)) == GitHubRemote("me/notes", ("topic", "HEAD", "develop"))


def test_a_branch_with_another_tree_speaks_for_itself_only(tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=gh-pages")
    git("remote", "add", "origin", URL)
    assert remote_of(str(tmp_path)) == GitHubRemote("me/notes", ("gh-pages",))


HOME = GitHubRemote("me/notes", ("topic/one", "main"))


@pytest.mark.parametrize(
    ("url", "path", "fragment"),
    [
        (f"{URL}/blob/main/docs/a.md#use", "docs/a.md", "use"),
        (f"{URL}/raw/main/docs/a%20b.png?raw=1", "docs/a b.png", None),
        (f"{URL}/tree/main/docs", "docs", None),
        (f"{URL}/tree/main", "", None),
        (f"{URL}/blob/topic/one/a.md?plain=1#L5", "a.md", "L5"),
        ("http://www.github.com/me/NOTES/blob/main/a.md", "a.md", None),
    ],
)
def test_an_own_address_is_a_file(url: str, path: str, fragment: str | None) -> None:
    found = resolve(url, "deep/note.md", HOME)
    assert (found.kind, found.path, found.fragment) == ("local", path, fragment)
    assert url.startswith(found.prefix)
    assert found.prefix


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}/blob/dev/a.md",
        f"{URL}/blob/mainline/a.md",
        f"{URL}/blob/0123abc/a.md",
        f"{URL}/issues/1",
        URL,
        "https://github.com/other/notes/blob/main/a.md",
        "https://gitlab.com/me/notes/blob/main/a.md",
        "https://example.org/?u=https://github.com/me/notes/blob/main/a.md",
    ],
)
def test_all_other_addresses_stay_external(url: str) -> None:
    assert resolve(url, "note.md", HOME).kind == "external"


@pytest.fixture
def tree(tmp_path: Path, write: Write, git: Git) -> Path:
    git("init", "--quiet", "--initial-branch=main")
    git("remote", "add", "origin", URL)
    write("docs/Guide.md", "# Use\n\ntext\n")
    write("docs/run.py", "one\n")
    return tmp_path


def test_files_anchors_and_lines_are_judged_behind_an_address(tree: Path, write: Write) -> None:
    base = f"{URL}/blob/main/docs"
    write(
        "note.md",
        f"[a]({base}/Guide.md#use) {base}/Guide.md#usee <{base}/gone.md> [b]({base}/run.py#L2)\n"
        f"[c]({base}/guide.md) <{URL}/tree/main/docs> [d]({URL}/blob/v1/gone.md)\n",
    )
    assert [each.covers for each in run_on_note("broken-anchor", tree)] == ["#usee", "#L2"]
    assert [each.covers for each in run_on_note("missing-file", tree)] == [f"{base}/gone.md"]
    assert [each.covers for each in run_on_note("path-case", tree)] == [f"{base}/guide.md"]


def test_a_fix_keeps_the_form_of_the_address(tree: Path, write: Write) -> None:
    write("note.md", f"[a]({URL}/blob/main/docs/guide.md#use) [b]({URL}/raw/main/run.py?raw=1)\n")
    assert f"{URL}/blob/main/docs/Guide.md#use" in fix_note("path-case", tree)
    assert f"{URL}/raw/main/docs/run.py?raw=1" in fix_note("missing-file", tree)


def test_an_entry_that_links_a_file_by_its_address_links_the_file(tree: Path, write: Write) -> None:
    write("note.md", f"- [a](docs/Guide.md)\n- [a]({URL}/blob/main/docs/Guide.md)\n")
    (found,) = run_on_note("duplicate-link", tree)
    assert [covers for _, covers, _ in found.related] == ["[a](docs/Guide.md)"]
