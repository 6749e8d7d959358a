"""How much memory a run over very many notes takes, and whether twice the notes take twice as long.

    python tests/benchmarks/memory.py CORPUS --notes 40000

The notes are pieces of those in the folder CORPUS. Each number is of a first run, which knows
nothing and keeps what it finds; the memory is that of the largest process. For POSIX.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.speed import ENVIRONMENT, Bench, forget

_UNIT = 1 if sys.platform == "darwin" else 1024  # of the system's figure, in bytes


def main() -> None:
    """Run over half of the notes, then over all of them, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS", help="a folder of Markdown files")
    parser.add_argument("--notes", type=int, default=40_000, help="how many notes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        ENVIRONMENT["XDG_CACHE_HOME"] = f"{work}/cache"
        bench = Bench(options.corpus, Path(work), "", options.notes)
        folder = bench.splinters()
        parts = sorted(each.name for each in folder.iterdir() if each.name.startswith("part"))
        print("| notes | seconds | MB |\n| --- | --- | --- |")
        for part in (parts[: len(parts) // 2], parts):
            forget(folder)
            command = [bench.notelint, "check", "--quiet", *part]
            start = time.perf_counter()
            subprocess.run(
                command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False
            )
            seconds = time.perf_counter() - start
            peak = getrusage(RUSAGE_CHILDREN).ru_maxrss * _UNIT / 1_000_000
            notes = sum(1 for each in part for _ in (folder / each).iterdir())
            print(f"| {notes:,} | {seconds:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
