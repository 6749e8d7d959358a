"""Removing entries that another file has, too, loses no address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from conftest import Ran

ONE = """- https://example.org/a
- https://example.org/b
- https://example.org/a/
- https://example.org/c
"""
TWO = """- https://example.org/d
- https://example.org/b
- https://example.org/d
- https://example.org/e
- https://example.org/c
  - with a note
- https://example.org/f
"""


def test_the_first_of_each_stays(notelint: Callable[..., Ran], write: Callable[..., Path]) -> None:
    write("pyproject.toml", "[tool.notelint.rules.duplicate-link]\nacross-files = true\n")
    notes = [write("1.md", ONE), write("2.md", TWO)]
    ran = notelint("fix", "--unsafe", "--select", "duplicate-link", "--no-cache")
    left = [re.findall(r"example\.org/(\w/?)", note.read_text("utf-8")) for note in notes]
    assert left == [["a", "b", "c"], ["d", "e", "c", "f"]]
    assert "duplicate-link 3" in ran.err
