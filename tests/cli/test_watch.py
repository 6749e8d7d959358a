"""``notelint check --watch``: a real process, and real saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Ran, Run, Write

_PATIENCE = 30  # seconds; only a failing test takes so long


class Watching:
    """A process that watches *folder*, and what it has printed so far."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._out = folder.parent / f"{folder.name}.out"
        with open(self._out, "wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "notelint", "check", "--watch", *arguments],
                cwd=folder,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def wait_for(self, text: str, times: int = 1) -> str:
        """What is printed by the time that *text* was printed so many *times*."""
        end = time.monotonic() + _PATIENCE
        while (out := self._out.read_text()).count(text) < times:
            assert self._process.poll() is None, out
            assert time.monotonic() < end, out
            time.sleep(0.02)
        return out

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(_PATIENCE)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*arguments: str) -> Watching:
        started.append(Watching(tmp_path, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.kill()


def test_a_save_is_reported_and_the_last_status_kept(
    watching: Callable[..., Watching], write: Write
) -> None:
    write("a.md", "[x]()\n")
    process = watching()
    out = process.wait_for("Watching 1 file; stop with Ctrl-C.")
    assert "a.md:1:1: error: link has no destination" in out
    write("a.md", "text\n")
    out = process.wait_for("Watching 1 file", 2)
    assert "No problems in 1 file" in out
    assert "\x1b" not in out
    assert process.interrupt() == 0


def test_lines_are_shown_as_they_are_now(watching: Callable[..., Watching], write: Write) -> None:
    write("a.md", "one [x]()\n")
    process = watching("--output-format", "full")
    process.wait_for("one [x]()")
    process.wait_for("Watching")
    write("a.md", "text\n\ntwo [y]()\n")
    process.wait_for("two [y]()")
    assert process.interrupt() == 1


def test_an_editor_that_replaces_the_file_and_a_new_note(
    watching: Callable[..., Watching], write: Write
) -> None:
    path = write("a.md", "text\n")
    process = watching("--quiet")
    process.wait_for("Watching")
    os.replace(write("a.md.tmp", "[x]()\n"), path)
    process.wait_for("a.md:1:1: error: link has no destination")
    process.wait_for("Watching", 2)
    write("sub/b.md", "[y]()\n")
    process.wait_for("sub/b.md:1:1: error: link has no destination")
    process.wait_for("Watching 2 files")
    assert process.interrupt() == 1


def test_the_configuration_counts_and_may_be_wrong_for_a_while(
    watching: Callable[..., Watching], write: Write
) -> None:
    write("a.md", "[x]()\n")
    process = watching()
    process.wait_for("Watching")
    write(".notelint.yaml", "ignor: [empty-link]\n")
    process.wait_for("did you mean `ignore`?")
    process.wait_for("Watching", 2)
    write(".notelint.yaml", "ignore: [empty-link]\n")
    process.wait_for("No problems in 1 file")
    process.wait_for("Watching", 3)
    assert process.interrupt() == 0


def test_a_wrong_call_ends_at_once(notelint: Run, write: Write) -> None:
    write("a.md")
    assert notelint("check", "--watch", "-") == Ran(
        2, "", "notelint: --watch is for files, not for standard input\n"
    )
    assert notelint("check", "--watch", "--select", "nonsense", "a.md").status == 2
