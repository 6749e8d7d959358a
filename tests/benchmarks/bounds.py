"""How long each command takes over hostile notes, and how much longer over twice as much.

    python tests/benchmarks/bounds.py                  # all commands, twice the size, then 1 MB
    python tests/benchmarks/bounds.py --only mailto fix fmt
    python tests/benchmarks/bounds.py --within all     # each piece in every kind of block
    python tests/benchmarks/bounds.py --pairs 300 --bytes 250000 --growth 2.3 check

Every note is looked at when it has so many bytes and twice as many, and once more at 1 MB
where that may take more than the seconds allowed. Each run is a process of its own with a limit of
processor time, which is what is measured: other work on the machine does not count. The exit status
is 1 where a time grows faster than its note, is more than allowed, or a run fails.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import notelint
import notelint.rules as rules
from bomb_pieces import INLINE, LINES
from bombs import BOMBS, NESTED, WITHIN, Bomb, in_turn, nested, within
from notelint.cli.main import main as notelint_main

MOST = 1_000_000  # bytes, for which the seconds are allowed
LIMIT = 60  # seconds, after which a run is stopped
GROWTH = 2.9  # for twice the note, where it takes long enough to tell
TELLING = 0.4  # seconds
SELECT = f"--select={','.join(sorted(rules.CATALOG))}"
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
        return f"{self.seconds:5.1f} s {self.bytes / 1e6:.2f} MB {self.megabytes:4} MB{self.wrong}"


class Case(NamedTuple):
    """A command over a note, at some size, at twice that, and at 1 MB where it was run so."""

    command: str
    name: str
    half: Took
    whole: Took
    most: Took | None

    @property
    def growth(self) -> float:
        """How many times longer the larger took, for a note that is twice as large."""
        times = self.whole.bytes / self.half.bytes
        return self.whole.seconds / max(self.half.seconds, 0.001) * 2 / max(times, 1)

    @property
    def seconds(self) -> float:
        """The seconds for 1 MB: measured, or in proportion."""
        if self.most:
            return self.most.seconds
        return self.whole.seconds * MOST / max(self.whole.bytes, 1)

    def fault(self, seconds: float, growth: float) -> str:
        """What is wrong with it, or nothing."""
        runs = [each for each in (self.half, self.whole, self.most) if each]
        if wrong := next((each.wrong for each in runs if each.wrong), ""):
            return wrong
        if self.growth > growth and self.whole.seconds > TELLING:
            return "grows"
        return "slow" if self.most and self.most.seconds > seconds else ""

    def __str__(self) -> str:
        shown = self.name if len(self.name) < 50 else f"{self.name[:46]}...'"
        most = f" | {self.most}" if self.most else ""
        return f"{self.command:7} {shown:50} x{self.growth:.1f} {self.whole}{most}"


def main() -> int:
    """Run every command over every note."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bytes", type=int, default=60_000, help="of the smaller note")
    parser.add_argument("--seconds", type=float, default=10.0, help="allowed for 1 MB")
    parser.add_argument("--all-at-most", action="store_true", help="run all at 1 MB, too")
    parser.add_argument("--only", default="", help="notes whose name has this in it")
    parser.add_argument("--growth", type=float, default=GROWTH, help="allowed for twice the note")
    blocks = ", ".join([*WITHIN, *NESTED])
    parser.add_argument("--within", default="", metavar="BLOCK", help=f"all, {blocks}")
    parser.add_argument("--pairs", type=int, default=0, help="so many pairs of pieces, in turn")
    parser.add_argument("--worst", type=int, default=10, help="of those that are told at the end")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(CALLS))
    options = parser.parse_args()
    _load_everything()
    bombs = {name: bomb for name, bomb in _bombs(options) if options.only in name}
    cases, faults = [], 0
    for command in options.commands or CALLS:
        for name, bomb in bombs.items():
            case = _case(command, name, bomb, options)
            cases.append(case)
            if fault := case.fault(options.seconds, options.growth):
                faults += 1
                print(f"{fault:6} {case}", flush=True)
    print(f"{len(bombs)} notes, {len(cases)} cases, {faults} at fault; the slowest for 1 MB:")
    for case in sorted(cases, key=lambda case: -case.seconds)[: options.worst]:
        print(f"{case.seconds:6.1f} {case}")
    return int(faults > 0)


def _bombs(options: argparse.Namespace) -> Iterator[tuple[str, Bomb]]:
    if options.pairs:
        chosen = random.Random(options.pairs)
        for _ in range(options.pairs):
            pair = chosen.sample(chosen.choice((INLINE, LINES, LINES)), 2)
            yield repr(pair), in_turn(pair)
    elif not options.within:
        yield from BOMBS.items()
    for block, (pieces, wrap) in _BLOCKS.items():
        if options.within in (block, "all"):
            for piece in pieces:
                yield f"{block}: {piece!r}", wrap(block, in_turn([piece]))


_BLOCKS = {
    **dict.fromkeys(WITHIN, (INLINE, within)),
    **dict.fromkeys(NESTED, (LINES, nested)),
}


def _case(command: str, name: str, bomb: Bomb, options: argparse.Namespace) -> Case:
    half, whole = (_run(command, bomb, options.bytes * times) for times in (1, 2))
    case = Case(command, name, half, whole, None)
    near = case.seconds * max(case.growth / 2, 1) > 0.6 * options.seconds
    if (near or options.all_at_most) and not case.fault(options.seconds, options.growth):
        case = case._replace(most=_run(command, bomb, MOST))
    return case


def _load_everything() -> None:
    """Import what a run may need, so that none of them measures it."""
    for info in pkgutil.walk_packages(notelint.__path__, "notelint."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    gc.freeze()
    gc.set_threshold(10_000_000, 50, 100)  # as the console script does


def _run(command: str, bomb: Bomb, size: int) -> Took:
    with tempfile.TemporaryDirectory() as folder:
        note, said = Path(folder, "a.md"), Path(folder, "said")
        _forked(lambda: note.write_bytes(written(bomb, size)) and 0)
        length = note.stat().st_size
        status, used = _forked(lambda: _called(CALLS[command], folder))
        told = said.read_text("utf-8", "replace") if said.exists() else ""
    wrong = ""
    if status not in (0, 1) and "a.md: left unchanged: " not in told:
        wrong = f", status {status}: {told[-120:]!r}"
    return Took(used.ru_utime + used.ru_stime, length, used.ru_maxrss // 1024, wrong)


def written(bomb: Bomb, most: int) -> bytes:
    """As much of *bomb* as has about so many bytes."""
    size = 100
    while len(text := bomb(size).encode("utf-8", "surrogatepass")) < most and size < most:
        wanted = size * most // max(len(text), 1)
        size = min(max(wanted, size + size // 10), 10 * size)
    return text


def _called(call: tuple[str, ...], folder: str) -> int:
    os.chdir(folder)
    for stream, file in ((1, os.devnull), (2, "said")):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    return notelint_main([*call, "--isolated", "a.md"])


def _forked(work: Callable[[], int]) -> tuple[int, resource.struct_rusage]:
    """The exit status of *work* in a process of its own, and what that used."""
    pid = os.fork()
    if pid == 0:
        status = 70
        try:
            status = work()
        finally:
            sys.stdout.flush()
            os._exit(status)
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used


if __name__ == "__main__":
    sys.exit(main())
