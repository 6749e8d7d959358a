"""Addresses of a repository's own pages lead to the files beside the note."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.workspace.git_metadata import metadata
from notelint.workspace.git_refs import Refs
from notelint.workspace.own_urls import Home, OwnUrls, own_urls
from notelint.workspace.resolve import resolve
from rules.harness import fix_note, run_on_note

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


def homes(folder: Path) -> tuple[Home, ...]:
    found = own_urls(str(folder))
    return found.homes if found else ()


@pytest.mark.parametrize("remote", REMOTES)
def test_the_home_is_read_from_the_remote(remote: str, tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=topic/one")
    git("remote", "add", "origin", remote)
    branches = ("topic/one", "HEAD", "main", "master")
    assert homes(tmp_path) == (Home("github.com", "me/notes", branches),)


@pytest.mark.parametrize(
    ("remote", "host", "repository"),
    [
        ("https://gitlab.com/Group/Sub/Notes.git", "gitlab.com", "group/sub/notes"),
        ("git@gitee.com:me/notes.git", "gitee.com", "me/notes"),
        ("ssh://git@git.corp.example:2222/team/notes.git", "git.corp.example", "team/notes"),
        ("https://me@bitbucket.org/me/notes.git", "bitbucket.org", "me/notes"),
    ],
)
def test_other_sites(remote: str, host: str, repository: str, tmp_path: Path, git: Git) -> None:
    git("init", "--quiet")
    git("remote", "add", "origin", remote)
    (found,) = homes(tmp_path)
    assert (found.host, found.repository) == (host, repository)


def test_every_remote_counts_and_the_workflow(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "--quiet", "--initial-branch=main")
    git("remote", "add", "upstream", "https://github.com/other/notes")
    git("remote", "add", "origin", URL)
    monkeypatch.setenv("GITHUB_REPOSITORY", "Third/Notes")
    found = [(home.repository, home.second) for home in homes(tmp_path)]
    assert found == [("me/notes", False), ("other/notes", True), ("third/notes", False)]
    monkeypatch.setenv("GITHUB_REPOSITORY", "no repository")
    assert len(homes(tmp_path)) == 2


def test_a_configuration_is_read_as_git_reads_it(tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=main")
    with (tmp_path / ".git/config").open("a") as config:
        config.write('[Remote "or\\igin"] URL="https://git\\\nhub.com/me/"notes ; mine\n')
        config.write('[core]\n\tpager = "less # [remote"\n')
    assert git("config", "remote.origin.url") == "https://github.com/me/notes\n"
    (found,) = homes(tmp_path)
    assert (found.repository, found.name) == ("me/notes", "origin")


def test_references_that_git_alone_can_read(tmp_path: Path, git: Git, write: Write) -> None:
    write("a.md", "# A\n")
    git("init", "--quiet", "--initial-branch=work")
    git("remote", "add", "origin", URL)
    git("add", ".")
    git("commit", "--quiet", "--message", "one")
    commit = git("rev-parse", "HEAD").strip()
    git("-c", "core.preferSymlinkRefs=true", "symbolic-ref", "HEAD", "refs/heads/work")
    assert (tmp_path / ".git/HEAD").is_symlink()
    refs = Refs(metadata(str(tmp_path)))
    assert (refs.target("HEAD"), refs.id("HEAD")) == ("refs/heads/work", commit)
    assert (refs.target("refs/heads/work"), refs.id("refs/tags/work")) == ("", "")
    assert homes(tmp_path)[0].branches[0] == "work"


@pytest.mark.parametrize("remote", ["../notes.git", "/srv/notes.git", "file:///srv/notes", ""])
def test_other_remotes_are_no_home(remote: str, tmp_path: Path, git: Git) -> None:
    git("init", "--quiet")
    if remote:
        git("remote", "add", "origin", remote)
    assert own_urls(str(tmp_path)) is None


def test_without_a_repository_there_is_no_home(tmp_path: Path) -> None:
    assert own_urls(str(tmp_path)) is None


def test_a_linked_work_tree_has_the_same_home(tmp_path: Path, git: Git, write: Write) -> None:
    write("main/a.md", "a\n")
    git("init", "--quiet", "--initial-branch=main", "main")
    git("-C", "main", "remote", "add", "origin", URL)
    git("-C", "main", "add", ".")
    git("-C", "main", "commit", "--quiet", "-m", "a")
    git("-C", "main", "worktree", "add", "--quiet", "../topic")
    branches = ("topic", "HEAD", "main", "master")
    assert homes(tmp_path / "topic") == (Home("github.com", "me/notes", branches),)


def test_the_default_branch_is_the_one_that_origin_names(tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=topic")
    git("remote", "add", "origin", URL)
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")
    assert homes(tmp_path)[0].branches == ("topic", "HEAD", "develop")


def test_a_branch_with_another_tree_speaks_for_itself_only(tmp_path: Path, git: Git) -> None:
    git("init", "--quiet", "--initial-branch=gh-pages")
    git("remote", "add", "origin", URL)
    assert homes(tmp_path)[0].branches == ("gh-pages",)


HOME = OwnUrls(
    (
        Home("github.com", "me/notes", ("topic/one", "main")),
        Home("gitlab.com", "group/sub/notes", ("main",)),
        Home("gitee.com", "me/notes", ("main",)),
        Home("bitbucket.org", "me/notes", ("main",)),
        Home("codeberg.org", "me/notes", ("main",)),
    )
)
RAW = "https://raw.githubusercontent.com/me/Notes"


@pytest.mark.parametrize(
    ("url", "path", "fragment"),
    [
        (f"{URL}/blob/main/docs/a.md#use", "docs/a.md", "use"),
        (f"{URL}/raw/main/docs/a%20b.png?raw=1", "docs/a b.png", None),
        (f"{URL}/tree/main/docs", "docs", None),
        (f"{URL}/tree/main", "", None),
        (f"{URL}/blob/topic/one/a.md?plain=1#L5", "a.md", "L5"),
        ("http://www.github.com/me/NOTES/blob/main/a.md", "a.md", None),
        (f"{URL}/edit/main/a.md", "a.md", None),
        (f"{URL}/blame/main/a.md#L3", "a.md", "L3"),
        (f"{URL}/raw/refs/heads/main/a.md", "a.md", None),
        (f"{URL}#use", "", "use"),
        (f"{RAW}/main/a/b.png", "a/b.png", None),
        (f"{RAW}/refs/heads/topic/one/b.png", "b.png", None),
        ("https://gitlab.com/group/sub/notes/-/blob/main/a.md#use", "a.md", "use"),
        ("https://gitlab.com/group/sub/notes/-/raw/main/a.png?inline=false", "a.png", None),
        ("https://gitlab.com/Group/sub/notes/tree/main/a", "a", None),
        ("https://gitee.com/me/notes/blob/main/a.md#L3-L5", "a.md", "L3-L5"),
        ("https://bitbucket.org/me/notes/src/main/a.md", "a.md", None),
        ("https://bitbucket.org/me/notes/raw/main/a.png", "a.png", None),
        ("https://codeberg.org/me/notes/src/branch/main/a.md", "a.md", None),
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
        "https://gitlab.com/group/sub/notes/-/issues/1",
        "https://gitlab.com/group/sub/notes/more/-/blob/main/a.md",
        "https://raw.githubusercontent.com/other/notes/main/a.md",
        f"{URL}/releases/download/v1/a.md",
        f"{URL}/",
        f"{URL}.wiki/blob/main/a.md",
        "https://gist.github.com/me/notes/raw/main/a.md",
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
    found = [each.covers for each in run_on_note("own-url", tree)]
    assert found == ["#usee", f"{base}/gone.md", "#L2"]
    assert run_on_note("broken-anchor", tree) == run_on_note("missing-file", tree) == []
    assert [each.covers for each in run_on_note("path-case", tree)] == [f"{base}/guide.md"]


def test_a_fix_keeps_the_form_of_the_address(tree: Path, write: Write) -> None:
    write("note.md", f"[a]({URL}/blob/main/docs/guide.md#use) [b]({URL}/raw/main/run.py?raw=1)\n")
    assert f"{URL}/blob/main/docs/Guide.md#use" in fix_note("path-case", tree)
    assert f"{URL}/raw/main/docs/run.py?raw=1" in fix_note("own-url", tree)


def test_an_entry_that_links_a_file_by_its_address_links_the_file(tree: Path, write: Write) -> None:
    write("note.md", f"- [a](docs/Guide.md)\n- [a]({URL}/blob/main/docs/Guide.md)\n")
    (found,) = run_on_note("duplicate-link", tree)
    assert [covers for _, covers, _ in found.related] == ["[a](docs/Guide.md)"]
