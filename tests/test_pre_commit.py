"""The hooks, run by the real pre-commit in real repositories, from a clone of this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import Write
from runner import Runner

PROJECT = Path(__file__).parents[1]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
PARTS = ("src", "pyproject.toml", "README.md", ".ci", "LICENSE", ".pre-commit-hooks.yaml")


class Hooks(NamedTuple):
    """A repository with the project in it, and where pre-commit keeps what it builds from that."""

    url: Path
    revision: str
    home: Path


class Repository:
    """A user's repository, with hooks of ours in its configuration."""

    def __init__(self, folder: Path, hooks: Hooks) -> None:
        self.folder = folder
        self._hooks = hooks
        self._environment = environment(hooks.home)
        self.git("init", "--quiet", "--initial-branch", "main")

    def configure(self, *hooks: str) -> None:
        """Write and stage a configuration with *hooks*, each an entry in YAML's short form."""
        entries = "".join(f"      - {{{hook}}}\n" for hook in hooks)
        (self.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: '{self._hooks.url}'\n    rev: {self._hooks.revision}\n"
            f"    hooks:\n{entries}"
        )
        self.git("add", ".pre-commit-config.yaml")

    def git(self, *arguments: str, fails: bool = False) -> str:
        """What git prints, on either stream."""
        return self.run("git", *arguments, fails=fails)

    def pre_commit(self, *arguments: str, fails: bool = False) -> str:
        """What pre-commit prints, on either stream."""
        return self.run(sys.executable, "-m", "pre_commit", *arguments, fails=fails)

    def run(self, *command: str, fails: bool = False) -> str:
        """What *command* prints, on either stream."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        out = done.stdout.decode()
        assert (done.returncode != 0) == fails, out
        return out


def environment(home: Path) -> dict[str, str]:
    """Variables for git and pre-commit that leave out whoever runs the tests."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **inherited,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_NAME": "T" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "t@example.org" for who in ("AUTHOR", "COMMITTER")},
    }


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """This project, committed to a repository of its own; pre-commit installs it but once."""
    url = tmp_path_factory.mktemp("notelint")
    for part in PARTS:
        if (PROJECT / part).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / part, url / part, ignore=ignore)
        else:
            shutil.copy(PROJECT / part, url / part)
    home = tmp_path_factory.mktemp("pre-commit")

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=url, env=environment(home), capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The project")
    return Hooks(url, git("rev-parse", "HEAD"), home)


@pytest.fixture
def repository(tmp_path: Path, hooks: Hooks) -> Repository:
    return Repository(tmp_path, hooks)


TOC = "<!-- toc -->\n\n- [Gone](#gone)\n\n<!-- tocstop -->\n"


@pytest.mark.parametrize(
    ("hook", "before", "after"),
    [
        ("notelint-fix", "# T\n\n![p](a\\p.png)\n", "# T\n\n![p](a/p.png)\n"),
        ("notelint-fmt", "T\n===\n*  a\n", "# T\n\n- a\n"),
        (
            "notelint-toc",
            f"{TOC}\n## A\n",
            f"{TOC}\n## A\n".replace("Gone", "A").replace("gone", "a"),
        ),
    ],
)
def test_the_first_commit_fails_with_the_note_repaired_and_the_second_goes_through(
    repository: Repository, write: Write, hook: str, before: str, after: str
) -> None:
    repository.configure(f"id: {hook}")
    path = write("a.md", before)
    write("a/p.png")
    repository.git("add", ".")
    repository.pre_commit("install")
    assert "files were modified by this hook" in repository.git("commit", "-mx", fails=True)
    assert path.read_text() == after
    repository.git("commit", "--all", "-mx")
    assert repository.git("status", "--porcelain") == ""


def test_toc_puts_no_table_into_a_note_without_one(repository: Repository, write: Write) -> None:
    repository.configure("id: notelint-toc")
    path = write("a.md", "# T\n\n## A\n")
    repository.git("add", ".")
    repository.pre_commit("run", "notelint-toc")
    assert path.read_text() == "# T\n\n## A\n"


def test_a_link_into_a_file_that_is_not_in_the_commit(repository: Repository, write: Write) -> None:
    write("sub/b.md", "# There\n")
    repository.git("add", ".")
    repository.git("commit", "-mb")
    repository.configure("id: notelint")
    write("a.md", "[x](sub/b.md#there) [y](sub/b.md#gone)\n")
    repository.git("add", ".")
    out = repository.pre_commit("run", fails=True)
    assert "a.md:1:33: error: no heading" in out
    assert out.count("broken-anchor") == 1


def test_a_note_that_is_named_like_an_option_is_a_note(
    repository: Repository, write: Write
) -> None:
    repository.configure(
        "id: notelint, args: [--ignore, text]", "id: notelint-fix, args: [--ignore, text]"
    )
    kept = write("kept.md", "Words that stay.\n")
    names = ["--output-file=kept.md", "--unsafe.md", "-h.md", "--isolated.MD"]
    for name in names:
        write(name, "# A\n\n[x](gone.md) ![]()\n")
    repository.git("add", "--", ".")
    out = repository.pre_commit("run", "notelint", fails=True)
    assert [f"{name}:3:5: error: " in out for name in names] == [True] * 4
    assert "Fixed 4 problems in 4 files" in repository.pre_commit("run", "notelint-fix", fails=True)
    assert kept.read_text() == "Words that stay.\n"


def test_nothing_but_markdown_is_looked_at(repository: Repository, write: Write) -> None:
    repository.configure("id: notelint")
    write("a.txt", "[x]()\n")
    repository.git("add", ".")
    assert "no files to check" in repository.pre_commit("run", "notelint")


