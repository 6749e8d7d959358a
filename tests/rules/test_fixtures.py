"""Every case of every rule fixture; see :mod:`rules.fixtures` for their format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from notelint import rules
from rules.fixtures import Case, cases
from rules.harness import findings, fixed

FOLDER = Path(__file__).parent
CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in cases(file)]


def prepared(case: Case, folder: Path) -> Path:
    """*folder* with the files of *case*."""
    for path, text in case.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title}")
def test_case(case: Case, tmp_path: Path) -> None:
    assert case.rule in rules.CATALOG
    folder, options = prepared(case, tmp_path), _options(case)
    found = findings(case.rule, folder, case.note, **options)
    assert [each.covers for each in found] == case.covered
    if case.messages:
        assert [each.message for each in found] == case.messages
    assert bool(found) == case.fires


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.safe is not None or case.unsafe is not None],
    ids=lambda case: f"{case.rule}: {case.title}",
)
def test_fix(case: Case, tmp_path: Path) -> None:
    folder, options = prepared(case, tmp_path), _options(case)
    safe = case.text if case.safe is None else case.safe
    assert fixed(case.rule, folder, case.note, unsafe=False, **options) == safe
    unsafe = safe if case.unsafe is None else case.unsafe
    assert fixed(case.rule, folder, case.note, unsafe=True, **options) == unsafe


def _options(case: Case) -> dict[str, Any]:
    return {
        name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for name, value in case.options.items()
    }
