"""Git in repositories of strangers: it runs nothing of theirs, and reads the right one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write
from installation import URL, Installation, from_git
from notelint.workspace import git_process
from notelint.workspace.discover import ignored_below, notes_below, tracked_or_walked
from notelint.workspace.endless_files import endless_file
from notelint.workspace.git import clear_cache, git
from notelint.workspace.git_metadata import metadata
from notelint.workspace.git_trees import GitTrees
from notelint.workspace.own_urls import own_urls
from notelint.workspace.past_moves import text_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")

NOTE = "# T\n\nSee [x](https://example.org/x).\n\n![]()\n\n<!-- toc -->\n<!-- tocstop -->\n"
COMMANDS = [
    ["check"],
    ["check", "--isolated", "--no-cache"],
    ["check", "--since", "HEAD"],
    ["check", "--since", "HEAD~1"],
    ["fix"],
    ["fix", "--diff", "--unsafe"],
    ["toc"],
    ["fmt"],
    ["links", "--since", "HEAD~1"],
    ["links"],
    ["report"],
]


@pytest.fixture
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A program that leaves a trace where it was run; there must be none in the end."""
    folder = tmp_path_factory.mktemp("trap")
    script = folder / "trap"
    script.write_text(f'#!/bin/sh\ntouch "{folder}/sprung"\nexit 1\n')
    script.chmod(0o755)
    yield str(script)
    assert not (folder / "sprung").exists()


def sprung(trap: str) -> bool:
    """Whether the trap was run, and it is set again."""
    trace = Path(trap).with_name("sprung")
    found = trace.exists()
    trace.unlink(missing_ok=True)
    return found


@pytest.fixture
def history(git: Git, write: Write) -> None:
    """A repository with two commits, and a note changed since."""
    git("init", "-q", "-b", "main")
    write("docs/a.md", NOTE)
    write("b.md", "# B\n")
    for _ in range(2):
        write("b.md", "# B\n\nMore.\n")
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", "x")
    write("docs/a.md", NOTE + "\nMore.\n")


def bare(folder: Path, trap: str) -> None:
    """Put a repository into *folder* as plain files, which anybody can commit."""
    for each in ("objects/info", "objects/pack", "refs/heads"):
        (folder / each).mkdir(parents=True)
        (folder / each / ".keep").touch()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(
        "[core]\nrepositoryformatversion=0\nbare=false\nworktree=.\n"
        f'fsmonitor="{trap}"\nhooksPath="{Path(trap).parent}"\n'
    )


def notes(ran: Ran) -> list[str]:
    """The paths in a report."""
    return sorted({line.split(":")[0] for line in ran.out.split("\n") if ".md:" in line})


