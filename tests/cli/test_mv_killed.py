"""What a killed ``mv`` leaves is undone by the next ``mv`` or ``rename``, which says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Git, Run, Write
from notelint.refactor.journal import journal_path
from refactor.tree import in_git, state

UNDONE = "notelint: an interrupted move is undone\n"
KILLED = """
import os, sys
from notelint.cli.main import main
left = [int(sys.argv[1])]
def hook(event, given):
    if event == "os.rename":
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(hook)
main(["mv", "docs", "guide"])
"""


@pytest.fixture
def killed(notelint: Run, git: Git, write: Write, tmp_path: Path) -> dict[str, bytes | str]:
    """A tree in which a run was killed as it was to move a folder; its state before."""
    git("init", "-q")
    write("a.md", "# A\n\n[b](docs/b.md)\n")
    write("docs/b.md", "# B\n\n[a](../a.md)\n")
    write("c.md", "# C\n\n[b](docs/b.md)\n")
    git("add", "-A")
    git("commit", "-qm", "x")
    before, said = state(tmp_path), in_git(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, "2"], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (state(tmp_path) != before, in_git(tmp_path) != said) == (True, True)
    return before


pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills")


def test_the_same_call_once_more(
    notelint: Run, killed: dict[str, bytes | str], git: Git, tmp_path: Path
) -> None:
    ran = notelint("mv", "docs", "guide")
    assert ran.status == 0
    assert ran.err.startswith(UNDONE)
    assert (tmp_path / "a.md").read_text() == "# A\n\n[b](guide/b.md)\n"
    assert "R  docs/b.md -> guide/b.md" in git("status", "--porcelain")
    assert UNDONE not in notelint("mv", "guide", "docs").err
    assert state(tmp_path) == killed


@pytest.mark.parametrize(
    "call", [["mv", "none.md", "x.md"], ["rename", "a.md#none", "X"], ["mv", "--repair"]]
)
def test_another_call(
    notelint: Run, killed: dict[str, bytes | str], tmp_path: Path, call: list[str]
) -> None:
    assert notelint(*call).err.startswith(UNDONE)
    assert state(tmp_path) == killed


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_call_that_may_not_write(
    notelint: Run, killed: dict[str, bytes | str], tmp_path: Path, option: str
) -> None:
    now = state(tmp_path)
    ran = notelint("mv", option, "docs", "guide")
    assert (ran.status, ran.err) == (
        2,
        "notelint: an interrupted move is not undone yet; run without --check and --diff\n",
    )
    assert state(tmp_path) == now


def test_what_changed_in_between_stays(
    notelint: Run, killed: dict[str, bytes | str], write: Write, tmp_path: Path
) -> None:
    changed = next(name for name in ("a.md", "c.md") if b"guide" in (tmp_path / name).read_bytes())
    write(changed, "# Written since\n")
    ran = notelint("mv", "--repair")
    assert f"notelint: {changed}: changed meanwhile, and left as it is\n" in ran.err
    assert state(tmp_path) == {**killed, changed: b"# Written since\n"}
    assert UNDONE not in notelint("mv", "--repair").err


def test_a_run_that_is_not_over(notelint: Run, git: Git, write: Write, tmp_path: Path) -> None:
    write("a.md", "# A\n")
    code = KILLED.replace("os.kill(os.getpid(), 9)", "print(flush=True); sys.stdin.read()").replace(
        '"docs", "guide"', '"a.md", "b.md"'
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, "0"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout
    other.stdout.readline()
    ran = notelint("mv", "a.md", "c.md")
    assert (ran.status, ran.err) == (
        2, "notelint: another run is moving files of this tree; wait until it ends\n",
    )  # fmt: skip
    other.communicate()
    assert state(tmp_path) == {"b.md": b"# A\n"}


@pytest.mark.parametrize("record", [b"\0\xff\n", b"[]\n", b'{"version": 1}\n0\n', None])
def test_a_record_that_cannot_be_read(
    notelint: Run, killed: dict[str, bytes | str], tmp_path: Path, record: bytes | None
) -> None:
    path = Path(journal_path(str(tmp_path)) or "")
    path.unlink()
    if record is None:
        path.symlink_to(tmp_path / "a.md")
    else:
        path.write_bytes(record)
    now = state(tmp_path)
    for _ in range(2):
        ran = notelint("mv", "docs", "guide")
        assert ran.status == 2
        assert ran.err.startswith(
            f"notelint: {path}: {'not made' if record is None else 'damaged'}"
        )
    assert state(tmp_path) == now
    path.unlink()
