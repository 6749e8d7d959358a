"""The changelog: entries wait in files of their own, and a release puts them together."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the script, with two entries."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "changelog.py", tmp_path / ".ci")
    changes = tmp_path / ".github" / "changes"
    changes.mkdir(parents=True)
    (changes / "b.md").write_text("Second, on\ntwo lines.\n", "utf-8")
    (changes / "a.md").write_text("First.\n", "utf-8")
    return tmp_path


def built(tree: Path, changelog: str, *arguments: str) -> str:
    """What stands in the changelog after a release, or what is printed without one."""
    file = tree / "CHANGELOG.md"
    file.write_text(changelog, "utf-8")
    call = [sys.executable, str(tree / ".ci" / "changelog.py"), *arguments]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return file.read_text("utf-8") if arguments else done.stdout


ITEMS = "- First.\n- Second, on\n  two lines.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Changelog\n", f"# Changelog\n\n## 0.3.0\n\n{ITEMS}"),
        (
            "# Changelog\n\nAll.\n\n## 0.2.0\n\n- Old.\n",
            f"# Changelog\n\nAll.\n\n## 0.3.0\n\n{ITEMS}\n## 0.2.0\n\n- Old.\n",
        ),
        (
            "# Changelog\n\n## 0.3.0 (unreleased)\n\n- Early.\n\n## 0.2.0\n\n- Old.\n",
            f"# Changelog\n\n## 0.3.0\n\n- Early.\n{ITEMS}\n## 0.2.0\n\n- Old.\n",
        ),
        (
            "# Changelog\n\n## 0.3.0 (unreleased)\n\nThe first.\n",
            f"# Changelog\n\n## 0.3.0\n\nThe first.\n\n{ITEMS}",
        ),
    ],
)
def test_a_release_takes_the_entries(tree: Path, before: str, after: str) -> None:
    assert built(tree, before, "0.3.0") == after
    assert not [*(tree / ".github" / "changes").iterdir()]


def test_what_waits_is_printed(tree: Path) -> None:
    assert built(tree, "# Changelog\n") == ITEMS


def test_our_entries_are_text() -> None:
    for file in (ROOT / ".github" / "changes").glob("*.md"):
        text = file.read_text("utf-8").strip()
        assert text, file
        assert not text.startswith(("#", "- ", "* ")), file
