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

import yaml

from conftest import Ran
from notelint import __version__

SOURCE = Path(__file__).parents[1] / "src" / "notelint"
URL = "https://git.example.org/team/notelint.git"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Installation:
    """A copy of the package in *folder*, with ``direct_url.json`` if that is given.

    *urls* are the addresses of the project by their labels.
    """

    def __init__(
        self,
        folder: Path,
        direct_url: Mapping[str, Any] | str | None = None,
        urls: Mapping[str, str] | None = None,
    ) -> None:
        self.site = folder / "site"
        package = self.site / "notelint"
        shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
        self.script = folder / "bin" / "notelint"
        self.script.parent.mkdir()
        self.script.write_text("from notelint.cli.main import entry\n\nentry()\n", "utf-8")
        self.info = self.site / f"notelint-{__version__}.dist-info"
        self.info.mkdir()
        about = f"Metadata-Version: 2.1\nName: notelint\nVersion: {__version__}\n"
        about += "".join(f"Project-URL: {each}, {url}\n" for each, url in (urls or {}).items())
        (self.info / "METADATA").write_text(about, "utf-8")
        if direct_url is not None:
            text = direct_url if isinstance(direct_url, str) else json.dumps(direct_url)
            (self.info / "direct_url.json").write_text(text, "utf-8")

    def run(self, where: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
        """Run it with *arguments* in the folder *where*."""
        done = subprocess.run(
            [sys.executable, str(self.script), *arguments],
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


class Checkout:
    """An installation from a local folder that is a git repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a check out"
        self.folder.mkdir()
        url = self.folder.as_uri()
        self.installed = Installation(folder, {"url": url, "dir_info": {}})

    def git(self, *arguments: str) -> str:
        """Run git there."""
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, name: str = ".pre-commit-hooks.yaml") -> str:
        """Commit a file; the commit."""
        (self.folder / name).write_text("[]\n")
        self.git("add", ".")
        self.git("commit", "-qm", "x")
        return self.git("rev-parse", "HEAD")


def repos(folder: Path) -> Any:
    """The entries of the hooks in *folder*."""
    return yaml.safe_load((folder / ".pre-commit-config.yaml").read_bytes())["repos"]


def refused(ran: Ran, folder: Path, message: str) -> None:
    """Check that ``init`` wrote nothing in *folder*, and why."""
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == [".git"]
