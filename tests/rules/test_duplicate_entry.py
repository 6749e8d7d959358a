"""What ``duplicate-entry`` shows of entries that differ."""

from __future__ import annotations

from conftest import Run, Write

ENTRY = """- GLM-130B: An Open Bilingual Pre-trained Model
  - <details>
    <summary>notes</summary>
    1. predicts spans  <br>
    2. trained on prompts
    </details>
"""


def test_the_report_as_text_shows_how_they_differ(notelint: Run, write: Write) -> None:
    write("1.md", ENTRY)
    write("2.md", ENTRY.replace("predicts spans", "predicts spans, shuffled"))
    ran = notelint("check", "--select", "duplicate-entry", "--no-cache", "--output-format", "full")
    lines = ran.out.split("\n")
    assert lines[0] == "2.md:1:1: warning: entry is also in `1.md`, but differs [duplicate-entry]"
    assert lines[3:6] == [
        "      = 1.md, line 1: it differs",
        "    - 1. predicts spans  <br>",
        "    + 1. predicts spans, shuffled  <br>",
    ]
    for form in ("github", "gitlab"):
        ran = notelint("check", "--select", "duplicate-entry", "--output-format", form)
        assert "entry is also in `1.md`, but differs (1.md:1)" in ran.out
