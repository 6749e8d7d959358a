"""What is judged anew when something changes: what depends on it, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from notelint.engine.analyze import analyze_bytes
from notelint.engine.linter import across
from notelint.refactor.refusal import Refusal
from notelint.server.buffers import Buffer
from notelint.server.open_notes import OpenNotes
from notelint.server.renaming import moved


def close_all(notes: OpenNotes) -> None:
    for key in [*notes.buffers]:
        notes.close(key)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenNotes]:
    """The notes of a folder; what is open is closed in the end."""
    monkeypatch.chdir(tmp_path)
    opened = OpenNotes([str(tmp_path)], lambda problem: None)
    yield opened
    close_all(opened)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notes that were analyzed, or held against others, in this order."""
    found: list[str] = []

    def noted(rules_for: object, note: object, *rest: object) -> object:
        found.append(f"analyze {note.path}")  # type: ignore[attr-defined]
        return analyze_bytes(rules_for, note, *rest)  # type: ignore[arg-type]

    def noted_across(facts: object, *rest: object) -> object:
        found.append(f"across {facts.path}")  # type: ignore[attr-defined]
        return across(facts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("notelint.engine.live_linter.analyze_bytes", noted)
    monkeypatch.setattr("notelint.engine.tree_linter.across", noted_across)
    return found


def opened(notes: OpenNotes, path: Path, text: str) -> Buffer:
    path.write_text(text, "utf-8")
    buffer = Buffer(path.as_uri(), str(path), "markdown", 1, text)
    notes.open(buffer)
    notes.findings(str(path))
    return buffer


def test_a_change_reaches_the_notes_that_depend_on_it(
    notes: OpenNotes, judged: list[str], tmp_path: Path
) -> None:
    (tmp_path / "c.md").write_text("# C\n", "utf-8")
    first = opened(notes, tmp_path / "a.md", "[b](b.md#b)\n")
    other = opened(notes, tmp_path / "b.md", "# B\n\nText.\n")
    opened(notes, tmp_path / "d.md", "[c](c.md#c)\n")
    every = [*notes.buffers]

    def after(buffer: Buffer, text: str) -> list[str]:
        judged.clear()
        buffer.change(buffer.version + 1, [(None, text)], "utf-16")
        notes.changed(buffer)
        for path in every:
            notes.findings(path)
        return judged[:]

    [*map(notes.findings, every)]
    # nothing that another note can see
    assert after(other, "# B\n\nOther text.\n") == ["analyze b.md", "across b.md"]
    # an anchor that another note names
    assert after(other, "# D\n\nOther text.\n") == ["analyze b.md", "across a.md", "across b.md"]
    assert after(first, "[b](b.md#d)\n") == ["analyze a.md", "across a.md"]
    assert after(first, "[b](b.md#d)\n") == []


def test_looking_again_at_a_disk_that_is_the_same_judges_nothing(
    notes: OpenNotes, judged: list[str], tmp_path: Path
) -> None:
    (tmp_path / "b.md").write_text("# B\n", "utf-8")
    opened(notes, tmp_path / "a.md", "[b](b.md#b) [c](c.md)\n")
    judged.clear()
    notes.look_again()
    notes.disk_changed([str(tmp_path / "b.md"), str(tmp_path / "x.txt")])
    notes.findings(str(tmp_path / "a.md"))
    assert judged == []
    (tmp_path / "c.md").write_text("# C\n", "utf-8")
    notes.disk_changed([str(tmp_path / "c.md")])
    assert notes.findings(str(tmp_path / "a.md")) == []
    assert judged == ["across a.md"]


def test_a_note_above_the_folder_does_not_make_the_folder_there_one_of_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    folder.joinpath(".notelint.yaml").write_text("include: ['*.txt']\n", "utf-8")
    folder.joinpath("a.txt").write_text("a\n", "utf-8")
    monkeypatch.chdir(folder)
    notes = OpenNotes([str(folder)], lambda problem: None)
    assert notes.place(str(folder / "b.md")).linter.session.named == {"a.txt"}
    opened(notes, tmp_path / "above.md", "# A\n")
    linter = notes.place(str(tmp_path / "above.md")).linter
    assert linter.session.named == {"above.md"}  # what else is there is not looked for
    close_all(notes)


def test_a_file_that_leaves_the_folder_does_not_make_its_new_folder_one_of_notes(
    notes: OpenNotes, tmp_path: Path
) -> None:
    tmp_path.joinpath("a.md").write_text("[b](b.md)\n", "utf-8")
    outside = tmp_path.parent / "elsewhere.md"
    with pytest.raises(Refusal, match="out of"):
        moved(notes, [(str(tmp_path / "a.md"), str(outside))])
    assert [*notes._linters] == [str(tmp_path)]


def test_the_headings_of_a_note_at_the_root_of_the_disk(notes: OpenNotes) -> None:
    path = os.path.abspath(os.path.join(os.sep, "notelint-test.md"))
    notes.open(Buffer(Path(path).as_uri(), path, "markdown", 1, "# A\n"))
    place = notes.place(path)
    assert [text for text, _ in place.links.titles(place.note.path)] == ["A"]
