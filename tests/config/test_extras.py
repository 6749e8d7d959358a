"""What a call says where a package of an extra is missing: the command that installs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from installation import COMMIT, URL, Installation

GIT = {"vcs": "git", "commit_id": COMMIT}


def said(folder: Path, direct_url: Any, mark: str = "") -> str:
    """The message of an installation from *direct_url*, in an environment with the file *mark*."""
    installed = Installation(folder, direct_url)
    (installed.site / "argcomplete.py").write_text("raise ImportError\n", "utf-8")
    environment = folder / "environment"
    environment.mkdir()
    if mark:
        (environment / mark).touch()
        script = installed.script.read_text("utf-8")
        installed.script.write_text(f"import sys\n\nsys.prefix = {str(environment)!r}\n{script}")
    ran = installed.run(folder, "completion", "bash")
    assert (ran.status, ran.out) == (2, "")
    return ran.err


@pytest.mark.parametrize(
    ("direct_url", "command"),
    [
        (None, "pip install 'notelint[completion]'"),
        ({"url": "file:///my%20clone", "dir_info": {}}, "pip install '/my clone[completion]'"),
        (
            {"url": "file:///clone", "dir_info": {"editable": True}},
            "pip install -e '/clone[completion]'",
        ),
        (
            {"url": URL, "vcs_info": GIT},
            f"pip install 'notelint[completion] @ git+{URL}@{COMMIT}'",
        ),
        (
            {"url": URL.replace("//", "//me:secret@"), "vcs_info": GIT},
            f"pip install 'notelint[completion] @ git+{URL}@{COMMIT}'",
        ),
        (
            {"url": "ssh://git@git.example.org/n.git", "vcs_info": GIT},
            f"pip install 'notelint[completion] @ git+ssh://git@git.example.org/n.git@{COMMIT}'",
        ),
        (
            {"url": "ssh://git:pw@git.example.org/n.git", "vcs_info": GIT, "subdirectory": "py"},
            "pip install 'notelint[completion] @ "
            f"git+ssh://git@git.example.org/n.git@{COMMIT}#subdirectory=py'",
        ),
        (
            {"url": "https://x.example/notelint.whl", "archive_info": {}},
            "pip install 'notelint[completion] @ https://x.example/notelint.whl'",
        ),
        ("{", "pip install 'notelint[completion]'"),
        ("[1]", "pip install 'notelint[completion]'"),
    ],
)
def test_it_is_installed_from_where_notelint_came_from(
    tmp_path: Path, direct_url: Any, command: str
) -> None:
    ran = said(tmp_path, direct_url)
    assert ran == f"notelint: argcomplete is not installed; run `{command}`\n"


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("pipx_metadata.json", "pipx install --force '/clone[completion]'"),
        ("uv-receipt.toml", "uv tool install '/clone[completion]'"),
    ],
)
def test_with_the_tool_that_made_the_environment(tmp_path: Path, mark: str, command: str) -> None:
    ran = said(tmp_path, {"url": "file:///clone", "dir_info": {}}, mark)
    assert ran == f"notelint: argcomplete is not installed; run `{command}`\n"
