"""Where ``empty-section`` does not look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran


def test_templates_are_to_be_filled_in(
    notelint: Callable[..., Ran], write: Callable[..., Path]
) -> None:
    for path in (
        ".github/ISSUE_TEMPLATE/bug.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        "docs/pull_request_template.md",
        ".gitlab/merge_request_templates/default.md",
        "templates.md",
    ):
        write(path, "## What\n\n## When\n")
    found = notelint("check", "--select", "empty-section", ".github", "docs", ".gitlab", ".")
    assert [line.split(":")[0] for line in found.out.split("\n")[:-2]] == ["templates.md"] * 2
