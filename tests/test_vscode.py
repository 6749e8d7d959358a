"""The extension for Visual Studio Code: its settings are those of the server, and it starts one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from notelint import __version__
from notelint.server.lsp.features import OFFERED

ROOT = Path(__file__).parent.parent
EXTENSION = ROOT / "editors" / "vscode"
COMMANDS = {"notelint.restart", "notelint.fixAll", "notelint.refreshContents"}

pytestmark = pytest.mark.skipif(not EXTENSION.is_dir(), reason="is not in the sdist")


def described() -> Any:
    """What package.json says."""
    return json.loads((EXTENSION / "package.json").read_text("utf-8"))


def test_each_capability_has_a_setting() -> None:
    settings = described()["contributes"]["configuration"]["properties"]
    names = {name.removeprefix("notelint.") for name in settings}
    assert names == {*OFFERED, "diagnostics", "workspaceDiagnostics", "path"}
    off = {name for name, each in settings.items() if each["default"] is False}
    page = (EXTENSION / "README.md").read_text("utf-8")
    for name in off:
        assert f"`{name.removeprefix('notelint.')}`" in page, name


def test_each_command_is_described() -> None:
    commands = described()["contributes"]["commands"]
    assert {each["command"] for each in commands} == COMMANDS
    page = (EXTENSION / "README.md").read_text("utf-8")
    for each in commands:
        assert f"| {each['category']}: {each['title']} |" in page


def test_all_pages_install_the_server_alike() -> None:
    command = "pipx install --force '.[server]'"
    for file in ("docs/editors.md", "editors/vscode/README.md", "editors/vscode/src/extension.ts"):
        text = (ROOT / file).read_text("utf-8")
        assert command in text
        assert "notelint[server]" not in text


def test_nothing_runs_in_a_folder_that_is_not_trusted() -> None:
    trust = described()["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] is False
    assert trust["description"]


def test_it_is_of_this_version_and_licence() -> None:
    assert described()["version"] == re.match(r"[\d.]+\d", __version__)[0]  # type: ignore[index]
    assert (EXTENSION / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")


def test_no_registry_is_named() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    assert not [name for name, each in lock["packages"].items() if "resolved" in each]


@pytest.mark.skipif(os.name == "nt", reason="puts a script on the PATH")
@pytest.mark.skipif(
    not (shutil.which("npm") and (EXTENSION / "node_modules").is_dir()),
    reason="needs `npm ci` in editors/vscode",
)
def test_it_finds_and_starts_a_server(tmp_path: Path) -> None:
    program = tmp_path / "notelint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m notelint "$@"\n', "utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    for script in ("check", "test"):
        run = ["npm", "run", "--silent", script]
        done = subprocess.run(run, cwd=EXTENSION, env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
