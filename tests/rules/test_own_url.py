"""Addresses into this repository, in branches, tags and remotes that git has or does not have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import Git, Run, Write

URL = "https://github.com/me/notes"


@pytest.fixture
def repository(tmp_path: Path, git: Git, write: Write) -> Path:
    """A repository with a file in ``main``, one in ``dev`` and the tag ``v1``, and none in both."""
    git("init", "--quiet", "--initial-branch=dev")
    git("remote", "add", "origin", URL)
    write("old.md", "# Old\n")
    write("src/run.py", "one\ntwo\n")
    git("add", ".")
    git("commit", "--quiet", "-m", "old")
    git("tag", "-a", "v1", "-m", "v1")
    git("checkout", "--quiet", "-b", "main")
    git("rm", "--quiet", "old.md")
    write("new.md", "# New\n")
    git("add", ".")
    git("commit", "--quiet", "-m", "new")
    return tmp_path


def told(notelint: Run, *arguments: str) -> list[str]:
    found = notelint("check", "--select", "own-url", *arguments, ".")
    return [line.split(" error: ")[1] for line in found.out.split("\n") if " error: " in line]


def test_a_branch_or_a_tag_is_compared_with_what_git_has(
    repository: Path, notelint: Run, write: Write
) -> None:
    write(
        "note.md",
        f"[a]({URL}/blob/dev/old.md) [b]({URL}/blob/dev/new.md) [c]({URL}/tree/v1/src)\n"
        f"[d]({URL}/blob/v1/new.md) [e]({URL}/blob/v2/gone.md) [f]({URL}/blob/main/old.md)\n"
        f"[g]({URL}/blob/v1/src/run.py#L2) [h]({URL}/blob/refs/tags/v1/src/run.py#L9)\n",
    )
    assert told(notelint, "--no-cache") == [
        "file `new.md` does not exist in `dev` [own-url]",
        "file `new.md` does not exist in `v1` [own-url]",
        "file `old.md` does not exist [own-url]",
        "`src/run.py` has only 2 lines in `v1` [own-url]",
    ]


def test_a_second_remote_may_be_ahead(
    repository: Path, notelint: Run, write: Write, git: Git
) -> None:
    git("remote", "add", "upstream", "https://github.com/them/notes")
    write("note.md", "[a](https://github.com/them/notes/blob/main/old.md)\n")
    assert len(told(notelint, "--no-cache")) == 1
    git("update-ref", "refs/remotes/upstream/main", "dev")
    assert told(notelint, "--no-cache") == []


def test_what_is_cached_follows_remotes_and_branches(
    repository: Path, notelint: Run, write: Write, git: Git
) -> None:
    write("note.md", f"[a]({URL}/blob/stable/gone.md) [b]({URL}/blob/main/gone.md)\n")
    main = "file `gone.md` does not exist [own-url]"
    assert told(notelint) == told(notelint) == [main]
    git("branch", "stable")
    stable = "file `gone.md` does not exist in `stable` [own-url]"
    assert told(notelint) == told(notelint) == [stable, main]
    git("pack-refs", "--all")
    assert told(notelint) == [stable, main]
    git("branch", "-D", "stable")
    assert told(notelint) == [main]
    git("remote", "set-url", "origin", "https://github.com/them/notes")
    assert told(notelint) == []
    git("remote", "set-url", "origin", "git@github.com:me/notes.git")
    assert told(notelint) == [main]
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    git("checkout", "--quiet", "-b", "topic")
    git("branch", "-D", "main")
    assert told(notelint) == []


def test_a_workflow_tells_what_the_repository_is_called(
    repository: Path, notelint: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("note.md", "[a](https://github.com/them/notes/blob/main/gone.md)\n")
    assert told(notelint) == []
    monkeypatch.setenv("GITHUB_REPOSITORY", "them/notes")
    assert len(told(notelint)) == 1


def test_a_default_branch_that_was_renamed(
    repository: Path, notelint: Run, write: Write, git: Git
) -> None:
    note = write("note.md", f"[a]({URL}/blob/master/new.md#new)\n")
    assert told(notelint) == [], "nobody knows the default branch"
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    assert told(notelint) == ["branch `master` is gone; the default branch is `main` [own-url] [*]"]
    git("branch", "master")
    assert told(notelint) == []
    git("branch", "-D", "master")
    git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main")
    assert told(notelint) == [], "git has not fetched all branches"
    git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    assert notelint("fix", "--select", "own-url", ".").status == 0
    assert note.read_text() == f"[a]({URL}/blob/main/new.md#new)\n"


def test_an_old_branch_of_the_other_usual_name_is_judged_by_itself(
    repository: Path, notelint: Run, write: Write, git: Git
) -> None:
    write("note.md", f"[a]({URL}/blob/master/old.md) [b]({URL}/blob/master/new.md)\n")
    assert told(notelint, "--no-cache") == ["file `old.md` does not exist [own-url]"]
    git("update-ref", "refs/remotes/origin/master", "dev")
    assert told(notelint, "--no-cache") == ["file `new.md` does not exist in `master` [own-url]"]


def test_other_forges_have_anchors_of_their_own(
    repository: Path, notelint: Run, write: Write, git: Git
) -> None:
    git("remote", "add", "lab", "https://gitlab.com/group/notes.git")
    git("remote", "add", "bucket", "git@bitbucket.org:me/notes.git")
    write("guide.md", "# Use -- it\n")
    lab = "https://gitlab.com/group/notes/-/blob/main/guide.md?ref_type=heads"
    bucket = "https://bitbucket.org/me/notes/src/main/guide.md"
    write(
        "note.md",
        f"[a]({lab}#use-it) [b]({lab}#gone) [c]({URL}/blob/main/guide.md#use-it)\n"
        f"[d]({bucket}#markdown-header-use-it) [e]({bucket}#lines-1:2) [f]({bucket}#use)\n",
    )
    assert [each.partition(" in ")[0] for each in told(notelint, "--no-cache")] == [
        "no heading or id for `#gone`",
        "no heading or id for `#use-it`",
        "no heading or id for `#use`",
    ]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_that_lead_out(repository: Path, notelint: Run, write: Write) -> None:
    write("note.md", f"[a]({URL}/blob/../../config/x) [b]({URL}/blob/main/../../../etc/passwd)\n")
    assert told(notelint, "--no-cache") == []
