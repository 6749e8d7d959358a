"""Notes whose tables of contents hold anything: no command may lose a word but those of entries.

    python tests/benchmarks/contents_words.py            # 20,000 notes
    python tests/benchmarks/contents_words.py 1000 --seed 7

Each is fixed, and its table refreshed, twice; what a reader sees before and after is told by
cmark-gfm. Printed are the notes that something is wrong with, and how many were changed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contents import contents, note, wrong
from notelint import fix_text, lint_text
from notelint.toc.options import TocOptions

_SHOWN = 10


def main() -> None:
    """Make the notes, and exit with 1 where one is not as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("notes", nargs="?", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, counts, failed = random.Random(options.seed), Counter[str](), 0
    for _ in range(options.notes):
        text = note(chance)
        found = lint_text(text, select=["toc-stale"])
        counts["fixed"] += fix_text(text, select=["toc-stale"]) != text
        counts["refreshed"] += contents(text, TocOptions()) != text
        counts["left alone"] += any("but holds" in each.message for each in found)
        if fault := wrong(text):
            failed += 1
            if failed <= _SHOWN:
                print(f"{fault}:\n{text}\n")
    told = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
    print(f"{options.notes} notes, {told}; {failed} wrong")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
