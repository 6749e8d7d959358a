"""Kill `notelint fix` at every moment, and look at what is left of the notes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

Texts = dict[str, bytes]
COMMAND = [sys.executable, "-m", "notelint", "fix", "--quiet", "--output-file", os.devnull]


class Left(NamedTuple):
    """What a killed run left: notes that are neither the old nor the new text, and others."""

    fixed: int
    torn: list[str]
    lost: list[str]


def texts(folder: Path) -> Texts:
    """Every note below *folder*, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix in (".md", ".markdown", ".txt") and path.is_file()
    }


def restore(folder: Path, before: Texts) -> None:
    """Give every note that differs its old text back."""
    for name, data in before.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def run(folder: Path, *names: str) -> float:
    """Fix the notes *names* in *folder*; how long it took, in seconds."""
    start = time.monotonic()
    subprocess.run([*COMMAND, *names], cwd=folder, capture_output=True, check=False)
    return time.monotonic() - start


def kills(
    folder: Path, before: Texts, after: Texts, number: int, *names: str, seed: int = 1
) -> Iterator[Left]:
    """Kill *number* runs, each at another moment of a run that writes; what each left."""
    chance = random.Random(seed)
    restore(folder, before)
    process = _start_to_write(folder, *names)
    start = time.monotonic()
    process.wait()
    writing = time.monotonic() - start
    for count in range(number):
        restore(folder, before)
        process = _start_to_write(folder, *names)
        time.sleep(chance.random() * chance.choice([0.01, writing, writing]))
        how = signal.SIGKILL if count % 3 else signal.SIGTERM
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait()
        yield _left(folder, before, after)


def _start_to_write(folder: Path, *names: str) -> subprocess.Popen[bytes]:
    """A run that has begun its first file, or has ended."""
    old = set(left_over(folder))  # by other runs
    process = subprocess.Popen(
        [*COMMAND, *names],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and not set(left_over(folder)) - old:
        time.sleep(0.0005)
    return process


def _left(folder: Path, before: Texts, after: Texts) -> Left:
    now = texts(folder)
    torn = [n for n, text in now.items() if n in before and text not in (before[n], after[n])]
    fixed = sum(now.get(name) != text for name, text in before.items())
    return Left(fixed, torn, [name for name in before if name not in now])


def left_over(folder: Path) -> list[str]:
    """What is there that a run made for a moment."""
    return [str(path) for path in folder.rglob(".notelint-*") if path.is_file()]
