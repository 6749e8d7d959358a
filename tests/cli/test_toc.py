"""``notelint toc`` as it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


def test_a_title_may_be_a_heading(notelint: Run, write: Write) -> None:
    note = write("a.md", "# A\n\ntext\n")
    assert notelint("toc", "--title", "## Contents", "a.md")[0] == 0
    text = note.read_text()
    assert "## Contents\n\n- [A](#a)\n" in text
    assert notelint("toc", "--check", "a.md")[0] == 0, "it is kept"


def test_a_title_that_takes_the_anchor_of_a_heading_is_refused(notelint: Run, write: Write) -> None:
    note = write("a.md", "# Contents\n\ntext\n")
    status, _, err = notelint("toc", "--title", "## Contents", "a.md")
    assert (status, note.read_text()) == (2, "# Contents\n\ntext\n")
    assert err == "notelint: a.md: table of contents not written, it would change the headings\n"
