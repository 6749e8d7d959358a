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

from bombs import BOMBS, Bomb
from judged import EVERYTHING

LIMIT = 120  # seconds
SELECT = f"--select={','.join(EVERYTHING)}"
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
    characters: int
    megabytes: int
    wrong: str

    def __str__(self) -> str:
        size = f"{self.characters / 1e6:.2f} MB"
        return f"{self.seconds:.1f} s, {size}, {self.megabytes} MB{self.wrong}"


def main() -> None:
    """Run every command over every note."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--characters", type=int, default=1_000_000, help="of each note")
    parser.add_argument("--seconds", type=float, default=8.0, help="that a run may take")
    parser.add_argument("--only", default="", help="notes whose name has this in it")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(CALLS))
    options = parser.parse_args()
    names = [name for name in BOMBS if options.only in name]
    commands = options.commands or list(CALLS)
    told = 0
    for command in commands:
        for name in names:
            least, most = (_text(BOMBS[name], options.characters // part) for part in (4, 1))
            runs = [_run(command, text) for text in (least, most)]
            if _remarkable(runs[0], runs[1], options.seconds):
                told += 1
                print(f"{command:7} {name:40} {runs[0]} | {runs[1]}", flush=True)
    print(f"{len(names)} notes, {len(names) * len(commands)} runs, {told} told")


def _remarkable(least: Took, most: Took, seconds: float) -> bool:
    times = most.characters / least.characters
    grown = most.seconds > 2 and most.seconds > 1.5 * times * least.seconds
    return bool(most.wrong) or most.seconds > seconds or grown


def _text(bomb: Bomb, characters: int) -> str:
    """As much of *bomb* as has about so many *characters*."""
    size = 1000
    while len(text := bomb(size)) < characters and size < characters:
        size = max(size * characters // max(len(text), 1), size + size // 10)
    return text


def _run(command: str, text: str) -> Took:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.md").write_bytes(text.encode("utf-8", "surrogatepass"))
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
    return Took(seconds, len(text), used.ru_maxrss // 1024, wrong)


if __name__ == "__main__":
    main()
