"""Findings that are known: ``--write-baseline`` and ``--baseline``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Ran, Run, Write

NOTE = """\
# Title

## One

Text [x](#nope) and [y](#nope).

- https://example.org/a
- [a](http://example.org/a/)

## Two

<img src="">

End.
"""
FIRST, SECOND = NOTE[NOTE.index("## One") : NOTE.index("## Two")], NOTE[NOTE.index("## Two") :]
F = "known.json"


@pytest.fixture
def recorded(notelint: Run, write: Write) -> Path:
    """A note with findings, all of them recorded."""
    note = write("notes/a.md", NOTE)
    ran = notelint("check", "--write-baseline", F)
    assert ran == Ran(0, "", f"notelint: {F}: 4 problems recorded\n")
    return note


def test_what_is_known_is_not_reported(notelint: Run, recorded: Path) -> None:
    assert notelint("check", "--baseline", F) == Ran(0, "No new problems in 1 file\n", "")


@pytest.mark.parametrize(
    "moved",
    [
        "\n\nNew paragraph.\n\n" + NOTE,
        NOTE.replace("## One", "## One renamed").replace("## Two", "## Another"),
        NOTE.replace("## Two", "## Three\n\nText.\n\n## Two"),
        # the second section first
        f"# Title\n\n{SECOND}\n{FIRST}",
        # what was said of the second entry is now said of the other
        NOTE.replace(
            "- https://example.org/a\n- [a](http://example.org/a/)",
            "- [a](http://example.org/a/)\n- https://example.org/a",
        ),
        NOTE.replace("\n", "\r\n"),
    ],
)
def test_what_moves_stays_known(notelint: Run, recorded: Path, moved: str) -> None:
    recorded.write_bytes(moved.encode())
    ran = notelint("check", "--baseline", F)
    assert (ran.status, ran.out.partition(" in ")[0]) == (0, "No new problems")


def test_a_new_one_beside_an_old_one_is_reported(notelint: Run, recorded: Path) -> None:
    recorded.write_bytes(NOTE.replace("and [y]", "[new](#other) and [y]").encode())
    ran = notelint("check", "--baseline", F)
    assert (ran.status, ran.out.count("broken-anchor")) == (1, 1)
    assert "`#other`" in ran.out


def test_one_more_of_the_same_is_new(notelint: Run, recorded: Path) -> None:
    recorded.write_bytes(NOTE.replace("## Two", "[z](#nope)\n\n## Two").encode())
    ran = notelint("check", "--baseline", F)
    assert ran.out.startswith("notes/a.md:10:5: error: no heading")
    assert ran.out.count("broken-anchor") == 1


def test_the_same_in_another_file_is_new(notelint: Run, recorded: Path, write: Write) -> None:
    write("notes/b.md", "[x](#nope)\n")
    assert notelint("check", "--baseline", F).out.startswith("notes/b.md:1:5: error: no heading")


def test_the_folder_it_is_asked_from_does_not_count(
    notelint: Run, recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "notes")
    assert notelint("check", "--baseline", f"../{F}").status == 0


def test_what_is_no_longer_there_is_told(notelint: Run, recorded: Path, write: Write) -> None:
    recorded.write_bytes(NOTE.replace('<img src="">\n', "").encode())
    ran = notelint("check", "--baseline", F)
    gone = 'notes/a.md: empty-image <img src="">'
    expected = f"notelint: {F}: 1 problem no longer there ({gone}); record it again\n"
    assert (ran.status, ran.err) == (0, expected)
    recorded.unlink()
    write("notes/b.md", "# Title\n\nText.\n")
    assert "4 problems no longer there" in notelint("check", "--baseline", F).err


def test_what_was_not_looked_for_is_not_missed(notelint: Run, recorded: Path, write: Write) -> None:
    recorded.write_bytes(b"# Title\n\nText.\n")
    write("notes/b.md", "# Title\n\nText.\n")
    assert notelint("check", "--baseline", F, "notes/b.md").err == ""
    ran = notelint("check", "--baseline", F, "--select", "empty-image")
    assert "1 problem no longer there" in ran.err


def test_the_file_is_sorted_and_the_same_for_the_same_findings(
    notelint: Run, recorded: Path, tmp_path: Path
) -> None:
    before = (tmp_path / F).read_bytes()
    assert json.loads(before) == {
        "version": 1,
        "findings": {
            "notes/a.md": {
                "broken-anchor": {"#nope": 2},
                "duplicate-link": {"https://example.org/a": 1},
                "empty-image": {'<img src="">': 1},
            }
        },
    }
    recorded.write_bytes(("\n" + NOTE).encode())
    notelint("check", "--write-baseline", F)
    assert (tmp_path / F).read_bytes() == before


def test_a_long_text_is_cut_and_still_told_apart(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    entries = "".join(f"- [Heading {n}](#heading-{n})\n" for n in range(20))
    note = write("a.md", f"<!-- toc -->\n\n{entries}\n<!-- tocstop -->\n\n## Heading\n\nText.\n")
    notelint("check", "--write-baseline", F)
    assert (tmp_path / F).stat().st_size < 300
    assert notelint("check", "--baseline", F).status == 0
    note.write_bytes(note.read_bytes().replace(b"- [Heading 19]", b"- [Heading 20]"))
    assert notelint("check", "--baseline", F).status == 1


def test_what_is_known_is_not_fixed(notelint: Run, recorded: Path) -> None:
    text = recorded.read_bytes()
    assert notelint("fix", "--baseline", F) == Ran(0, "No new problems in 1 file\n", "")
    assert recorded.read_bytes() == text
    recorded.write_bytes(b"![]()\n" + text + b"<img src=''>\n")
    ran = notelint("fix", "--baseline", F)
    assert ran.status == 0
    assert recorded.read_bytes() == text
    assert ran.err == "Fixed 2 problems in 1 file: empty-image 2.\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "not a baseline: not valid JSON"),
        (b"[" * 100_000, "not a baseline: not valid JSON"),
        (b"[]", "not a baseline of version 1; record it again"),
        (b'{"version": 2}', "not a baseline of version 1; record it again"),
        (b'{"version": 1, "findings": {"a": {"b": 1}}}', "not all of its entries are findings"),
        (
            b'{"version": 1, "findings": {"a": {"b": {"c": "x"}}}}',
            "not all of its entries are findings",
        ),
        (None, "cannot be read (No such file or directory)"),
    ],
)
def test_a_file_that_is_no_baseline(
    notelint: Run, write: Write, data: bytes | None, message: str
) -> None:
    write("a.md")
    if data is not None:
        write(F, data)
    ran = notelint("check", "--baseline", F)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


def test_a_baseline_that_cannot_be_written(notelint: Run, write: Write) -> None:
    write("a.md", NOTE)
    ran = notelint("check", "--write-baseline", "missing/known.json")
    assert ran.status == 2
    assert ran.err.endswith("missing/known.json: cannot be written (No such file or directory)\n")


def test_findings_need_not_fail(notelint: Run, write: Write) -> None:
    write("a.md", "[x](#nope)\n")
    ran = notelint("check", "--exit-zero")
    assert ran.status == 0
    assert "broken-anchor" in ran.out
    assert notelint("check", "--exit-zero", "missing.md").status == 2
