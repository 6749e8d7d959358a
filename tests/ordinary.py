"""The command as somebody runs it to whom the modes of files apply, also where root runs tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Ran


def run(folder: Path, *arguments: str, groups: str = "") -> Ran:
    """Run ``notelint`` in *folder*, in a process of its own and without a privilege.

    Where root runs tests, it can be in more *groups*, by number.
    """
    prefix: list[str] = []
    if os.access("/", os.W_OK):
        setpriv = shutil.which("setpriv") or pytest.skip("root may write anything")
        prefix = [setpriv, "--inh-caps=-all", "--bounding-set=-all"]
        prefix += ["--groups", groups] if groups else []
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "notelint", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
