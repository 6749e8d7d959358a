"""What other files have, too, is told and stays: an entry goes only from a list that has it."""

from __future__ import annotations

import re

from conftest import Run, Write

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


def test_what_another_file_has_stays(notelint: Run, write: Write) -> None:
    write("pyproject.toml", "[tool.notelint.rules.duplicate-link]\nacross-files = true\n")
    notes = [write("1.md", ONE), write("2.md", TWO)]
    ran = notelint("fix", "--unsafe", "--select", "duplicate-link", "--no-cache")
    left = [re.findall(r"example\.org/(\w/?)", note.read_text("utf-8")) for note in notes]
    assert left == [["a", "b", "c"], ["d", "b", "e", "c", "f"]]
    assert "duplicate-link 2" in ran.err
    assert ran.out.count("already linked in `1.md`") == 2
