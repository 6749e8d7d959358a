"""What the editor says is what the command line says, whatever happened before."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from server.sessions import Session
from server.talker import Talker

Start = Callable[..., Talker]


@pytest.mark.parametrize("git", [True, False])
def test_after_any_session_the_findings_are_those_of_check(
    start: Start, tmp_path: Path, git: bool
) -> None:
    root, copy = tmp_path / "notes", tmp_path / "copy"
    root.mkdir()
    if git:
        subprocess.run(["git", "init", "-q", root], check=True)
    chance = random.Random(20 + git)
    session = Session(start(root), chance, git=git)
    session.begin()
    for number in range(20):
        for _ in range(chance.randint(3, 12)):
            session.act()
        assert session.told() == session.said(copy), (number, session.steps)
