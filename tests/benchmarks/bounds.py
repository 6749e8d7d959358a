"""How much longer four times as much of each hostile note takes, in every rule: at most about 4.

    python tests/benchmarks/bounds.py               # all, up to 50,000 of each
    python tests/benchmarks/bounds.py --most 12000 --only mailto

Each note is looked at in a process of its own, with a time limit. Printed are those that took more
than a second or grew faster than their size, and the number of all.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bombs import BOMBS

LIMIT = 60  # seconds


def main() -> None:
    """Measure every bomb, or look at one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=50_000)
    parser.add_argument("--only", default="", help="bombs whose name has this in it")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "SIZE"), help="look at one, print time")
    options = parser.parse_args()
    if options.one:
        print(*_look(options.one[0], int(options.one[1])))
        return
    names = [name for name in BOMBS if options.only in name]
    slow = sum(_measured(name, options.most) for name in names)
    print(f"{len(names)} notes, {slow} of them slow")


def _measured(name: str, most: int) -> bool:
    found = [_apart(name, size) for size in (most // 4, most)]
    seconds = [float(each.split()[0]) if each[:1].isdigit() else float(LIMIT) for each in found]
    slow = seconds[1] > 1 and (seconds[1] > 6 * seconds[0] or seconds[1] > 10)
    if slow or seconds[1] > 1 or "rror" in "".join(found):
        print(f"{'SLOW' if slow else 'fine'} {name:40} {' | '.join(found)}", flush=True)
    return slow


def _apart(name: str, size: int) -> str:
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(size)],
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT}"
    return done.stdout.strip() or f"Error, status {done.returncode}: {done.stderr.strip()[-80:]}"


def _look(name: str, size: int) -> tuple[str, ...]:
    import gc
    import resource

    from judged import judged

    gc.set_threshold(200_000, 50, 100)  # as the command has it
    text = BOMBS[name](size)
    judged("# A\n\n[a](b)\n")  # imports, before the time counts
    start = time.perf_counter()
    found = judged(text)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = f"{len(found.diagnostics)} findings", *(each[-90:] for each in found.problems)
    return f"{seconds:.2f} s", f"{len(text)} characters", f"{memory} MB", *said


if __name__ == "__main__":
    main()
