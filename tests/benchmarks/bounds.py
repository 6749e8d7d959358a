"""How long each command takes over hostile notes, and how much longer over four times as much.

    python tests/benchmarks/bounds.py               # all commands, notes of 1 MB
    python tests/benchmarks/bounds.py --characters 100000 --only mailto fix fmt

Every run is a process of its own, with a time limit. Printed are those that took more than the
seconds told, or that grew faster than their note, with the size of the note and the memory; and the
number of all. The time is what the processor spent, so that other work on it does not count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bombs import BOMBS
from notelint import rules

LIMIT = 120  # seconds
NAMES = {name for names in rules.CATALOG.values() for name in names}
SELECT = f"--select={','.join(sorted(NAMES))}"
CALLS = {
    "check": ("check", SELECT),
    "fix": ("fix", SELECT),
    "unsafe": ("fix", "--unsafe", SELECT),
    "toc": ("toc",),
    "fmt": ("fmt",),
}


class Took(NamedTuple):
    """What a run over one note took."""

    seconds: float
    bytes: int
    megabytes: int
    wrong: str

    def __str__(self) -> str:
        size = f"{self.bytes / 1e6:.2f} MB"
        return f"{self.seconds:.1f} s, {size}, {self.megabytes} MB{self.wrong}"


def main() -> None:
    """Run every command over every note."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--characters", type=int, default=1_000_000, help="of each note")
    parser.add_argument("--seconds", type=float, default=8.0, help="that a run may take")
    parser.add_argument("--only", default="", help="notes whose name has this in it")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(CALLS))
    parser.add_argument("--write", nargs=3, metavar=("NAME", "CHARACTERS", "FILE"))
    options = parser.parse_args()
    if options.write:
        name, characters, file = options.write
        _write(name, int(characters), Path(file))
        return
    names = [name for name in BOMBS if options.only in name]
    commands = options.commands or list(CALLS)
    told = 0
    for command in commands:
        for name in names:
            runs = [_run(command, name, options.characters // part) for part in (4, 1)]
            if _remarkable(runs[0], runs[1], options.seconds):
                told += 1
                print(f"{command:7} {name:40} {runs[0]} | {runs[1]}", flush=True)
    print(f"{len(names)} notes, {len(names) * len(commands)} runs, {told} told")


def _remarkable(least: Took, most: Took, seconds: float) -> bool:
    times = most.bytes / least.bytes
    grown = most.seconds > 2 and most.seconds > 1.5 * times * least.seconds
    return bool(most.wrong) or most.seconds > seconds or grown


def _write(name: str, characters: int, file: Path) -> None:
    """Write as much of the bomb *name* as has about so many *characters*."""
    size = 1000
    while len(text := BOMBS[name](size)) < characters and size < characters:
        wanted = size * characters // max(len(text), 1)
        size = min(max(wanted, size + size // 10), 10 * size)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))


def _run(command: str, name: str, characters: int) -> Took:
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder, "a.md")
        # in a process of its own: a run would be told to have as much memory as we
        write = [sys.executable, __file__, "--write", name, str(characters), str(note)]
        subprocess.run(write, check=True)
        size = note.stat().st_size
        call = [sys.executable, "-m", "notelint", *CALLS[command], "--isolated", "a.md"]
        with tempfile.TemporaryFile() as err:
            process = subprocess.Popen(call, cwd=folder, stdout=subprocess.DEVNULL, stderr=err)
            timer = threading.Timer(LIMIT, process.kill)
            timer.start()
            _, status, used = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            err.seek(0)
            said = err.read().decode("utf-8", "replace")
    wrong = ""
    if process.returncode not in (0, 1):
        wrong = f", status {process.returncode}: {said[-120:]!r}"
    seconds = used.ru_utime + used.ru_stime
    return Took(seconds, size, used.ru_maxrss // 1024, wrong)


if __name__ == "__main__":
    main()