# ------------------------------------------------------------------ what a clone can hold


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("inside", [False, True])
def test_a_repository_committed_as_plain_files(
    notelint: Run,
    history: None,
    trap: str,
    tmp_path: Path,
    command: list[str],
    inside: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bare(tmp_path / "docs", trap)
    call = ["git", "-C", "docs", "ls-files"]
    subprocess.run(call, cwd=tmp_path, check=False, capture_output=True)
    assert sprung(trap)
    if inside:
        monkeypatch.chdir(tmp_path / "docs")
    assert notelint(*command, *([] if inside else ["docs"])).status in (0, 1)


def test_its_notes_are_read_like_all_others(
    notelint: Run, history: None, write: Write, trap: str, tmp_path: Path
) -> None:
    bare(tmp_path / "docs", trap)
    write(".gitignore", "ignored.md\n")
    write("docs/ignored.md", "![]()\n")
    write("docs/deep/c.md", "![]()\n")
    assert notes(notelint("check", "docs")) == ["docs/a.md", "docs/deep/c.md"]
    assert notes(notelint("check", "docs/deep")) == ["docs/deep/c.md"]
    assert notes(notelint("check")) == ["docs/a.md", "docs/deep/c.md"]
    assert notes(notelint("check", "--since", "HEAD", "docs")) == ["docs/deep/c.md"]


@pytest.mark.parametrize("arguments", [["init"], ["init", "--workflow"]], ids=" ".join)
def test_init_where_there_is_one(
    history: None,
    trap: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    arguments: list[str],
) -> None:
    bare(tmp_path / "docs", trap)
    installed = Installation(tmp_path_factory.mktemp("installed"), from_git(URL))
    assert installed.run(tmp_path / "docs", *arguments).status == 0


@pytest.mark.parametrize("broken", ["empty", "dangling", "gitfile", "gitfile above", "nonsense"])
def test_a_broken_repository_is_none(
    notelint: Run, write: Write, trap: str, tmp_path: Path, broken: str
) -> None:
    write("docs/a.md", NOTE)
    bare(tmp_path / "docs", trap)
    bare(tmp_path / "docs" / "evil", trap)
    if broken == "empty":
        (tmp_path / "docs" / ".git").mkdir()
    else:
        if broken == "gitfile above":
            (tmp_path / ".git").mkdir()
        named = {"dangling": "gone", "gitfile": "evil", "gitfile above": "evil"}.get(broken)
        write("docs/.git", f"gitdir: {named}\n" if named else "nonsense")
    assert notes(notelint("check", "docs")) == ["docs/a.md"]
    for command in COMMANDS:
        notelint(*command, "docs")
    assert git(str(tmp_path / "docs"), "rev-parse", "--git-dir") is None


def test_git_does_not_go_on_to_a_folder_above(
    notelint: Run, history: None, write: Write, tmp_path: Path
) -> None:
    write("docs/.git", "gitdir: ../gone\n")
    write("docs/hidden.md", "![]()\n")
    write(".gitignore", "hidden.md\n")
    assert "docs/hidden.md" in notes(notelint("check", "docs"))


# ------------------------------------------------------------------ what an archive can hold


# Settings that have git run TRAP, by kind.
PARTIAL = {
    "core.repositoryFormatVersion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "remote.origin.partialCloneFilter": "blob:none",
    "remote.origin.uploadpack": "TRAP",
    "core.alternateRefsCommand": "TRAP",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
}
CALLED = ("ls-files", "diff", "config", "log", "rev-parse", "merge-base")
SETTINGS = {
    "fsmonitor": {"core.fsmonitor": "TRAP"},
    "filter": {"filter.x.clean": "TRAP", "filter.x.smudge": "TRAP", "filter.x.required": "true"},
    "process": {"filter.x.process": "TRAP", "filter.x.required": "true"},
    "filter that cannot be named": {"filter.x=y.clean": "TRAP"},
    "textconv": {"diff.x.textconv": "TRAP"},
    "command": {"diff.x.command": "TRAP"},
    "external": {"diff.external": "TRAP"},
    "hooks": {"core.hooksPath": "hooks"},
    "included": {"include.path": "../more"},
    "promisor": {**PARTIAL, "remote.origin.url": "."},
    "ssh": {**PARTIAL, "remote.origin.url": "ssh://h/x", "core.sshCommand": "TRAP"},
    "transport": {**PARTIAL, "remote.origin.url": "ext::TRAP x"},
    "pager": {"core.pager": "TRAP", **{f"pager.{each}": "true" for each in CALLED}},
    "alias": {f"alias.{each}": "!TRAP" for each in CALLED},
    "signatures": {"log.showSignature": "true", "gpg.program": "TRAP"},
}


def set_up(kind: str, trap: str, root: Path, git: Git) -> None:
    """Have the configuration of the repository at *root* name the trap."""
    blob = git("rev-parse", "HEAD:docs/a.md").strip()
    driver = "x=y" if kind == "filter that cannot be named" else "x"
    (root / ".gitattributes").write_text(f"*.md filter={driver} diff=x\n")
    (root / "more").write_text(f'[core]\nfsmonitor = "{trap}"\n')
    (root / "hooks").mkdir()
    shutil.copy(trap, root / "hooks" / "post-index-change")
    for name, value in SETTINGS[kind].items():
        git("config", name, value.replace("TRAP", trap))
    if SETTINGS[kind].items() >= PARTIAL.items():
        os.unlink(root / ".git" / "objects" / blob[:2] / blob[2:])


@pytest.mark.parametrize("kind", SETTINGS)
def test_a_configuration_names_programs(
    notelint: Run, history: None, trap: str, tmp_path: Path, git: Git, kind: str
) -> None:
    set_up(kind, trap, tmp_path, git)
    for command in COMMANDS:
        os.utime(tmp_path / "b.md")  # git has to look into it
        notelint(*command)
    notelint("init", "--workflow")
    assert not sprung(trap)
    # ... which git by itself would run
    if kind not in ("pager", "alias", "signatures"):
        os.utime(tmp_path / "b.md")
        for call in (["status"], ["diff", "HEAD~1"]):
            subprocess.run(["git", *call], cwd=tmp_path, check=False, capture_output=True)
        assert sprung(trap)


@pytest.mark.parametrize("kind", ["filter", "process", "textconv", "command", "external"])
def test_lines_are_compared_as_they_are(
    notelint: Run, history: None, trap: str, tmp_path: Path, write: Write, git: Git, kind: str
) -> None:
    set_up(kind, trap, tmp_path, git)
    write("b.md", "# B\n\nMore.\n\n![]()\n")
    assert "b.md:5" in notelint("check", "--since", "HEAD").out
    assert "a.md" not in notelint("check", "--since", "HEAD").out


def test_an_expression_for_headings_of_hunks_is_not_used(
    notelint: Run, history: None, git: Git, write: Write
) -> None:
    write(".gitattributes", "*.md diff=x\n")
    git("config", "diff.x.xfuncname", "(")
    write("b.md", "# B\n\nMore.\n\n![]()\n")
    assert "b.md:5" in notelint("check", "--since", "HEAD").out


def test_the_work_tree_is_the_one_that_was_found(
    notelint: Run, history: None, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.md").write_text("![]()\n")
    git("config", "core.worktree", str(elsewhere))
    assert tracked_or_walked(str(tmp_path)) == ["b.md", "docs/a.md"]
    assert notes(notelint("check")) == ["docs/a.md"]


def test_a_submodule_is_not_asked(
    notelint: Run, history: None, trap: str, git: Git, tmp_path: Path
) -> None:
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path), "sub")
    git("commit", "-qm", "sub")
    git("-C", "sub", "config", "core.fsmonitor", trap)
    os.utime(tmp_path / "sub" / "b.md")
    for command in COMMANDS:
        notelint(*command)
    notelint("check", "sub")


