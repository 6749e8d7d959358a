"""Kill `notelint fix` on a copy of a folder, hundreds of times: no note is torn, and none is lost.

    python tests/benchmarks/kill.py ../shared/corpus --kills 500

Of the notes that a run fixes the smallest are copied, ``--notes`` of them. A run is killed at a
random moment between its first write and its end, by SIGKILL or SIGTERM; then every note is
compared with its text before and after. At the end a run that nobody kills must leave the new
texts, and no file that is not a note.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import killing


def main() -> int:
    """Kill, and say what was left; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--notes", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(options.folder, copy, ignore=shutil.ignore_patterns(".git"))
        before = killing.texts(copy)
        seconds = killing.run(copy)
        changed = [each for each, text in killing.texts(copy).items() if text != before[each]]
        kept = sorted(changed, key=lambda each: len(before[each]))[: options.notes]
        print(f"{len(before)} notes, {len(changed)} of them fixed in {seconds:.0f} s", flush=True)
        if not kept:
            return 1
        copy = Path(name) / "small"
        before = {each: before[each] for each in kept}
        killing.restore(copy, before)
        killing.run(copy)
        after = killing.texts(copy)
        moments, torn, lost = set(), 0, 0
        for left in killing.kills(copy, before, after, options.kills):
            moments.add(left.fixed)
            torn += len(left.torn)
            lost += len(left.lost)
            for each in (*left.torn, *left.lost):
                print("BROKEN", each)
        killing.run(copy)
        wrong = killing.texts(copy) != after
        over = killing.left_over(copy)
    print(
        f"{options.kills} kills at {len(moments)} stages of {len(kept)} notes: "
        f"{torn} torn, {lost} lost; "
        f"then {'WRONG TEXTS' if wrong else 'all texts right'}, {len(over)} files left over"
    )
    return int(bool(torn or lost or wrong or over))


if __name__ == "__main__":
    sys.exit(main())
