#!/usr/bin/env python3
"""Run the steps of a job of our workflows in a fresh clone, as a runner would.

    .ci/job.py WORKFLOW JOB    such as `.ci/job.py docs site`

Actions are not run: the clone stands for the checkout, an environment of this Python for the one
that is set up, and the Node.js of this machine for that. What needs root or a forge fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from generated import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from runner import Runner

ELSEWHERE = (
    "./",
    "actions/setup-node",
    "actions/upload-artifact",
    "actions/upload-pages-artifact",
)


def main() -> int:
    """Run the job; the exit status."""
    workflow, job = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        file = clone / ".github" / "workflows" / f"{workflow}.yml"
        outcome = Runner(clone, Path(folder, "temp")).job(file, job, elsewhere=ELSEWHERE)
    print(outcome.log)
    print(f"{workflow} {job}: {'passed' if outcome.success else 'failed'}")
    return int(not outcome.success)


if __name__ == "__main__":
    sys.exit(main())
