"""Which report goes where: formats, files beside them, paths, statistics."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from notelint.cli.main import main
from notelint.report.github import MAX_SUMMARY_BYTES

Captured = pytest.CaptureFixture[str]

LINE = "a.md:3:5: error: image has no source [empty-image] [*]\n"
COUNTS = "1 problem (1 error, 0 warnings) in 1 of 1 file; 1 fixable with notelint fix\n"
PROPERTIES = "line=3,endLine=3,title=empty-image,col=5,endColumn=10"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in a repository, the current one, with a note in it that has one finding."""
    folder = tmp_path / "notes"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (folder / "a.md").write_text("# A\n\nSee ![]() here.\n", "utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_text_is_a_line_a_finding_and_the_counts(notes: Path, capsys: Captured) -> None:
    assert main(["check"]) == 1
    assert capsys.readouterr() == (LINE + COUNTS, "")
    assert main(["check", "--quiet"]) == 1
    assert capsys.readouterr() == (LINE, "")


def test_annotations_are_told_apart_from_the_counts(notes: Path, capsys: Captured) -> None:
    annotation = f"::error file=notes/a.md,{PROPERTIES}::image has no source\n"
    assert main(["check", "--output-format", "github"]) == 1
    assert capsys.readouterr().out == annotation + COUNTS
    assert main(["check", "--output-format", "github", "--quiet"]) == 1
    assert capsys.readouterr().out == annotation


@pytest.mark.parametrize("form", ["json", "jsonl", "junit", "text"])
def test_paths_from_the_current_folder(notes: Path, capsys: Captured, form: str) -> None:
    main(["check", "--output-format", form])
    assert "notes/a.md" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_paths_from_the_root_of_the_repository(notes: Path, capsys: Captured, form: str) -> None:
    main(["check", "--output-format", form])
    assert "notes/a.md" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_linked_note_is_annotated_where_it_is(notes: Path, capsys: Captured) -> None:
    (notes.parent / "linked.md").symlink_to("notes/a.md")
    main(["check", "../linked.md", "--output-format", "github"])
    assert "file=notes/a.md," in capsys.readouterr().out


def test_one_run_writes_three_reports(notes: Path, capsys: Captured) -> None:
    arguments = ["check", "--sarif-file", "a.sarif", "--summary-file", "a.summary"]
    assert main(arguments) == 1
    assert capsys.readouterr().out == LINE + COUNTS
    [run] = json.loads((notes / "a.sarif").read_text("utf-8"))["runs"]
    assert len(run["results"]) == 1
    assert "<code>notes/a&#46;md&#58;3&#58;5</code>" in (notes / "a.summary").read_text("utf-8")


def test_a_summary_is_appended(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = notes / "summary"
    file.write_text("# Before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    main(["check", "--output-format", "text"])
    assert file.read_text("utf-8") == "# Before\n"
    main(["check", "--output-format", "github"])
    assert file.read_text("utf-8").startswith("# Before\n\n## notelint\n")
    file.write_text("# Before\n", "utf-8")
    main(["check", "--output-format", "github", "--summary-file", ""])
    assert file.read_text("utf-8") == "# Before\n"


def test_what_the_step_wrote_before_counts(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = notes / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    for before in (MAX_SUMMARY_BYTES - 400, MAX_SUMMARY_BYTES, MAX_SUMMARY_BYTES + 1):
        file.write_bytes(b"x" * before)
        main(["check", "--output-format", "github"])
        assert file.stat().st_size <= max(before, MAX_SUMMARY_BYTES)


@pytest.mark.parametrize("option", ["--sarif-file", "--summary-file"])
def test_a_file_that_cannot_be_written_costs_no_finding(
    notes: Path, capsys: Captured, option: str
) -> None:
    assert main(["check", option, "no/such/folder"]) == 2
    shown = capsys.readouterr()
    assert shown.out == LINE + COUNTS
    assert "no/such/folder: cannot be written" in shown.err


def test_statistics_stand_in_for_text(notes: Path, capsys: Captured) -> None:
    main(["check", "--statistics"])
    assert capsys.readouterr() == ("     1  empty-image\n" + COUNTS, "")


def test_statistics_leave_other_formats_as_they_are(notes: Path, capsys: Captured) -> None:
    main(["check", "--output-format", "json"])
    report = capsys.readouterr().out
    main(["check", "--output-format", "json", "--statistics"])
    assert capsys.readouterr() == (report, "     1  empty-image\n")
