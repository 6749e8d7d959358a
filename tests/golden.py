"""Digests of what every command says and would write about folders of notes.

For a change that must keep behavior: write the digests before it, compare after it.

    python tests/golden.py FOLDER... >before.txt
    python tests/golden.py FOLDER... | diff before.txt -

Each FOLDER is copied and committed to a repository of its own. A line holds the digest of standard
output, standard error and exit status of one call. `--notelint` names the command to call.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CHECK = ("check", "--output-format", "json")
CALLS: dict[str, tuple[str, ...]] = {
    "check": (*CHECK, "--no-cache"),
    "check, every rule": (*CHECK, "--no-cache", "--select", "all"),
    "check, cold cache": CHECK,
    "check, warm cache": CHECK,
    "check as text": ("check",),
    "fix": ("fix", "--diff", "--no-cache"),
    "fix --unsafe": ("fix", "--unsafe", "--diff", "--no-cache"),
    "toc": ("toc", "--diff"),
    "fmt": ("fmt", "--diff"),
    "report": ("report", "--output-format", "json", "--no-cache"),
    "report as a page": ("report", "--no-cache"),
}


def main() -> int:
    """Print a line for each folder and call; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--notelint", default=f"{sys.executable} -m notelint")
    parser.add_argument("--without", action="append", default=[], help="leave out this call")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": work,
            "XDG_CACHE_HOME": f"{work}/cache",
            "LC_ALL": "C.UTF-8",
        }
        for folder in options.folders:
            copy = repository(folder, Path(work, folder.resolve().name))
            for name, call in CALLS.items():
                if name in options.without:
                    continue
                digest = output_digest([*options.notelint.split(), *call], copy, environment)
                print(f"{digest}  {folder.resolve().name}: {name}", flush=True)
    return 0


def repository(folder: Path, copy: Path) -> Path:
    """A git repository at *copy* that holds the files of *folder*."""
    shutil.copytree(folder, copy, symlinks=True)
    git = ["git", "-C", str(copy), "-c", "user.name=golden", "-c", "user.email=golden@localhost"]
    # a report names the commit, which depends on its dates
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2020-01-01T00:00:00Z")
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "notes"]):
        subprocess.run([*git, *arguments], env={**os.environ, **dates}, check=True)
    return copy


def output_digest(call: Sequence[str], folder: Path, environment: dict[str, str]) -> str:
    """The digest of what *call* prints in *folder*, and of its exit status."""
    done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, check=False)
    parts = (done.stdout, done.stderr, str(done.returncode).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
