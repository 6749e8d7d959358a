"""``notelint check``: what is read, what is said, and with which status."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import Git, Ran, Run, Write, rule_of

CLEAN = "# Title\n\nText with `code` and a [link](#title).\n"
BROKEN = '# Title\n\n<img src="">\n'


def test_nothing_to_report(notelint: Run, write: Write) -> None:
    write("a.md", CLEAN)
    assert notelint("check") == Ran(0, "No problems in 1 file\n", "")


def test_a_finding_a_line_then_the_counts(notelint: Run, write: Write) -> None:
    write("b.md", BROKEN)
    write("a.md", BROKEN)
    ran = notelint("check")
    assert ran.status == 1
    assert ran.out == (
        "a.md:3:1: error: image has no source [empty-image] [*]\n"
        "b.md:3:1: error: image has no source [empty-image] [*]\n"
        "2 problems (2 errors, 0 warnings) in 2 of 2 files; 2 fixable with notelint fix\n"
    )
    assert ran.err == ""


def test_json_is_what_the_contract_says(notelint: Run, write: Write) -> None:
    write("notes/a.md", "中文 ![x]() text\n")
    ran = notelint("check", "--output-format", "json", "notes")
    assert json.loads(ran.out) == {
        "version": 1,
        "findings": [
            {
                "path": "notes/a.md",
                "line": 1,
                "column": 4,
                "end_line": 1,
                "end_column": 10,
                "rule": "empty-image",
                "category": "images",
                "severity": "error",
                "message": "image has no source",
                "fix": {
                    "safety": "safe",
                    "message": "remove the image",
                    "edits": [
                        {"line": 1, "column": 4, "end_line": 1, "end_column": 10, "text": ""}
                    ],
                },
                "related": [],
            }
        ],
        "summary": {"files": 1, "findings": 1, "errors": 1, "warnings": 0, "fixable": 1},
    }


def test_related_names_the_first_place(notelint: Run, write: Write) -> None:
    write("a.md", "- https://e.org/a\n- x\n- https://e.org/a/\n")
    (finding,) = json.loads(notelint("check", "--output-format", "json").out)["findings"]
    assert finding["line"] == 3
    assert finding["related"] == [
        {"path": "a.md", "line": 1, "column": 3, "message": "first linked here"}
    ]


def test_a_folder_means_what_git_would_not_ignore(notelint: Run, write: Write, git: Git) -> None:
    git("init")
    write(".gitignore", "build/\n")
    for name in ("a.md", "b.markdown", "build/c.md", "d.txt", ".hidden/e.md"):
        write(name, BROKEN)
    ran = notelint("check", "--quiet")
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == [
        ".hidden/e.md",
        "a.md",
        "b.markdown",
    ]


def test_without_git_the_usual_clutter_is_left_out(notelint: Run, write: Write) -> None:
    for name in ("a.md", "node_modules/b.md", ".venv/c.md"):
        write(name, BROKEN)
    assert notelint("check", "--quiet").out.count("\n") == 1


def test_a_named_file_is_always_read(notelint: Run, write: Write) -> None:
    write("README", BROKEN)
    assert notelint("check", "README").status == 1


def test_a_link_to_a_file_that_was_not_named_is_followed(notelint: Run, write: Write) -> None:
    write("a.md", "[there](b.md#there) [gone](b.md#gone)\n")
    write("b.md", "# There\n\nText.\n")
    ran = notelint("check", "--quiet", "a.md")
    assert ran.out == "a.md:1:32: error: no heading or id for `#gone` in `b.md` [broken-anchor]\n"


def test_a_missing_path_does_not_stop_the_others(notelint: Run, write: Write) -> None:
    write("a.md", BROKEN)
    ran = notelint("check", "--quiet", "gone.md", "a.md")
    assert ran.status == 2
    assert ran.out == "a.md:3:1: error: image has no source [empty-image] [*]\n"
    assert ran.err == "notelint: gone.md: no such file or folder\n"


def test_bytes_that_are_not_utf8(notelint: Run, write: Write) -> None:
    write("a.md", b"# Caf\xe9\n")
    write("b.md", CLEAN)
    ran = notelint("check")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.count("a.md:1:6: error: byte at offset 5 is not UTF-8") == 1
    assert notelint("check", "--exit-zero").status == 0
    notelint("check", "--write-baseline", "known.json")
    assert notelint("check", "--baseline", "known.json").status == 0
    assert notelint("check", "--ignore", "not-utf8").status == 0
    for command in ("fix", "toc", "fmt", "links"):
        ran = notelint(command, ".")
        assert (ran.status, ran.out.count("not-utf8")) == (1, 1), command
        assert "a.md" not in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_is_not_waited_for(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("b.md", CLEAN)
    os.mkfifo(tmp_path / "a.md")
    ran = notelint("check", "a.md", "b.md")
    assert ran.status == 2
    assert ran.err == "notelint: a.md: not a regular file\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "empty-imag"], "unknown rule or category `empty-imag`; did you mean"),
        (["--ignore", "zzz"], "unknown rule or category `zzz`"),
        (["--output-format", "xml"], "--output-format: unknown value `xml`"),
        (["--no-such-option"], "unknown option `--no-such-option`"),
    ],
)
def test_a_wrong_call(notelint: Run, write: Write, arguments: list[str], message: str) -> None:
    write("a.md", CLEAN)
    ran = notelint("check", *arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert message in ran.err


def test_select_and_ignore_take_rules_and_categories(notelint: Run, write: Write) -> None:
    write("a.md", "# T\n\n<img src=''>\n\n[x](gone.md)\n\n## \n\nText.\n")

    def rules(*arguments: str) -> set[str]:
        out = notelint("check", "--quiet", *arguments).out
        return {rule_of(line) for line in out.splitlines()}

    assert rules() == {"empty-image", "missing-file", "empty-heading"}
    assert rules("--select", "structure") == {"empty-heading"}
    assert rules("--ignore", "links,structure") == {"empty-image"}
    assert rules("--select", "empty-image,missing-file", "--ignore", "links") == {"empty-image"}


def test_output_file(notelint: Run, write: Write, tmp_path: Path) -> None:
    write("a.md", BROKEN)
    ran = notelint("check", "--quiet", "--output-file", "report.txt")
    assert (ran.status, ran.out) == (1, "")
    written = (tmp_path / "report.txt").read_text()
    assert written == "a.md:3:1: error: image has no source [empty-image] [*]\n"


def test_statistics(notelint: Run, write: Write) -> None:
    write("a.md", BROKEN + "\n![]()\n\n[x]()\n")
    out = notelint("check", "--statistics").out.splitlines()
    assert out[:2] == ["     2  empty-image", "     1  empty-link"]


def test_suppression(notelint: Run, write: Write) -> None:
    write(
        "a.md",
        "<!-- notelint-disable empty-image -->\n\n![]()\n\n"
        "<!-- notelint-enable empty-image -->\n\n![]()\n\n"
        "<!-- notelint-disable-next-line images -- on purpose -->\n![]()\n",
    )
    out = notelint("check", "--quiet").out
    assert out == "a.md:7:1: error: image has no source [empty-image] [*]\n"


def test_a_stale_table_is_reported_once(notelint: Run, write: Write) -> None:
    write("a.md", "<!-- toc -->\n\n- [Old](#old)\n\n<!-- tocstop -->\n\n# New\n\nText.\n")
    out = notelint("check", "--quiet").out.splitlines()
    assert [rule_of(line) for line in out] == ["toc-stale"]
    assert "missing: `New`; too many: `Old`" in out[0]


def test_text_from_a_note_cannot_move_the_cursor(notelint: Run, write: Write) -> None:
    write("a.md", "[x](<gone\x1b[2J.md>) [y](a\u202eb.md)\n")
    out = notelint("check").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\x1b" in out
