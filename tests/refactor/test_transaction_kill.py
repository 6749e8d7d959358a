"""A transaction that is killed at whatever moment is undone or finished by the next run."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Git, Write


@pytest.mark.skipif(os.name == "nt", reason="needs a fork")
@pytest.mark.parametrize(("kind", "every", "least"), [("events", 1, 40), ("lines", 13, 20)])
def test_kills(
    git: Git,
    write: Write,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    every: int,
    least: int,
) -> None:
    git("init", "-q")
    for name in ("a.md", "b.md", "docs/c.md", "docs/deep/d.md", "alone/z.md"):
        write(name, f"# {name}\n")
    git("add", "-A")
    git("commit", "-qm", "x")
    write("b.md", "# b.md\n\nChanged.\n")
    write("docs/new.md", "new\n")
    done = subprocess.run(
        [sys.executable, "-m", "refactor.kill_everywhere", str(tmp_path), kind, str(every)],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path_factory.mktemp("state"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ends = ast.literal_eval(done.stdout)
    assert ends["undone"] > least
    assert ends["finished"] > 0
    assert ends["again"] > least / 2
