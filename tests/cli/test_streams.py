"""Standard streams that are full, closed or gone: a line at most, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def shell(command: str, folder: Path) -> tuple[int, str]:
    """The status of *command*, in which ``notelint`` is the one under test, and what it says."""
    done = subprocess.run(
        ["sh", "-c", f'notelint() {{ "{sys.executable}" -m notelint "$@"; }}; {command}'],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "call", ["check", "rules", "fix -", "fmt -", "fix --diff", "--version", "toc --help", ""]
)
def test_a_full_disk_is_told(
    call: str, unbuffered: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    (tmp_path / "a.md").write_text("# A\n\n![]() x\n")
    status, err = shell(f"notelint {call} < a.md > /dev/full", tmp_path)
    told = "notelint: standard output: cannot be written (No space left on device)"
    assert (status, err.strip().split("\n")[-1]) == (2, told)
    assert "Traceback" not in err


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize("call", ["check a.md", "fix a.md", "rules", "check -"])
def test_a_closed_stream_is_as_good_as_an_empty_one(call: str, closed: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    assert shell(f"notelint {call} {closed}", tmp_path) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("call", ["fix", "toc a.md", "check -v", "chekc", "mv a.md b.md"])
def test_nobody_can_be_told(call: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n![]() x\n")
    assert shell(f"notelint {call} 2> /dev/full", tmp_path) == (2, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use is not removed there")
@pytest.mark.parametrize("call", ["check", "fix", "toc .", "report", "mv a.md b.md", "config"])
def test_the_current_folder_is_gone(call: str, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    told = "notelint: the current folder does not exist any more\n"
    assert shell(f"cd gone; rmdir ../gone; notelint {call}", tmp_path) == (2, told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_the_current_folder_is_gone_and_nobody_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    call = "cd gone; rmdir ../gone; notelint check 2> /dev/full"
    assert shell(call, tmp_path) == (2, "")


def test_a_disk_is_full_but_standard_error_works(tmp_path: Path) -> None:
    code = """
import errno, os
from notelint.cli import main

def full():
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

main.main = full
main.entry()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = "notelint: cannot go on (No space left on device)\n"
    assert (done.returncode, done.stderr) == (2, told)
