"""A note of too many pieces: what is not tried in it, and what is not listed, is told."""

from __future__ import annotations

from pathlib import Path

from notelint import api
from notelint.engine.linter import MAX_LISTED
from notelint.engine.note_cost import MAX_PIECES, pieces, too_costly
from notelint.markdown.document import Document

DENSE = "- a\n\n  - b\n\n"  # an item of a list, and one in it


def test_notes_that_people_write_have_few_pieces() -> None:
    prose = "A line of a note that says something, with a [link](https://example.org/a).\n\n"
    table = "| a | b |\n| - | - |\n" + "| 12 | 34 |\n" * 500 + "\n"
    entry = "- [name of it](https://example.org/name): what it is\n"
    for text in (prose * 4_000, table * 50, entry * 5_000):
        assert 250_000 < len(text) < 320_000
        doc = Document.of(text)
        assert pieces(doc) < MAX_PIECES // 2
        assert too_costly(doc, 2_000) is None


def test_fixes_are_tried_in_a_long_changelog() -> None:
    entry = "- **core:** mend it ([#12](https://example.org/12)) ([ab](https://example.org/ab))\n"
    release = "## [1.2.3](https://example.org/1.2.3) (2024-01-01)\n\n### Fixes\n\n" + entry * 6
    doc = Document.of(f"{release}\n" * 1_800)
    assert len(doc.source.text) > 1_000_000
    assert too_costly(doc, 2_000) is None


def test_fixes_count_as_well() -> None:
    doc = Document.of("## a\n\n" * 20_000)
    assert too_costly(doc) is None
    assert too_costly(doc, MAX_PIECES // 3)


def test_what_was_not_tried_is_said() -> None:
    text = "![]()\n\n" + DENSE * 20_000
    (found,) = api.lint_text(text, select=["empty-image"])
    assert found.fix is None
    assert found.refused
    assert "too many blocks" in found.refused.reason
    assert api.fix_text(text, select=["empty-image"]) == text
    small = "![]()\n\n" + DENSE * 2_000
    assert api.fix_text(small, select=["empty-image"]) == small[6:]


def test_findings_over_the_limit_are_counted() -> None:
    found = api.lint_text("#\n" * (MAX_LISTED + 1_050), select=["empty-heading"])
    assert len(found) == MAX_LISTED
    assert {each.message for each in found[:-1]} == {"heading has no text"}
    told = "heading has no text; 1,050 more of `empty-heading` in this note are not listed"
    assert found[-1].message == told


def test_findings_within_the_limit_are_all_listed() -> None:
    found = api.lint_text("#\n" * MAX_LISTED, select=["empty-heading"])
    assert {each.message for each in found} == {"heading has no text"}


def test_findings_that_are_told_as_one_are_all_counted() -> None:
    (found,) = api.lint_text("[a](#b)\n" * (MAX_LISTED + 5), select=["broken-anchor"])
    assert found.message.startswith("10005 links lead to `#b`")


def test_findings_across_notes_are_counted_as_well(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("# A\n\n" + "- [a](https://a.b): more\n" * (MAX_LISTED + 6))
    found = api.check([note], select=["duplicate-link"])
    assert len(found) == MAX_LISTED
    assert found[-1].message.endswith("; 5 more of `duplicate-link` in this note are not listed")
