"""Images of the tree that nothing shows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from notelint import rules
from notelint.engine.lint import Active
from notelint.engine.run import Run

PNG = b"\x89PNG\r\n\x1a\n\0\0"


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *notes: str) -> list[str]:
    """The places that are reported of the images of *folder* when *notes* are checked."""
    monkeypatch.chdir(folder)
    rule = rules.get("unused-asset")
    named = notes or sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    report = Run(
        [Path(each) for each in named], lambda note: [Active(rule, rule.options())]
    ).check()
    assert report.problems == []
    return [
        f"{each.path}:{each.range.start.line}:{each.range.start.column}"
        for each in report.diagnostics
    ]


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if path.endswith((".png", ".svg", ".JPG")):
            (folder / path).write_bytes(PNG)
        else:
            (folder / path).write_text(text, encoding="utf-8")


SHOWN = {
    "shown": "![](img/a.png)",
    "shown in HTML": '<img src="img/a.png">',
    "shown by a reference": "![a]\n\n[a]: img/a.png",
    "linked": "[a](img/a.png)",
    "from the root": "![](/img/a.png)",
    "with a query and a fragment": "![](img/a.png?raw=1#gh-dark-mode-only)",
    "in a set of sources": '<source srcset="img/b.png 1x, img/a.png 2x">',
    "in a wiki link": "![[a.png|200]]",
    "by its address": "![](https://raw.githubusercontent.com/o/r/main/img/a.png)",
    "on a server of images": "![](https://img.example.org/a.png)",
    "in front matter": "---\ncover: img/a.png\n---\n",
    "in code": "`img/a.png` is the old one",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN.keys())
def test_silent_for_an_image_that_a_note(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"note.md": f"{text}\n", "img/a.png": ""})
    assert run(tmp_path, monkeypatch) == []


ELSEWHERE = {
    "a stylesheet": ("site/style.css", "body { background: url(../img/a.png) }"),
    "a configuration": ("mkdocs.yml", "logo: img/a.png"),
    "a program": ("src/app.py", "open('a.png')"),
}


@pytest.mark.parametrize(("path", "text"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_silent_for_an_image_named_by(
    path: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"note.md": "text\n", "img/a.png": "", path: text})
    assert run(tmp_path, monkeypatch) == []


def test_silent_for_odd_names_icons_and_hidden_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "note.md": "![](img/a%20b.png) ![](<img/图 c.JPG>)\n",
        "img/a b.png": "",
        "img/图 c.JPG": "",
        "favicon.svg": "",
        ".github/banner.png": "",
    }
    write(tmp_path, files)
    assert run(tmp_path, monkeypatch) == []


def test_found_at_the_image_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "docs/note.md": "![](img/a.png)\n",
        "docs/img/a.png": "",
        "docs/img/b.svg": "",
        "old/img/a.png": "",
        "c.JPG": "",
    }
    write(tmp_path, files)
    assert run(tmp_path, monkeypatch) == ["c.JPG:1:1", "docs/img/b.svg:1:1", "old/img/a.png:1:1"]


def test_every_note_of_the_repository_counts_and_ignored_images_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        ".gitignore": "build/\n",
        "one.md": "text\n",
        "deep/two.md": "![](../a.png)\n",
        "a.png": "",
        "b.png": "",
        "build/c.png": "",
    }
    write(tmp_path, files)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert run(tmp_path, monkeypatch, "one.md") == ["b.png:1:1"]
    assert run(tmp_path / "deep", monkeypatch, "two.md") == ["../b.png:1:1"]
