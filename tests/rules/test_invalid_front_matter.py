"""Front matter that is made to take long."""

from __future__ import annotations

from rules.harness import run_on_text


def test_more_brackets_than_anyone_writes() -> None:
    assert run_on_text("invalid-front-matter", f"---\na: {'[' * 50_000}\n---\n") == []
