"""What fixes leave of random notes, by GitHub's renderer, many times over.

python tests/benchmarks/shown.py [EXAMPLES]
"""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shown
import shown_blocks


def main(examples: int) -> None:
    """Hold *examples* notes against their pages; raises AssertionError for the first that fails."""
    many = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    many(given(shown.texts)(shown.agree))()
    many(given(shown_blocks.texts)(shown_blocks.agree))()
    print(f"{examples} notes are shown as declared")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
