"""Files are written and moved all, or none; what can be in the way is found first."""

from __future__ import annotations

import os
import resource
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Git, Write
from notelint.refactor.refusal import Refusal
from notelint.refactor.transaction import apply, pending
from notelint.workspace.digests import digest
from refactor.tree import in_git, state, transact


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name paths from the current folder."""
    monkeypatch.chdir(tmp_path)


STAGED = "# docs/changed.md\n\nSome text of docs/changed.md.\n\nstaged\n"


@pytest.fixture
def repository(git: Git, write: Write) -> None:
    """A repository with notes that are committed, changed, staged, new and ignored."""
    git("init", "-q", "-b", "main")
    for name in ("a.md", "b.md", "docs/c.md", "docs/deep/d.md", "docs/changed.md"):
        write(name, f"# {name}\n\nSome text of {name}.\n")
    write(".gitignore", "ignored*\n")
    git("add", "-A")
    git("commit", "-qm", "x")
    write("docs/changed.md", STAGED)
    git("add", "-A")
    write("docs/changed.md", "not staged\n")
    write("docs/new.md", "new\n")
    write("docs/ignored.md", "ignored\n")
    write("docs/intended.md", "intended\n")
    git("add", "-N", "docs/intended.md")
    git("update-index", "--assume-unchanged", "docs/c.md")


# ------------------------------------------------------------------ what moves


def test_a_note_moves_as_by_git_mv(repository: None, git: Git, tmp_path: Path) -> None:
    transact(tmp_path, [("a.md", "new/place/a.md")], {"a.md": "rewritten\n", "b.md": "too\n"})
    found = state(tmp_path)
    assert (found["new/place/a.md"], found["b.md"]) == (b"rewritten\n", b"too\n")
    assert "a.md" not in found
    assert git("diff", "--cached", "--name-status", "-M", "--", "a.md", "new") == (
        "R100\ta.md\tnew/place/a.md\n"
    )
    assert git("diff", "--name-only", "--", "b.md", "new") == "b.md\nnew/place/a.md\n"
    assert not pending(str(tmp_path))


def test_a_folder_takes_along_all_that_is_in_it(repository: None, git: Git, tmp_path: Path) -> None:
    before, said = state(tmp_path), in_git(tmp_path)
    transact(tmp_path, [("docs", "guide/docs")])
    assert state(tmp_path) == {
        name.replace("docs/", "guide/docs/"): data for name, data in before.items()
    }
    now = in_git(tmp_path)
    assert sorted(line for line in now.split("\n") if line[:2] == "H " or line[:2] == "h ") == (
        sorted(
            line.replace("docs/", "guide/docs/")
            for line in said.split("\n")
            if line[:2] in ("H ", "h ")
        )
    )
    assert "RM docs/changed.md -> guide/docs/changed.md" in now
    assert " A guide/docs/intended.md" in now
    assert "?? guide/docs/new.md" in now
    assert git("show", ":guide/docs/changed.md") == STAGED
    assert not (tmp_path / "docs").exists()


def test_git_mv_leaves_the_same_index(repository: None, git: Git, tmp_path: Path) -> None:
    transact(tmp_path, [("docs", "guide")])
    ours = in_git(tmp_path)
    transact(tmp_path, [("guide", "docs")])
    git("mv", "docs", "guide")
    assert ours == in_git(tmp_path)


def test_notes_swap_and_shift(repository: None, git: Git, tmp_path: Path) -> None:
    before = state(tmp_path)
    transact(
        tmp_path,
        [("a.md", "b.md"), ("b.md", "a.md"), ("docs/c.md", "docs/new.md"), ("docs/new.md", "n.md")],
        {"a.md": "a\n"},
    )
    after = state(tmp_path)
    assert (after["b.md"], after["a.md"]) == (b"a\n", before["b.md"])
    assert (after["docs/new.md"], after["n.md"]) == (before["docs/c.md"], before["docs/new.md"])
    assert git("show", ":a.md").encode() == before["b.md"]
    assert git("show", ":b.md").encode() == before["a.md"]
    assert git("ls-files", "docs/c.md", "docs/new.md", "n.md") == "docs/new.md\n"


def test_folders_swap(repository: None, write: Write, git: Git, tmp_path: Path) -> None:
    write("other/x.md", "x\n")
    git("add", "other")
    transact(tmp_path, [("docs", "other"), ("other", "docs")])
    assert (tmp_path / "docs" / "x.md").exists()
    assert (tmp_path / "other" / "deep" / "d.md").exists()
    assert git("ls-files", "docs") == "docs/x.md\n"


def test_a_file_makes_way_for_a_folder(repository: None, git: Git, tmp_path: Path) -> None:
    transact(tmp_path, [("a.md", "kept.md"), ("b.md", "a.md/b.md")])
    assert git("ls-files", "*.md").split()[:3] == ["a.md/b.md", "docs/c.md", "docs/changed.md"]


def test_a_change_of_case_alone(repository: None, git: Git, tmp_path: Path) -> None:
    transact(tmp_path, [("docs/c.md", "docs/C.md")])
    assert "C.md" in os.listdir(tmp_path / "docs")
    transact(tmp_path, [("docs", "Docs")])
    assert "Docs" in os.listdir(tmp_path)
    assert "Docs/C.md" in git("ls-files")


def test_without_a_repository(write: Write, tmp_path: Path) -> None:
    write("a/b/c.md", "c\n")
    write("a/x.md", "x\n")
    transact(tmp_path, [("a/b/c.md", "d/c.md")], {"a/x.md": "y\n"})
    assert state(tmp_path) == {"a/x.md": b"y\n", "d/c.md": b"c\n"}


def test_folders_that_become_empty_go_but_for_the_current_one(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a/b/c.md", "c\n")
    write("x/y/z.md", "z\n")
    monkeypatch.chdir(tmp_path / "x" / "y")
    transact(tmp_path, [("a/b/c.md", "c.md"), ("x/y/z.md", "z.md")])
    assert state(tmp_path) == {"c.md": b"c\n", "z.md": b"z\n", "x/y/": b""}


def test_a_tree_is_named_by_a_link_to_it(
    repository: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("link") / "tree"
    link.symlink_to(tmp_path)
    transact(link, [("a.md", "z.md")], {"a.md": "z\n"})
    assert state(tmp_path)["z.md"] == b"z\n"


def test_modes_links_and_names(repository: None, write: Write, git: Git, tmp_path: Path) -> None:
    write("run.md", "r\n").chmod(0o755)
    (tmp_path / "to-b.md").symlink_to("b.md")
    name = os.fsdecode(b"\xff odd\n:name*.md")
    write(name, "odd\n")
    git("add", "run.md", "to-b.md", f":(literal){name}")
    transact(
        tmp_path, [("run.md", "-r.md"), ("to-b.md", "l.md"), (name, f"d/{name}")], {"run.md": "q\n"}
    )
    assert stat.S_IMODE((tmp_path / "-r.md").stat().st_mode) == 0o755
    assert os.readlink(tmp_path / "l.md") == "b.md"
    assert (tmp_path / "d" / name).read_text() == "odd\n"
    listed = git("ls-files", "--stage")
    assert "\t-r.md" in listed
    assert "100755" in listed
    assert "120000" in listed
    assert '"d/\\377 odd\\n:name*.md"' in listed


def test_a_split_index_and_a_linked_work_tree(repository: None, git: Git, tmp_path: Path) -> None:
    git("update-index", "--split-index")
    transact(tmp_path, [("a.md", "z.md")])
    assert "z.md" in git("ls-files")
    git("worktree", "add", "-q", "linked", "HEAD")
    transact(tmp_path / "linked", [("a.md", "z.md")])
    assert "R  a.md -> z.md" in git("-C", "linked", "status", "--porcelain")


def test_a_configuration_names_programs(repository: None, git: Git, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("*.md filter=x\n")
    (tmp_path / "post-index-change").write_text("#!/bin/sh\ntouch sprung\n")
    (tmp_path / "post-index-change").chmod(0o755)
    git("config", "filter.x.clean", "touch sprung")
    git("config", "core.hooksPath", str(tmp_path))
    git("config", "core.fsmonitor", "touch sprung")
    transact(tmp_path, [("a.md", "z.md"), ("docs", "guide")], {"b.md": "new\n"})
    assert not [*tmp_path.rglob("sprung")]
    git("-c", "core.fsmonitor=", "-c", "filter.x.clean=cat", "status")
    assert [*tmp_path.rglob("sprung")]


# ------------------------------------------------------------------ what is in the way


def refused(root: Path, *moves: tuple[str, str], writes: dict[str, str] | None = None) -> str:
    """The message of a transaction that is refused; nothing may have changed."""
    before = state(root)
    said = in_git(root) if (root / ".git").is_dir() else ""
    with pytest.raises(Refusal) as error:
        transact(root, moves, writes)
    assert state(root) == before
    assert (in_git(root) if said else "") == said
    assert not pending(str(root))
    return str(error.value)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([("a.md", "b.md")], "b.md: already exists"),
        ([("a.md", "a.md")], "a.md: already exists"),
        ([("a.md", "docs")], "docs: already exists"),
        ([("a.md", "docs/ignored.md")], "docs/ignored.md: already exists"),
        ([("a.md", "b.md/a.md")], "b.md/a.md: "),
        ([("none.md", "x.md")], "none.md: no such file or folder"),
        ([("a.md", "x.md"), ("a.md", "y.md")], "a.md: moved twice"),
        ([("a.md", "x.md"), ("b.md", "x.md")], "x.md: the target of two moves"),
        ([("docs", "x"), ("docs/c.md", "c.md")], "docs/c.md: moves with its folder"),
        ([("docs", "docs/deeper/docs")], "docs: cannot move into itself"),
        ([("docs", "x"), ("a.md", "x/a.md")], "x/a.md: its folder moves there, too"),
        ([("a.md", "../out.md")], "../out.md: not in "),
        ([("../out.md", "a.md")], "../out.md: not in "),
        ([("a.md", ".git/a.md")], ".git/a.md: in git's own folder"),
        ([("a.md", "docs/.GIT/hooks/a.md")], "docs/.GIT/hooks/a.md: in git's own folder"),
        ([(".git/config", "config.md")], ".git/config: in git's own folder"),
        ([("a.md", "link/a.md")], "link/a.md: behind a symbolic link"),
        ([("a.md", "outside/a.md")], "outside/a.md: behind a symbolic link"),
        ([("link/c.md", "c.md")], "link/c.md: behind a symbolic link"),
        ([("a.md", "nested/a.md")], "nested/a.md: in another repository"),
        ([("nested/n.md", "n.md")], "nested/n.md: in another repository"),
        ([("nested", "n")], "nested: a repository of its own"),
        ([("pipe.md", "p.md")], "pipe.md: not a file or a folder"),
    ],
)
def test_nothing_moves_where_something_is_in_the_way(
    repository: None,
    git: Git,
    write: Write,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    moves: list[tuple[str, str]],
    said: str,
) -> None:
    (tmp_path / "link").symlink_to("docs")
    (tmp_path / "outside").symlink_to(tmp_path_factory.mktemp("outside"))
    git("init", "-q", "nested")
    write("nested/n.md", "n\n")
    os.mkfifo(tmp_path / "pipe.md")
    assert said in refused(tmp_path, *moves, writes={"docs/changed.md": "text\n"})
    assert list(os.scandir(tmp_path / "outside")) == []


def test_a_submodule_is_left_alone(
    repository: None, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path), "docs/sub")
    git("commit", "-qam", "sub")
    assert "docs/sub: a repository of its own" in refused(tmp_path, ("docs", "x"))
    assert "docs/sub: a repository of its own" in refused(tmp_path, ("docs/sub", "sub"))
    assert "in another repository" in refused(tmp_path, ("a.md", "docs/sub/z.md"))
    shutil.rmtree(tmp_path / "docs" / "sub")
    assert "docs/sub: a submodule" in refused(tmp_path, ("docs", "x"))
    assert "docs/sub/z.md: in a submodule" in refused(tmp_path, ("a.md", "docs/sub/z.md"))


def test_a_conflict_that_is_not_resolved(
    repository: None, git: Git, write: Write, tmp_path: Path
) -> None:
    git("reset", "-q", "--hard")
    git("checkout", "-qb", "other")
    write("a.md", "other\n")
    git("commit", "-qam", "other")
    git("checkout", "-q", "main")
    write("a.md", "main\n")
    git("commit", "-qam", "main")
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "other")
    assert "a.md: has an unresolved" in refused(tmp_path, ("a.md", "z.md"))
    assert "a.md: has an unresolved" in refused(tmp_path, ("b.md", "z.md"), writes={"a.md": "x\n"})
    transact(tmp_path, [("b.md", "z.md")])


def test_a_file_that_changed_since_it_was_read(repository: None, tmp_path: Path) -> None:
    for writes in ({"a.md": b"new\n"}, {}):
        before = state(tmp_path)
        with pytest.raises(Refusal, match=r"a\.md: changed since it was read"):
            apply(str(tmp_path), writes, [("a.md", "z.md")], {"a.md": digest(b"old\n")})
        assert state(tmp_path) == before


def test_a_symbolic_link_to_what_moves(repository: None, git: Git, tmp_path: Path) -> None:
    (tmp_path / "docs" / "link.md").symlink_to("c.md")
    (tmp_path / "top.md").symlink_to("docs/deep/d.md")
    lost = "a symbolic link that would no longer lead to"
    assert f"docs/link.md: {lost} docs/c.md" in refused(tmp_path, ("docs/c.md", "x.md"))
    assert "docs/link.md: a symbolic link" in refused(tmp_path, ("docs/link.md", "x.md"))
    assert f"top.md: {lost} docs/deep/d.md" in refused(tmp_path, ("docs", "x"))
    transact(tmp_path, [("a.md", "docs/a.md")])
    (tmp_path / "top.md").unlink()
    transact(tmp_path, [("docs", "guide")])
    assert (tmp_path / "guide" / "link.md").resolve() == tmp_path / "guide" / "c.md"


def test_two_names_of_one_file(
    repository: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "same.md").symlink_to("a.md")
    both = {"a.md": "new\n", "same.md": "new\n"}
    assert "the same file as a.md" in refused(tmp_path, writes={**both, "same.md": "other\n"})
    transact(tmp_path, writes=both)
    assert (tmp_path / "same.md").is_symlink()
    assert (tmp_path / "a.md").read_text() == "new\n"
    outside = tmp_path_factory.mktemp("outside") / "o.md"
    outside.write_text("o\n")
    (tmp_path / "out.md").symlink_to(outside)
    assert "out.md: a link to a file outside" in refused(tmp_path, writes={"out.md": "x\n"})
    os.link(tmp_path / "b.md", tmp_path / "hard.md")
    assert "b.md: has hard links" in refused(tmp_path, writes={"b.md": "x\n"})


# ------------------------------------------------------------------ what fails in the middle


def test_git_is_at_work(repository: None, tmp_path: Path) -> None:
    lock = tmp_path / ".git" / "index.lock"
    lock.touch()
    before = state(tmp_path)
    with pytest.raises(Refusal, match="another git is at work"):
        transact(tmp_path, [("a.md", "z.md")])
    assert state(tmp_path) == before
    lock.unlink()


def test_a_failure_in_the_middle_is_undone(repository: None, write: Write, tmp_path: Path) -> None:
    large = "word " * 20_000
    write("z.md", "last\n")
    code = (
        "import sys; from pathlib import Path; from refactor.tree import transact\n"
        "transact(Path(sys.argv[1]), [('a.md', 'new/a.md'), ('b.md', 'a.md')],"
        f" {{'a.md': 'first', 'docs/c.md': 'second', 'z.md': {large!r}}})"
    )
    before, said = state(tmp_path), in_git(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
        check=False,
    )
    assert "z.md: cannot be written (File too large)" in done.stderr
    assert (state(tmp_path), in_git(tmp_path)) == (before, said)
    assert not pending(str(tmp_path))
