"""Every case of every rule fixture. See :mod:`rules.fixtures` for their format."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import notelint.rules as rules
from notelint.markdown.document import Document
from notelint.text.source import Source
from rules.fixtures import Case, cases, mark
from rules.harness import RuleHarness

FIXTURES = sorted(Path(__file__).parent.glob("*.md"))


def read(case: Case) -> Document:
    """The note of *case*, in which a byte order mark is a character like any other."""
    if case.encoding == "utf-8":
        return Document.of(case.text)
    return Document(Source.decode(case.data))


def prepare(case: Case, folder: Path) -> None:
    """Write the note and the files of *case* below *folder*."""
    if {".gitignore", ".git/config"} & case.files.keys():
        subprocess.run(["git", "init", "--quiet", folder], check=True)
    for path, data in {**case.files, case.path: case.data}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def test_every_rule_has_its_fixture() -> None:
    assert [file.stem for file in FIXTURES] == sorted(rules.CATALOG)


@pytest.mark.parametrize("case", [each for file in FIXTURES for each in cases(file)], ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    prepare(case, tmp_path)
    doc = read(case)
    options = {name.replace("-", "_"): value for name, value in case.options.items()}
    harness = RuleHarness(case.rule, tmp_path, case.path, options)

    found = harness.run(doc)
    assert bool(found) == (case.section != "Silent")
    assert mark(case.text, found) == case.marked
    if case.messages:
        messages = [f"{each.path}: {each.message}" if each.path else each.message for each in found]
        assert list(dict.fromkeys(messages)) == case.messages
    if case.related:
        related = [one for each in found for one in each.related]
        shown = [f"`{path or covers}`: {message}" for path, covers, message in related]
        assert shown == case.related

    safe = case.marked if case.safe is None else case.safe
    unsafe = safe if case.unsafe is None else case.unsafe
    assert (unsafe != case.marked) == (case.section == "Fixed")
    if found:
        for with_unsafe, expected in ((False, safe), (True, unsafe)):
            fixed = harness.fix(doc, unsafe=with_unsafe)
            left = case.marked
            if fixed.doc is not doc:
                left = mark(fixed.doc.source.text, harness.run(fixed.doc))
            assert left == expected
        assert set(fixed.refused.values()) == ({case.refused} if case.refused else set())