@pytest.mark.parametrize("name", ["HEAD", "config", "index", "commondir", "info/exclude"])
def test_git_waits_for_no_fifo(notelint: Run, history: None, tmp_path: Path, name: str) -> None:
    (tmp_path / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / ".git" / name)
    assert notes(notelint("check")) == ["docs/a.md"]


READS = {
    "attributes": "[core]\n\tattributesFile = DEVICE\n",
    "attributes, quoted": '[user]\nname = "#" ; \\\n[core]AttributesFile = "DEV"ICE # x\n',
    "attributes, continued": '[core][x "]"][core] attributesfile=DEV\\\nICE \\\n\n',
    "ignored": "[core]\nexcludesFile = pipe\n",
    "ignored, with a blank": '[core]\nexcludesFile = "pipe "\n',
    "included": "[include] path = ../inner # x\n",
    "included if": '[includeIf "gitdir:**]"]\npath = ../inner\n',
    "included twice": "[include]\npath = ../outer\n",
    "an included FIFO": "[include]\npath = ../pipe\n",
    "in a loop": "[include]\npath = ../.git/FILE\n",
    "names of people": "[mailmap]\nfile = DEVICE\n",
    "commits to skip": "[blame]\nignoreRevsFile = DEVICE\n",
}


@pytest.mark.parametrize("kind", READS)
@pytest.mark.parametrize("file", ["config", "config.worktree"])
def test_git_reads_no_device_that_a_configuration_names(
    notelint: Run, history: None, tmp_path: Path, write: Write, git: Git, kind: str, file: str
) -> None:
    git("config", "extensions.worktreeConfig", "true")
    device = "DEVICE"
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe ")
    os.mkfifo(tmp_path / device)
    write("inner", f"\ufeff[core]\r\nattributesFile = {device}\r\n")
    write("outer", "[include]\npath = inner\n")
    with (tmp_path / ".git" / file).open("a") as config:
        config.write(READS[kind].replace("FILE", file))
    assert metadata(str(tmp_path)) is None
    assert notes(notelint("check")) == ["docs/a.md"]
    assert notelint("check", "--since", "HEAD").status == 2


