"""The extension in a window of Visual Studio Code, where code-server is installed.

`npm ci && npm run package` in ``editors/vscode`` first; Playwright drives the window in Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXTENSION = Path(__file__).parent.parent / "editors" / "vscode" / "notelint.vsix"
SERVER = shutil.which("code-server")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
NOTE = "# A\n\n![]()\n\n<!-- toc -->\n\n- [Old](#old)\n\n<!-- tocstop -->\n\n## Next\n\nText.\n"
SETTINGS = {
    "files.autoSave": "afterDelay",
    "files.autoSaveDelay": 100,
    "workbench.startupEditor": "none",
    "workbench.editor.useModal": "off",
    "security.workspace.trust.startupPrompt": "never",
}
LONG = 60_000  # milliseconds

pytestmark = pytest.mark.skipif(
    not (SERVER and CHROMIUM and EXTENSION.exists()),
    reason="needs code-server, Chromium and the package of the extension",
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with a note and an environment, whose interpreter writes that it was started."""
    folder = tmp_path / "notes"
    bin_ = folder / ".venv" / "bin"
    bin_.mkdir(parents=True)
    python = bin_ / "python"
    python.write_text(f'#!/bin/sh\necho >>"{tmp_path}/started"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (folder / "a.md").write_text(NOTE, "utf-8")
    return folder


@pytest.fixture
def window(notes: Path, tmp_path: Path) -> Iterator[Page]:
    """A window of the folder, with the extension installed."""
    api = pytest.importorskip("playwright.sync_api")
    data = ["--user-data-dir", str(tmp_path / "data"), "--extensions-dir", str(tmp_path / "more")]
    settings = tmp_path / "data" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS), "utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    assert SERVER
    subprocess.run([SERVER, *data, "--install-extension", EXTENSION], env=env, check=True)
    quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check"]
    with subprocess.Popen([SERVER, *data, *quiet, "--bind-addr", place], env=env) as process:
        try:
            until(lambda: answers(f"http://{place}/healthz"))
            with api.sync_playwright() as driver:
                browser = driver.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LONG
                )
                page = browser.new_page()
                page.goto(f"http://{place}/?folder={notes}")
                yield page
                browser.close()
        finally:
            process.terminate()


def answers(address: str) -> bool:
    """Whether a server answers there."""
    try:
        with urllib.request.urlopen(address):
            return True
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    """Wait; a failure after a long time."""
    end = time.monotonic() + LONG / 1000
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def command(page: Page, name: str) -> None:
    """Run a command of the palette."""
    page.keyboard.press("F1")
    page.keyboard.type(name)
    page.get_by_role("option", name=re.compile(re.escape(name))).first.wait_for(timeout=LONG)
    page.keyboard.press("Enter")


def test_a_window_at_work(window: Page, notes: Path) -> None:
    started = notes.parent / "started"
    window.get_by_role("treeitem", name="a.md").dblclick(timeout=LONG)
    window.locator(".view-lines", has_text="Next").wait_for(timeout=LONG)
    restricted = window.locator(".statusbar-item", has_text="Restricted Mode")
    restricted.wait_for(timeout=LONG)
    assert not started.exists()
    restricted.click()
    window.get_by_role("button", name="Trust", exact=True).click(timeout=LONG)
    until(started.exists)
    window.get_by_role("treeitem", name="a.md").dblclick(timeout=LONG)
    window.locator(".squiggly-error").first.wait_for(timeout=LONG)
    command(window, "notelint: Refresh the Table of Contents")
    until(lambda: "[Next](#next)" in (notes / "a.md").read_text("utf-8"))
    command(window, "notelint: Apply All Safe Fixes")
    until(lambda: "![]()" not in (notes / "a.md").read_text("utf-8"))
    runs = len(started.read_text("utf-8"))
    command(window, "notelint: Restart the Server")
    until(lambda: len(started.read_text("utf-8")) > runs)
