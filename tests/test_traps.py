"""Nothing of the tree is executed, whatever it is called: not by us, nor by what we start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from conftest import Write
from installation import URL, Installation, from_git
from notelint.config.set_up import workflow
from runner import Runner
from test_action import ACTION, check, git, wheel

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs programs of the shell")

MODULES = sys.stdlib_module_names | {
    *("sitecustomize", "usercustomize", "pip", "setuptools", "hatchling", "virtualenv"),
    *("pre_commit", "yaml", "markdown_it", "mdit_py_plugins", "mdformat", "requests", "tomli"),
}
PACKAGES = ("pip", "notelint", "ensurepip", "pre_commit")
PROGRAMS = ("python", "python3", "git", "pip", "env", "sh", "notelint", "pre-commit")


class Traps:
    """A folder of a stranger's, and what of it was executed."""

    def __init__(self, folder: Path, sprung: Path) -> None:
        self.folder, self._sprung = folder, sprung
        sprung.mkdir()

    @property
    def sprung(self) -> list[str]:
        """What was executed."""
        return sorted(os.listdir(self._sprung))

    def write(self, name: str, text: str, mode: int = 0o644) -> None:
        """Put a file there."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        file.chmod(mode)

    def module(self, name: str) -> None:
        """A module that tells when it is imported, and otherwise goes on."""
        mark = str(self._sprung / name.replace("/", "."))
        self.write(f"{name}.py", f"import posix\nposix.open({mark!r}, posix.O_CREAT)\n")

    def program(self, name: str) -> None:
        """A program that tells when it is run."""
        mark = self._sprung / name.replace("/", ".")
        self.write(name, f"#!/bin/sh\n: >'{mark}'\n", 0o755)

    def spread(self) -> None:
        """Set all that git can hold."""
        for name in sorted(MODULES - {"posix", "sys", "builtins"}):
            self.module(name)
        for name in PACKAGES:
            for part in ("__init__", "__main__"):
                self.module(f"{name}/{part}")
        for name in PROGRAMS:
            for folder in ("bin/", ".venv/bin/", "node_modules/.bin/"):
                self.program(folder + name)
            if name not in PACKAGES:
                self.program(name)
        mark = self._sprung / "text"
        self.write("a.pth", f"import os; open({str(mark)!r}, 'w')\n")
        self.write("pyvenv.cfg", f"home = {self.folder}\ninclude-system-site-packages = true\n")
        elsewhere = "[global]\nindex-url = http://127.0.0.1:9/\nrequire-hashes = true\n"
        for name in ("pip.conf", ".config/pip/pip.conf", "pip.ini"):
            self.write(name, elsewhere)
        self.write("setup.cfg", "[install]\nprefix=/nowhere\n[easy_install]\nindex_url=x\n")
        self.write(".pydistutils.cfg", "[install]\nprefix=/nowhere\n")
        self.write(".netrc", "machine localhost login x password y\n")
        self.write(".python-version", "../../../../nowhere\n")
        self.module("backend/evil")
        build = (
            '[build-system]\nrequires = []\nbuild-backend = "evil"\nbackend-path = ["backend"]\n'
        )
        self.write("pyproject.toml", build)
        self.write("setup.py", f"open({str(mark)!r}, 'w')\n")
        self.write("constraints.txt", "notelint @ file:///nowhere\n")
        self.write(".env", "PYTHONPATH=.\nPIP_CONFIG_FILE=pip.conf\n")


@pytest.fixture
def traps(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Traps:
    """A tree with one note, in the current folder of the command."""
    return Traps(tmp_path, tmp_path_factory.mktemp("sprung") / "here")


def ran(
    traps: Traps, *call: str | Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run *call* in the tree."""
    return subprocess.run(
        [str(each) for each in call],
        cwd=traps.folder,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def hostile_path(folder: Path) -> str:
    """A PATH that names the tree in every way, in front of the one that tests run with."""
    ours = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return f":.:bin:./bin:{folder}:{folder}/:{folder}/bin:{folder}/.venv/bin::{ours}:"


# ---------------------------------------------------------------------- the action


def test_the_action_runs_nothing_of_the_checkout(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "old.md").write_text("![]()\n", "utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message=old")
    base = git(origin, "rev-parse", "HEAD")

    traps = Traps(origin, tmp_path / "sprung")
    traps.spread()
    for hook in ("reference-transaction", "post-checkout", "pre-auto-gc", "post-index-change"):
        traps.program(f".husky/{hook}")
    traps.write("a.md", "![]()\n")
    git(origin, "add", "--force", ".")
    git(origin, "commit", "--quiet", "--message=new")
    work = tmp_path / "work space"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{origin}", str(work))
    git(work, "config", "core.hooksPath", ".husky")

    env = {
        "PATH": hostile_path(work),
        "PYTHONPATH": f":.:{work}",
        "PYTHONHOME": str(work),
        "PYTHONSTARTUP": str(work / "json.py"),
        "PYTHONUSERBASE": str(work),
        "PYTHONPYCACHEPREFIX": "cache",
        "PIP_CONFIG_FILE": str(work / "pip.conf"),
        "PIP_CONSTRAINT": str(work / "constraints.txt"),
        "PIP_FIND_LINKS": str(work),
        "PIP_REQUIREMENT": "constraints.txt",
        "PIP_TARGET": "target",
        "PIP_NO_INDEX": "1",
    }
    event = {"pull_request": {"base": {"sha": base}}}
    runner = Runner(work, tmp_path / "temp", event)
    inputs = {"version": str(wheel(tmp_path)), "only-changed": "true", "sarif-file": "out.sarif"}
    outcome = runner.run(ACTION, inputs, env)
    assert traps.sprung == []
    found = [each.properties["file"] for each in outcome.annotations("error")]
    assert found == ["a.md"], outcome.log
    assert (work / "out.sarif").is_file()
    assert not (work / "target").exists()


def test_the_action_fetches_nothing_that_a_repository_lacks(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "--quiet")
    traps = Traps(work, tmp_path / "sprung")
    traps.program("trap")
    (work / "a.md").write_text("![]()\n", "utf-8")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "--message=x")
    tree = git(work, "rev-parse", "HEAD^{tree}")
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "protocol.allow": "always",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(work / "trap"),
        "remote.origin.url": ".",
    }.items():
        git(work, "config", name, value)
    (work / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    script = tmp_path / "temp/notelint/bin/notelint"
    script.parent.mkdir(parents=True)
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m notelint "$@"\n', "utf-8")
    script.chmod(0o755)
    outcome = check(Runner(work, tmp_path / "temp"))
    assert traps.sprung == []
    assert len(outcome.annotations("error")) == 1


def test_a_report_of_the_action_does_not_follow_a_link_of_the_checkout(
    tmp_path: Path,
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious\n", "utf-8")
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "--quiet")
    (work / "a.md").write_text("![]()\n", "utf-8")
    (work / "out.sarif").symlink_to(victim)
    script = tmp_path / "temp/notelint/bin/notelint"
    script.parent.mkdir(parents=True)
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -m notelint "$@"\n', "utf-8")
    script.chmod(0o755)
    outcome = check(Runner(work, tmp_path / "temp"), sarif_file="out.sarif")
    assert not outcome.success
    assert "`out.sarif` is a symbolic link" in outcome.log
    assert len(outcome.annotations("error")) == 1
    assert victim.read_text("utf-8") == "precious\n"


# ---------------------------------------------------------------------- the commands


@pytest.mark.parametrize(
    "arguments", [("check",), ("fix",), ("toc",), ("fmt",), ("links",), ("init",)]
)
def test_the_console_script_runs_nothing_of_the_tree(
    traps: Traps, arguments: tuple[str, ...]
) -> None:
    traps.spread()
    traps.write("a.md", "# A\n\n![]()\n")
    git(traps.folder, "init", "--quiet")
    script = Path(sys.executable).with_name("notelint")
    done = ran(traps, script, *arguments)
    assert traps.sprung == []
    assert "Traceback" not in done.stderr, done.stderr


def test_run_as_a_module_it_imports_its_own(traps: Traps) -> None:
    needed = "-c", "import runpy, sys; print(*{each.partition('.')[0] for each in sys.modules})"
    of_python = {*ran(traps, sys.executable, *needed).stdout.split(), "pkgutil"}
    for name in sorted(MODULES - of_python):
        traps.module(name)
    for name in ("yaml", "markdown_it"):
        traps.module(f"{name}/__init__")
    traps.write("a.md", "# A\n\n![]()\n\nText.\n")
    traps.write(".notelint.yaml", "ignore: [heading-skip]\n")
    traps.module("plugin")
    traps.write("plugin-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: plugin\nVersion: 1\n")
    kinds = ("parser_extension", "codeformatter")
    points = "".join(f"[mdformat.{each}]\nx = plugin\n" for each in kinds)
    traps.write("plugin-1.dist-info/entry_points.txt", points)
    for command in ("fix", "fmt", "links", "toc"):
        done = ran(traps, sys.executable, "-m", "notelint", command)
        assert traps.sprung == []
        assert done.returncode == 0, done.stderr


def test_run_as_a_module_where_it_lies_it_is_found(traps: Traps) -> None:
    source = Path(__file__).parent.parent / "src"
    call = [sys.executable, "-S", "-m", "notelint", "--version"]
    done = subprocess.run(call, cwd=source, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_processes_that_are_spawned_run_nothing_of_the_tree(traps: Traps) -> None:
    traps.spread()
    note = "# A\n\n![]()\n\n" + "Words.\n\n" * 100_000
    for name in ("a.md", "b.md", "c.md"):
        traps.write(name, note)
    code = (
        "import sys\n"
        "from notelint.cli.main import main\n"
        "sys.platform = 'darwin'\n"
        "status = main(['check', '--isolated', '--no-cache', '--jobs', '2', '--quiet'])\n"
        "sys.exit(status)\n"
    )
    script = traps.folder.parent / "outside" / "start.py"
    script.parent.mkdir()
    script.write_text(f"if __name__ == '__main__':\n{_indented(code)}", "utf-8")
    done = ran(traps, sys.executable, script)
    assert traps.sprung == []
    assert (done.returncode, done.stdout.count("empty-image")) == (1, 3), done.stderr


def _indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())


# ---------------------------------------------------------------------- what init starts and writes


def test_the_hook_is_installed_by_nothing_of_the_tree(
    traps: Traps, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    traps.spread()
    traps.write(".notelint.yaml", "ignore: [heading-skip]\n")
    git(tmp_path, "init", "--quiet")
    other = tmp_path.parent / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    installed = Installation(tmp_path_factory.mktemp("installed"), from_git(URL))
    env = {"PATH": hostile_path(tmp_path), "GIT_DIR": str(other / ".git")}
    done = installed.run(tmp_path, "init", "--pre-commit", env=env)
    assert traps.sprung == []
    assert done.status == 0, done.err
    assert (tmp_path / ".git/hooks/pre-commit").is_file()
    assert not (other / ".git/hooks/pre-commit").exists()


def test_the_hook_is_installed_by_nothing_of_a_tree_around(
    traps: Traps, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    traps.spread()
    inner = tmp_path / "inner"
    inner.mkdir()
    for folder in (tmp_path, inner):
        git(folder, "init", "--quiet")
    installed = Installation(tmp_path_factory.mktemp("installed"), from_git(URL))
    done = installed.run(inner, "init", "--pre-commit", env={"PATH": hostile_path(tmp_path)})
    assert traps.sprung == []
    assert done.status == 0, done.err


def test_the_index_is_asked_by_nothing_of_the_tree(
    traps: Traps, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    traps.spread()
    git(tmp_path, "init", "--quiet")
    installed = Installation(tmp_path_factory.mktemp("installed"))
    env = {
        "PATH": hostile_path(tmp_path),
        "PIP_CONFIG_FILE": str(tmp_path / "pip.conf"),
        "PIP_FIND_LINKS": str(tmp_path),
        "PIP_NO_INDEX": "1",
        "PYTHONSTARTUP": str(tmp_path / "json.py"),
    }
    done = installed.run(tmp_path, "init", "--pre-commit", env=env)
    assert traps.sprung == []
    assert "the package index does not serve it" in done.err


def test_a_workflow_starts_no_python_that_looks_into_the_checkout() -> None:
    steps = yaml.safe_load(workflow("main", "notelint"))["jobs"]["notelint"]["steps"]
    calls = [step["run"] for step in steps if "python" in step.get("run", "")]
    assert calls
    assert all(call.startswith("python -I -m ") for call in calls)


def test_a_file_of_init_does_not_leave_the_tree(
    write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write("a.md", "# A\n")
    (tmp_path / ".github").symlink_to(outside)
    installed = Installation(tmp_path_factory.mktemp("installed"), from_git(URL))
    done = installed.run(tmp_path, "init", "--workflow")
    assert (done.status, list(outside.iterdir())) == (2, [])
    assert "`.github` is a symbolic link" in done.err
