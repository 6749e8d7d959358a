"""A note with an error that a command would hide is left as it is, and told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run, Write
from notelint import fix_text

BODY = "# T\n\n## A\n\n*  x ![](a\\b.png)\n\n[y](#A)\n\n"
BROKEN = {
    "a conflict": (BODY + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n", "merge-conflict", 9),
    "half a conflict": (BODY + "=======\nb\n>>>>>>> b\n", "merge-conflict", 9),
    "a conflict in front matter": (
        "---\n<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> b\n---\n\n" + BODY, "merge-conflict", 2,
    ),
    "a conflict in a formula": (
        BODY + "$$\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n$$\n", "merge-conflict", 10,
    ),
    "a fence": (BODY + "```sh\na\n", "unclosed-fence", 9),
    "a fence in a quote": (BODY + "> ~~~\n> a\n", "unclosed-fence", 9),
    "a fence closed outside": (BODY + "- ```\n  a\n```\n\nb\n\n```\n", "unclosed-fence", 9),
    "a comment": (BODY + "<!-- a\n\nb\n", "unclosed-fence", 9),
    "front matter": ("---\ntitle: t\n\n" + BODY, "invalid-front-matter", 1),
    "front matter with an indented end": (
        "---\ntitle: t\n  ---\n\n" + BODY, "invalid-front-matter", 1,
    ),
    "front matter of TOML": ("+++\ntitle = 't'\n\n" + BODY, "invalid-front-matter", 1),
    "front matter of JSON": ('{\n"title": "t"\n\n' + BODY, "invalid-front-matter", 1),
}  # fmt: skip
SOUND = {
    "a conflict in code": BODY + "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n```\n",
    "a fence that ends with its list": BODY + "- ```\n  a\n\nb\n",
    "front matter that is no YAML": "---\ntitle: a: b\n---\n\n" + BODY,
    "a rule on top": "---\n\n" + BODY,
}


@pytest.fixture(params=BROKEN)
def broken(request: pytest.FixtureRequest, write: Write) -> tuple[Path, str, int]:
    text, rule, line = BROKEN[request.param]
    write("sound.md", BODY)
    return write("note.md", text), rule, line


def test_fmt_and_toc_leave_it_and_say_why(
    notelint: Run, broken: tuple[Path, str, int], tmp_path: Path
) -> None:
    path, _, line = broken
    before = path.read_bytes()
    for command in ("fmt", "toc"):
        for mode in ("--check", "--diff", "--"):
            sound = (tmp_path / "sound.md").read_bytes()
            ran = notelint(command, mode, ".")
            assert path.read_bytes() == before
            assert ran.status == 2
            assert ran.err.startswith("notelint: note.md: ")
            assert f"(line {line})" in ran.err
            assert ((tmp_path / "sound.md").read_bytes() != sound) == (mode == "--")


def test_no_fix_is_offered_and_none_applied(
    notelint: Run, broken: tuple[Path, str, int], tmp_path: Path
) -> None:
    path, rule, line = broken
    before = path.read_bytes()
    for _ in "12":  # with the cache as well
        found = json.loads(notelint("check", "--output-format", "json", "note.md").out)["findings"]
        assert {"backslash-path", "empty-image", rule} & {each["rule"] for each in found}
        assert [each["line"] for each in found if each["rule"] == rule] == [line]
        assert not any(each["fix"] for each in found)
    ran = notelint("fix", "--unsafe")
    assert path.read_bytes() == before
    assert ran.status == 1
    assert f"note.md:{line}:" in ran.out
    assert fix_text(before, unsafe=True) == before
    assert b"a\\b" not in (tmp_path / "sound.md").read_bytes()


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_is_no_such_error_keeps_nothing(notelint: Run, write: Write, text: str) -> None:
    path = write("note.md", text)
    notelint("fix", "--unsafe")
    assert "a\\b" not in path.read_text()
    assert "- x" not in path.read_text()
    assert "left alone" not in notelint("fmt").err
    assert "- x" in path.read_text()
    assert notelint("toc", ".").status == 0
    assert "START doctoc" in path.read_text()
