"""Standard input as a note, as editors call a checker or a formatter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Write

Pipe = Callable[..., "tuple[int, bytes, str]"]


@pytest.fixture
def pipe(tmp_path: Path) -> Pipe:
    """Run ``notelint`` in a process of its own with *text* on its standard input."""

    def run(text: str | bytes, *arguments: str) -> tuple[int, bytes, str]:
        done = subprocess.run(
            [sys.executable, "-m", "notelint", *arguments],
            input=text.encode() if isinstance(text, str) else text,
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr.decode()

    return run


def test_check_reports_under_the_name_given(pipe: Pipe, write: Write) -> None:
    write("notes/other.md", "# Here\n")
    write("notes/a.md", "saved text is not looked at [x]()\n")
    text = "[ok](other.md#here) [self](a.md#new)\n\n# New\n\n[gone](other.md#there)\n"
    status, out, err = pipe(text, "check", "--quiet", "-", "--stdin-filename", "notes/a.md")
    assert (status, err) == (1, "")
    assert out.startswith(b"notes/a.md:5:16: error: ")
    assert out.endswith(b"[broken-anchor]\n")
    assert b"other.md" in out


def test_check_without_a_name_looks_from_the_current_folder(pipe: Pipe, write: Write) -> None:
    write("other.md", "# Here\n")
    assert pipe("[ok](other.md#here)\n", "check", "--quiet", "-") == (0, b"", "")
    assert pipe("[x]()\n", "check", "--quiet", "-")[1].startswith(b"-:1:1: error: link has")


def test_what_was_found_of_the_saved_file_is_no_answer(pipe: Pipe, write: Write) -> None:
    os.utime(write("a.md", "[x]()\n"), (1, 1))
    assert pipe("", "check", "--quiet", "a.md")[0] == 1
    assert pipe("", "check", "--quiet", "a.md")[0] == 1
    assert pipe("text\n", "check", "--quiet", "-", "--stdin-filename", "a.md")[0] == 0


def test_fix_prints_the_text_and_tells_the_rest_apart(pipe: Pipe, write: Write) -> None:
    path = write("a.md", "on disk\n")
    write("a/b.png")
    text = b"\xef\xbb\xbf![p](a\\b.png)\r\n\r\n[x]()  "
    status, out, err = pipe(text, "fix", "--stdin-filename", "a.md", "-")
    assert (status, out) == (1, text.replace(b"\\", b"/"))
    assert "a.md:3:1: error: link has no destination [empty-link]" in err
    assert "Fixed 1 problem" in err
    assert path.read_bytes() == b"on disk\n"


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        ("fix", "nothing to fix  \n", "nothing to fix  \n"),
        ("fmt", "*  a\n", "- a\n"),
        ("fmt", "- a\n", "- a\n"),
        ("fmt", "", ""),
        ("fmt", "# T\r\ntext\r\n", "# T\r\n\r\ntext\r\n"),
        ("toc", "no heading\n", "no heading\n"),
    ],
)
def test_the_changed_text_is_all_that_goes_to_standard_output(
    pipe: Pipe, command: str, before: str, after: str
) -> None:
    assert pipe(before, command, "-")[:2] == (0, after.encode())


@pytest.mark.parametrize("markers", ["<!-- toc -->\n<!-- tocstop -->\n", "<!-- toc -->\n"])
def test_toc_fills_a_block(pipe: Pipe, markers: str) -> None:
    status, out, _ = pipe(f"# T\n\n{markers}\n## A\n", "toc", "-")
    assert (status, out) == (
        0,
        b"# T\n\n<!-- toc -->\n\n- [A](#a)\n\n<!-- tocstop -->\n\n## A\n",
    )


@pytest.mark.parametrize("command", ["fix", "fmt"])
def test_a_text_that_cannot_be_handled_comes_back_as_it_was(pipe: Pipe, command: str) -> None:
    status, out, err = pipe(b"*  \xff\0\n", command, "-")
    assert (status, out) == (1, b"*  \xff\0\n")
    assert "UTF-8" in err


def test_a_diff_is_the_output_when_asked_for(pipe: Pipe) -> None:
    status, out, _ = pipe("*  a\n", "fmt", "--diff", "-", "--stdin-filename", "x/a.md")
    assert (status, out) == (1, b"--- a/x/a.md\n+++ b/x/a.md\n@@ -1 +1 @@\n-*  a\n+- a\n")
    assert pipe("*  a\n", "fmt", "--check", "-")[:2] == (1, b"-: would be formatted\n")


def test_the_name_decides_the_configuration(pipe: Pipe, write: Write) -> None:
    write("sub/.notelint.yaml", "ignore: [empty-link]\nexclude: [out.md]\n")
    write("sub/.mdformat.toml", "number = true\n")
    assert pipe("[x]()\n", "check", "--quiet", "-")[0] == 1
    assert pipe("[x]()\n", "check", "--quiet", "-", "--stdin-filename", "sub/a.md")[0] == 0
    numbered = pipe("1. a\n1. b\n", "fmt", "-", "--stdin-filename", "sub/a.md")
    assert numbered[1] == b"1. a\n2. b\n"
    excluded = pipe("*  a\n", "fmt", "-", "--stdin-filename", "sub/out.md")
    assert excluded[:2] == (0, b"*  a\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "-", "a.md"], "must be the only path"),
        (["fmt", "--stdin-filename", "a.md", "a.md"], "--stdin-filename needs the path `-`"),
    ],
)
def test_a_wrong_call(pipe: Pipe, arguments: list[str], message: str) -> None:
    status, out, err = pipe("*  a\n", *arguments)
    assert (status, out) == (2, b"")
    assert message in err
