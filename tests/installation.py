"""notelint as an installer leaves it: the package, and beside it what says where it came from."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conftest import Ran
from notelint import __version__

SOURCE = Path(__file__).parents[1] / "src" / "notelint"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Installation:
    """A copy of the package in *folder*, with ``direct_url.json`` if that is given."""

    def __init__(self, folder: Path, direct_url: Mapping[str, Any] | str | None = None) -> None:
        self.site = folder / "site"
        package = self.site / "notelint"
        shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
        self.info = self.site / f"notelint-{__version__}.dist-info"
        self.info.mkdir()
        about = f"Metadata-Version: 2.1\nName: notelint\nVersion: {__version__}\n"
        (self.info / "METADATA").write_text(about, "utf-8")
        if direct_url is not None:
            text = direct_url if isinstance(direct_url, str) else json.dumps(direct_url)
            (self.info / "direct_url.json").write_text(text, "utf-8")

    def run(self, where: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
        """Run it with *arguments* in the folder *where*."""
        done = subprocess.run(
            [sys.executable, "-m", "notelint", *arguments],
            cwd=where,
            env={**os.environ, "PYTHONPATH": str(self.site), **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


def from_git(url: str, commit: str = COMMIT, **more: str) -> dict[str, Any]:
    """What pip notes of an installation from a git repository."""
    return {"url": url, "vcs_info": {"vcs": "git", "commit_id": commit}, **more}