@pytest.mark.parametrize(
    ("name", "call"),
    [
        (".gitignore", ("check",)),
        ("docs/.gitignore", ("toc", "--check")),
        (".gitignore", ("fmt", "--check", "docs")),
        (".gitignore", ("report", "--output-format", "json")),
        (".gitignore", ("mv", "docs/a.md", "b.md")),
        (".gitattributes", ("check", "--since", "HEAD")),
        (".mailmap", ("report", "--output-format", "json")),
        (".git/info/grafts", ("check", "--since", "HEAD")),
    ],
)
def test_a_fifo_that_git_waits_for_is_named(
    notelint: Run,
    history: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    call: tuple[str, ...],
) -> None:
    monkeypatch.setattr(git_process, "_PATIENCE", 0.2)
    os.mkfifo(tmp_path / name)
    done = notelint(*call)
    assert done.status == 2
    assert f"{name}: not a regular file, and git would wait for it forever; remove it" in done.err
    (tmp_path / name).unlink()
    assert notelint("check", "--select", "drifted-lines").status == 0


@pytest.mark.parametrize(
    "alternates", ["..\n.././\n..//\n", "a\0b\n", "{}/one\n", "{}/one\n{}/one/../two\n"]
)
def test_a_fifo_is_named_whatever_the_objects_elsewhere(
    notelint: Run,
    history: None,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    alternates: str,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere").resolve()
    for name, other in (("one", "two"), ("two", "one")):
        (elsewhere / name / "info").mkdir(parents=True)
        (elsewhere / name / "info" / "alternates").write_text(f"../{other}\n")
    monkeypatch.setattr(git_process, "_PATIENCE", 0.2)
    about = tmp_path / ".git" / "objects" / "info" / "alternates"
    about.write_bytes(alternates.replace("{}", str(elsewhere)).encode())
    os.mkfifo(tmp_path / ".gitignore")
    assert ".gitignore: not a regular file" in notelint("check").err
    (tmp_path / ".gitignore").unlink()
    os.mkfifo(elsewhere / "two" / "pipe")
    found = endless_file(str(tmp_path.resolve()))
    assert (found and os.path.realpath(found)) == (
        str(elsewhere / "two" / "pipe") if "{}" in alternates else None
    )


@pytest.mark.parametrize("kind", ["linked", "inner", "named by a file", "alternate"])
def test_a_fifo_in_a_folder_that_git_follows(
    notelint: Run,
    history: None,
    tmp_path: Path,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    monkeypatch.setattr(git_process, "_PATIENCE", 0.2)
    own, place = tmp_path / ".git", tmp_path / "place"
    if kind == "linked":
        shutil.rmtree(own / "refs" / "heads")
        (own / "refs" / "heads").symlink_to(place)
    elif kind == "alternate":
        write(".git/objects/info/alternates", "../../near\n")
        write("near/info/alternates", f"{place}\n")
        shutil.rmtree(own / "objects" / "pack")
    else:
        place = tmp_path / "sub" / (".git" if kind == "inner" else "hidden")
        for each in ("objects", "refs"):
            (place / each).mkdir(parents=True)
        if kind == "named by a file":
            write("sub/.git", "gitdir: hidden\n")
    place.mkdir(parents=True, exist_ok=True)
    file = {"linked": "main", "alternate": "pack/multi-pack-index"}.get(kind, "HEAD")
    (place / file).parent.mkdir(exist_ok=True)
    os.mkfifo(place / file)
    done = notelint("check", "--since", "HEAD~1")
    assert done.status == 2
    assert f"{file}: not a regular file, and git would wait for it forever" in done.err


def test_folders_that_name_each_other(
    history: None, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".git/objects/info/alternates", "".join(f"..{'/.' * n}\n" for n in range(20)))
    (tmp_path / ".git" / "loop").symlink_to(".")
    assert endless_file(str(tmp_path)) is None
    os.mkfifo(tmp_path / ".git" / "refs" / "heads" / "pipe")
    assert str(endless_file(str(tmp_path))).endswith("refs/heads/pipe")


def test_a_file_of_git_with_a_nul(notelint: Run, write: Write) -> None:
    write("a.md", "![]()\n")
    write(".git", "gitdir: x\0y\n")
    assert notes(notelint("check")) == ["a.md"]


def bomb(git: Git, write: Write, name: str) -> str:
    """A commit of a few kilobytes that has millions of files called *name*; its id."""
    write("x", "x\n")
    kind, inner = "100644 blob", git("hash-object", "-w", "x").strip()
    for _ in range(7):
        suffix = name if kind == "100644 blob" else ""
        listed = "".join(f"{kind} {inner}\t{number}{suffix}\n" for number in range(10))
        write("listed", listed)
        made = subprocess.run(["git", "mktree"], input=listed, stdout=subprocess.PIPE, text=True)
        kind, inner = "040000 tree", made.stdout.strip()
    return git("commit-tree", "-p", "HEAD", "-m", "x", inner).strip()


def test_a_commit_that_names_more_files_than_there_are(
    notelint: Run, history: None, git: Git, write: Write, tmp_path: Path
) -> None:
    commit = bomb(git, write, "a" * 50)
    assert GitTrees(str(tmp_path)).paths(commit) is None
    assert GitTrees(str(tmp_path)).paths("HEAD")
    git("branch", "large", commit)
    git("remote", "add", "origin", "https://github.com/me/notes")
    write("b.md", "[x](https://github.com/me/notes/blob/large/x.md)\n")
    assert notelint("check", "b.md").status == 0


def test_git_that_takes_too_long_is_ended(
    notelint: Run, history: None, git: Git, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("update-ref", "HEAD", bomb(git, write, ""))
    monkeypatch.setattr(git_process, "_PATIENCE", 0.05)
    monkeypatch.setattr(git_process, "_MAX_SECONDS", 0.3)
    done = notelint("report", "--output-format", "json")
    assert done.status == 2
    assert "git does not answer within" in done.err


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-7", "nonsense"])
def test_the_encoding_of_a_configuration_is_not_used(
    notelint: Run, history: None, git: Git, encoding: str
) -> None:
    git("config", "i18n.logOutputEncoding", encoding)
    found = json.loads(notelint("report", "--output-format", "json").out)
    assert len(found["date"]) == 10


def test_git_may_take_its_time(
    notelint: Run, history: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_process, "_PATIENCE", 0.0001)
    os.mkfifo(tmp_path / "pipe.md")
    assert notes(notelint("check")) == ["docs/a.md"]
    assert notelint("check", "--since", "HEAD").status == 0


def test_a_file_of_history_that_is_too_large_is_not_read(
    history: None, git: Git, tmp_path: Path, write: Write
) -> None:
    with open(tmp_path / "run.py", "wb") as large:
        large.truncate(1024 * 1024 * 1024)
    git("add", "run.py")
    git("commit", "--message=large")
    write("large.py", "small\n")
    git("rm", "--quiet", "--force", "run.py")
    resource = pytest.importorskip("resource")
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    before = [resource.getrusage(each).ru_maxrss for each in whose]
    trees = GitTrees(str(tmp_path))
    assert trees.text("HEAD", "run.py") is None
    assert text_of(str(tmp_path), "HEAD", "run.py") is None
    after = [resource.getrusage(each).ru_maxrss for each in whose]
    assert all(now < then + 500_000 for now, then in zip(after, before, strict=True))
    assert trees.text("HEAD", "docs/a.md")


@pytest.mark.parametrize(
    "text",
    [
        "[core]\nattributesFile = ~/.gitattributes-nowhere\nexcludesFile = ../b.md\n",
        '[core]\n\texcludesFile = "b.md" ; include\n[include]\n\tpath = ../inner\n',
        '[remote "include"]\nurl = x\n[includeIf "onbranch:x"]\npath = nowhere\n',
        '[include "x"]\npath = /dev/zero\n[mergetool "x"]\npath = /dev/null\n',
        '[alias]\nx = "!f() { include \\"$1\\"; }; f" # "\n[branch "a\\"b"]\n\tmerge\n',
    ],
)
def test_a_configuration_may_name_files(
    notelint: Run, history: None, tmp_path: Path, write: Write, text: str
) -> None:
    write("inner", "[core]\n\tpager = less\n")
    with (tmp_path / ".git/config").open("a") as config:
        config.write(text)
    assert notes(notelint("check", "--since", "HEAD")) == []
    assert notes(notelint("check", "--since", "HEAD~1")) == []
    assert metadata(str(tmp_path)) is not None


# ------------------------------------------------------------------ what whoever calls us can mean


def test_what_a_hook_sets_is_not_for_us(
    notelint: Run,
    history: None,
    trap: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    right = notelint("check"), notelint("check", "--since", "HEAD")
    other = tmp_path_factory.mktemp("other")
    subprocess.run(["git", "init", "-q", other], check=True)
    for name, value in {
        "GIT_DIR": f"{other}/.git",
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": f"{other}/.git/index",
        "GIT_OBJECT_DIRECTORY": f"{other}/.git/objects",
        "GIT_COMMON_DIR": f"{other}/.git",
        "GIT_PREFIX": "docs/",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_EXTERNAL_DIFF": trap,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": trap,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={trap}'",
        "GIT_PAGER": trap,
        "GIT_EXEC_PATH": str(other),
        "GIT_TRACE": f"{other}/trace",
    }.items():
        monkeypatch.setenv(name, value)
    assert (notelint("check"), notelint("check", "--since", "HEAD")) == right
    assert not (other / "trace").exists()


@pytest.mark.parametrize("path", ["", ".", "bin"])
def test_a_git_in_the_tree_is_not_git(
    notelint: Run,
    history: None,
    trap: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    (tmp_path / path).mkdir(exist_ok=True)
    shutil.copy(trap, tmp_path / path / "git")
    monkeypatch.setenv("PATH", path + os.pathsep + os.environ["PATH"])
    assert notes(notelint("check", "--since", "HEAD", "docs")) == []
    assert notes(notelint("check")) == ["docs/a.md"]


def test_no_program_of_the_tree_is_run_by_its_whole_path(
    notelint: Run, history: None, trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    shutil.copy(trap, tmp_path / "bin" / "git")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert notes(notelint("check")) == ["docs/a.md"]


@pytest.mark.parametrize(
    "revision", ["--output=written", "-h", "--no-index", "", "--", "-c", "--ext-diff"]
)
def test_a_revision_is_no_option(
    notelint: Run, history: None, tmp_path: Path, revision: str
) -> None:
    for command in ("check", "links"):
        assert notelint(command, f"--since={revision}").status == 2
    assert not (tmp_path / "written").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_git_still_asks_whose_a_repository_is(history: None, git: Git, tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12345)
    os.chown(tmp_path / ".git", 12345, 12345)
    from notelint.workspace.git import git as asked

    assert asked(str(tmp_path), "rev-parse", "HEAD") is None
    safe = tmp_path / "safe"
    safe.write_text(f"[safe]\ndirectory = {tmp_path}\n")
    os.environ["GIT_CONFIG_GLOBAL"] = str(safe)
    try:
        assert asked(str(tmp_path), "rev-parse", "HEAD")
    finally:
        del os.environ["GIT_CONFIG_GLOBAL"]


# ------------------------------------------------------------------ what is right all the same


def test_linked_work_trees_and_submodules(
    history: None, git: Git, tmp_path: Path, write: Write
) -> None:
    git("worktree", "add", "-q", "linked", "HEAD")
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path), "sub")
    git("init", "-q", f"--separate-git-dir={tmp_path}.separate", "apart")
    write("apart/c.md")
    for name, found in (("linked", 2), ("sub", 2), ("apart", 1)):
        clear_cache()
        folder = tmp_path / name
        (folder / ".gitignore").write_text("ignored.md\n")
        (folder / "ignored.md").touch()
        assert len(notes_below(str(folder))) == found
        assert ignored_below(str(folder)) == ["ignored.md"]


def test_folders_are_seen_from_themselves(
    history: None, write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("docs/*.md")
    write("docs/deep/d.md")
    write("docs/ignored/d.md")
    write(".gitignore", "ignored/\n")
    assert sorted(notes_below(str(tmp_path / "docs"))) == ["*.md", "a.md", "deep/d.md"]
    assert ignored_below(str(tmp_path / "docs")) == ["ignored/"]
    clear_cache()
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(tmp_path / "docs")
    assert sorted(notes_below(str(link))) == ["*.md", "a.md", "deep/d.md"]


def test_metadata_is_read_with_care(history: None, git: Git, tmp_path: Path) -> None:
    git("remote", "add", "origin", "https://github.com/o/r")
    config = tmp_path / ".git" / "config"
    text = config.read_text()
    assert own_urls(str(tmp_path))
    config.write_text(text + "\n" * 900_000)
    assert own_urls(str(tmp_path))
    config.write_text(text + "#" * 2_000_000)
    assert own_urls(str(tmp_path)) is None
    config.unlink()
    config.symlink_to("/dev/zero")
    assert own_urls(str(tmp_path)) is None
    outside = tmp_path.with_name(f"{tmp_path.name}-config")
    outside.write_text(text)
    config.unlink()
    config.symlink_to(outside)
    assert own_urls(str(tmp_path)) is None


def test_a_git_folder_of_another_tree_is_not_this_ones(
    history: None, git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / ".git").write_text(f"gitdir: {tmp_path}/.git\n")
    assert metadata(str(other)) is None
    (other / ".git").unlink()
    (other / ".git").symlink_to(tmp_path / ".git")
    assert metadata(str(other)) is None


@pytest.mark.parametrize("place", ["around it", "in another", "below here"])
def test_a_git_in_a_tree_around_is_not_git(
    notelint: Run, tmp_path: Path, trap: str, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "outer/inner"
    if place == "in another":
        inner = tmp_path / "inner"
    (outer / "bin").mkdir(parents=True)
    for each in (inner,) if place == "below here" else (outer, inner):
        subprocess.run(["git", "init", "-q", each], check=True)
    (inner / "a.md").write_text("![]()\n")
    shutil.copy(trap, outer / "bin/git")
    monkeypatch.setenv("PATH", str(outer / "bin") + os.pathsep + os.environ["PATH"])
    monkeypatch.chdir(inner if place == "around it" else outer)
    assert notelint("check", str(inner)).status == 1
    assert git(str(inner), "rev-parse", "--git-dir") == b".git\n"


def test_git_may_be_in_the_home_that_is_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, inner = tmp_path / "home", tmp_path / "home/src/inner"
    for each in (home, inner):
        subprocess.run(["git", "init", "-q", each], check=True)
    (home / "bin").mkdir()
    (home / "bin/git").symlink_to(shutil.which("git") or "")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(home / "bin"))
    monkeypatch.chdir(inner)
    assert git(str(inner), "rev-parse", "--git-dir") == b".git\n"
