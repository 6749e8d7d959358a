"""The language server beside rumdl's, on the same messages.

    pip install rumdl
    python tests/benchmarks/server.py FOLDER [EDITS]

FOLDER has many notes. A change is one letter typed at the end of a note, or in the middle of it; it
is timed until the findings of the new text come. The figures are medians, with processor time of
the server, and the ratio of both. Then come the memory after EDITS more changes (10,000 by
default), and the processor time of half a minute in which nothing happens.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.talker import Talker, position

_TICKS = os.sysconf("SC_CLK_TCK")
_ROUNDS = 30
_FAULT = "\n\n![]()\n"


class Times(NamedTuple):
    """Seconds from a change to the findings: of the clock, and of the processor."""

    clock: float
    processor: float


def main(folder: str, edits: int = 10_000) -> int:
    """Print what is measured; return the exit status."""
    root = Path(folder).resolve()
    sized = sorted(root.rglob("*.md"), key=lambda each: each.stat().st_size)
    print(f"{len(sized)} notes")
    rumdl = shutil.which("rumdl")
    for size in (2_000, 25_000, 170_000):
        note = min(sized, key=lambda each: abs(each.stat().st_size - size))
        for middle in (False, True):
            ours = changes(root, note, [sys.executable, "-m", "notelint", "server"], middle=middle)
            place = "the middle" if middle else "the end"
            count = note.stat().st_size
            print(f"{place} of {note.name}, {count} bytes: notelint {_shown(ours)}", end="")
            if rumdl:
                theirs = changes(root, note, [rumdl, "server"], middle=middle)
                clock = ours.clock / theirs.clock
                processor = ours.processor / max(theirs.processor, 1e-4)
                print(
                    f"; rumdl {_shown(theirs)}; ratio {clock:.2f}, processor {processor:.2f}",
                    end="",
                )
            print()
    _lasting(root, min(sized, key=lambda each: abs(each.stat().st_size - 25_000)), edits)
    return 0


def _shown(times: Times) -> str:
    return f"{times.clock * 1000:.1f} ms, processor {times.processor * 1000:.1f} ms"


def changes(root: Path, note: Path, command: list[str], *, middle: bool = False) -> Times:
    """The medians of typing a letter in *note* below *root*, with the server *command*."""
    text = note.read_bytes().decode() + _FAULT
    with Talker(root, command=command) as server:
        name = note.relative_to(root).as_posix()
        server.open(name, text)
        _wait(server, name)
        _rest(server)
        clock, before = [], _processor(server.process.pid)
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            _type(server, name, text, middle=middle)
            _wait(server, name)
            clock.append(time.perf_counter() - start)
        used = (_processor(server.process.pid) - before) / _ROUNDS
    return Times(statistics.median(clock), used)


def _type(server: Talker, name: str, text: str, *, middle: bool = False) -> None:
    """Type a letter before the picture at the end, which has no source, or far above it."""
    place = position(text, text.index("\n", len(text) // 2) if middle else text.rindex("![]"))
    server.change(name, {"range": {"start": place, "end": place}, "text": "x"})


def _wait(server: Talker, name: str) -> None:
    """Wait for findings of the last version of the note."""
    uri = server.uri(name)
    while True:
        message = server.next()
        params = message.get("params") or {}
        if message.get("method") != "textDocument/publishDiagnostics" or params["uri"] != uri:
            continue
        if params.get("version") in (server.versions[uri], None):
            return


def _lasting(root: Path, note: Path, edits: int) -> None:
    """Print what many changes leave in memory, and what the server does when there is none."""
    text, name = note.read_bytes().decode() + _FAULT, note.relative_to(root).as_posix()
    with Talker(root) as server:
        server.open(name, text)
        _wait(server, name)
        _rest(server)
        for _ in range(500):
            _type(server, name, text)
        server.quiet()
        before = _memory(server.process.pid)
        for number in range(edits):
            if number % 200 == 0:
                server.change(name, {"text": text})
                server.quiet()
            _type(server, name, text)
            if number % 10 == 0:
                server.quiet()
        server.quiet()
        grown = _memory(server.process.pid) - before
        print(f"memory after {edits} changes: {before / 1e6:.1f} MB and {grown / 1e6:.1f} MB more")
        used = _processor(server.process.pid)
        time.sleep(30)
        used = _processor(server.process.pid) - used
        print(f"processor time of 30 s without a message: {used:.2f} s")


def _rest(server: Talker) -> None:
    """Wait until the server has read all notes and does nothing any more."""
    before = -1.0
    while (used := _processor(server.process.pid)) > before:
        before = used
        time.sleep(3)


def _processor(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
