"""Change one thing in the code, again and again: each time some test should fail.

    pip install cosmic-ray coverage
    python tests/benchmarks/mutate.py                            # 100 of each package, an hour
    python tests/benchmarks/mutate.py rules/duplicate_link.py --most 20 --seed 2

The operators are cosmic-ray's; of those that fit a random place one is taken at random. A copy of
``src`` is changed, never ``src`` itself. With each mutant run the tests that run its statement, up
to the first that fails or to a time limit; which tests those are is recorded first, and that takes
as long as all tests do. Printed are the mutants that no test minds: they do the same, perhaps more
slowly, or there is a test to write.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["text", "markdown", "engine/fix.py"]


def main() -> int:
    """Make mutants and tell which live."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", nargs="*", default=PACKAGES, help="below src/notelint")
    parser.add_argument("--most", type=int, default=100, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", nargs="+", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        return mutants.run_tests(*options.run)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder).resolve()
        shutil.copytree(ROOT / "src", work / "src", ignore=shutil.ignore_patterns("__pycache__"))
        checked = py_compile.PycInvalidationMode.CHECKED_HASH  # a mutant may be as long and as new
        compileall.compile_dir(work / "src", quiet=1, invalidation_mode=checked)
        if _status(work) != 0:
            print("the tests fail without a mutant, too", file=sys.stderr)
            return 2
        for package in options.packages:
            place = work / "src" / "notelint" / package
            paths = sorted(place.rglob("*.py")) if place.is_dir() else [place]
            tried = mutants.sample(paths, options.most, random.Random(options.seed))
            alive = 0
            for number, mutant in enumerate(tried, 1):
                if _lives(mutant, work):
                    alive += 1
                    print(f"\r{mutant.shown()}", flush=True)
                print(end=f"\r{number} of {len(tried)}", file=sys.stderr, flush=True)
            print(f"\r{package}: {len(tried)} mutants, {alive} alive", flush=True)
    return 0


def _lives(mutant: mutants.Mutant, work: Path) -> bool:
    """Whether all tests pass that might notice *mutant*."""
    tests = mutants.concerned(mutant, work)
    (work / "wanted").write_text("\n".join(tests), "utf-8")
    whole = mutant.path.read_bytes()
    mutant.path.write_text(mutant.text(), "utf-8")
    try:
        return _status(work, work / "wanted", limit=60 + 2 * sum(tests.values())) in (0, 5)
    finally:
        mutant.path.write_bytes(whole)


def _status(work: Path, *wanted: Path, limit: float | None = None) -> int | None:
    """How pytest ended in a process of its own; None where that took more than *limit* seconds."""
    places = {"PYTHONPATH": str(work / "src"), "HYPOTHESIS_STORAGE_DIRECTORY": str(work)}
    with subprocess.Popen(
        [sys.executable, __file__, "--run", work, *wanted],
        cwd=ROOT,
        env={**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            return running.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return None


if __name__ == "__main__":
    sys.exit(main())