def test_how_files_are_split_over_processes_changes_no_finding(
    repository: Repository, write: Write
) -> None:
    for number in range(24):
        write(f"n{number}.md", f"# N\n\n[a](n{(number + 1) % 24}.md#n) [b](n{number}.md#gone)\n")
    repository.git("add", ".")

    def findings(*hook: str) -> list[str]:
        repository.configure(*hook)
        out = repository.pre_commit("run", fails=True)
        return sorted(line for line in out.split("\n") if ".md:" in line)

    at_once = findings("id: notelint")
    assert len(at_once) == 24
    assert findings("id: notelint, require_serial: false") == at_once


def test_what_is_not_staged_survives(repository: Repository, write: Write) -> None:
    repository.configure("id: notelint-fix", "id: notelint-fmt")
    staged = "# T\n\n![p](a\\p.png)\n\n" + "text\n\n" * 9 + "last\n"
    path = write("a.md", staged)
    write("a/p.png")
    repository.git("add", ".")
    path.write_text(staged + "\n[not](staged.md)\n")
    other = write("b.md", "*  not   known to git\n")
    out = repository.pre_commit("run", fails=True)
    assert "staged.md" not in out
    assert path.read_text() == staged.replace("\\", "/") + "\n[not](staged.md)\n"
    assert other.read_text() == "*  not   known to git\n"
    assert repository.git("show", ":a.md") == staged


def test_a_deleted_note_is_missed_before_the_push(
    repository: Repository, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    remote = tmp_path_factory.mktemp("remote")
    repository.git("init", "--quiet", "--bare", str(remote))
    repository.git("remote", "add", "origin", str(remote))
    repository.configure("id: notelint", "id: notelint-repository")
    repository.pre_commit("install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
    write("a.md", "# A\n\n[b](b.md)\n")
    write("b.md", "# B\n\ntext\n")
    repository.git("add", ".")
    repository.git("commit", "-mx")
    repository.git("push", "origin", "main")
    repository.git("rm", "b.md")
    repository.git("commit", "-my")
    out = repository.git("push", "origin", "main", fails=True)
    assert "a.md:3:5: error: file `b.md` does not exist" in out


def test_at_a_commit_and_at_a_push_a_finding_is_told_once(
    repository: Repository, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    remote = tmp_path_factory.mktemp("remote")
    repository.git("init", "--quiet", "--bare", str(remote))
    repository.git("remote", "add", "origin", str(remote))
    repository.configure("id: notelint-fmt", "id: notelint-fix", "id: notelint-repository")
    repository.pre_commit("install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
    write("a.md", "# A\n\n[b](gone.md)\n")
    repository.git("add", ".")
    assert repository.git("commit", "-mx", fails=True).count("a.md:3:5: error: file `gone.md`") == 1
    repository.git("commit", "--no-verify", "-mx")
    out = repository.git("push", "origin", "main", fails=True)
    assert out.count("a.md:3:5: error: file `gone.md`") == 1
    assert "notelint fix" not in out
    assert "a.md:3:5: error: file `gone.md`" in repository.pre_commit(
        "run", "notelint-fix", "--hook-stage", "manual", "--all-files", fails=True
    )


# ---------------------------------------------------------------------- as `init` sets it up


@pytest.fixture(scope="session")
def installed(hooks: Hooks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, installed from the git URL of this project."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    url = f"git+{hooks.url.as_uri()}@{hooks.revision}"
    pip = [str(folder / SCRIPTS / "python"), "-m", "pip", "install", "--quiet", url]
    subprocess.run(pip, check=True, env=environment(hooks.home))
    return folder / SCRIPTS / "notelint"


def test_after_init_a_commit_is_checked(
    repository: Repository, write: Write, installed: Path, hooks: Hooks
) -> None:
    out = repository.run(str(installed), "init", "--pre-commit")
    assert ".pre-commit-config.yaml: written" in out
    config = (repository.folder / ".pre-commit-config.yaml").read_text()
    assert f"repo: {hooks.url.as_uri()}\n    rev: {hooks.revision}\n" in config
    repository.git("add", ".")
    repository.git("commit", "-m", "what init wrote")

    path = write("a.md", "# A\n\n[b](gone.md)\n")
    repository.git("add", ".")
    out = repository.git("commit", "-m", "broken", fails=True)
    assert out.count("a.md:3:5: error: file `gone.md`") == 1
    path.write_text("# A\n\nText.\n")
    repository.git("add", ".")
    assert "notelint fix....." in repository.git("commit", "-m", "clean")
    assert repository.git("log", "--format=%s").split("\n")[0] == "clean"


@pytest.mark.skipif(os.name == "nt", reason="runs the steps with bash")
def test_the_workflow_of_init_runs(
    repository: Repository, write: Write, installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository.run(str(installed), "init", "--workflow")
    workflow = repository.folder / ".github" / "workflows" / "notelint.yml"
    runner = Runner(repository.folder, tmp_path_factory.mktemp("temp"))
    settings = {name: text for name, text in os.environ.items() if name.startswith("PIP_")}
    path = write("a.md", "# A\n\n[b](gone.md)\n")
    outcome = runner.job(workflow, "notelint", settings)
    assert not outcome.success
    [error] = outcome.annotations("error")
    assert (error.properties["file"], error.properties["title"]) == ("a.md", "missing-file")
    path.write_text("# A\n\nText.\n")
    assert runner.job(workflow, "notelint", settings).success, outcome.log


def test_the_hooks_of_this_project_itself_are_valid(repository: Repository) -> None:
    repository.pre_commit("validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml"))
    repository.pre_commit("validate-config", str(PROJECT / ".pre-commit-config.yaml"))
