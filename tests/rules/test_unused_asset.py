"""Images of the tree that nothing shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
Write = Callable[..., Path]

PNG = b"\x89PNG\r\n\x1a\n\0\0"


@pytest.fixture
def reported(notelint: Command) -> Callable[..., list[str]]:
    """The places of the images that are reported when *paths* are checked."""

    def run(*paths: str) -> list[str]:
        ran = notelint("check", "--select", "unused-asset", "--quiet", *paths)
        assert ran.err == ""
        found = [line.partition(": unused-asset")[0] for line in ran.out.split("\n") if line]
        assert ran.status == bool(found)
        return found

    return run


def make(write: Write, note: str, images: Iterable[str] = ("img/a.png",)) -> None:
    write("note.md", f"{note}\n")
    for image in images:
        write(image, PNG)


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


@pytest.mark.parametrize("note", SHOWN.values(), ids=SHOWN.keys())
def test_silent_for_an_image(note: str, write: Write, reported: Callable[..., list[str]]) -> None:
    make(write, note)
    assert reported() == []


ELSEWHERE = {
    "site/style.css": "body { background: url(../img/a.png) }",
    "mkdocs.yml": "logo: img/a.png",
    "src/app.py": "open('a.png')",
}


@pytest.mark.parametrize(("path", "text"), ELSEWHERE.items())
def test_silent_for_an_image_that_another_file_names(
    path: str, text: str, write: Write, reported: Callable[..., list[str]]
) -> None:
    make(write, "text")
    write(path, text)
    assert reported() == []


def test_silent_for_odd_names_icons_and_hidden_folders(
    write: Write, reported: Callable[..., list[str]]
) -> None:
    images = ["img/a b.png", "img/图 c.JPG", "favicon.svg", ".github/banner.png"]
    make(write, "![](img/a%20b.png) ![](<img/图 c.JPG>)", images)
    assert reported() == []


def test_found_at_the_image_itself(write: Write, reported: Callable[..., list[str]]) -> None:
    write("docs/note.md", "![](img/a.png)\n")
    make(write, "text", ["docs/img/a.png", "docs/img/b.svg", "old/img/a.png", "c.JPG"])
    assert reported() == ["c.JPG:1:1", "docs/img/b.svg:1:1", "old/img/a.png:1:1"]


def test_every_note_of_the_repository_counts_and_ignored_images_do_not(
    write: Write, git: Callable[..., str], reported: Callable[..., list[str]]
) -> None:
    make(write, "text", ["a.png", "b.png", "build/c.png"])
    write("deep/two.md", "![](../a.png)\n")
    write(".gitignore", "build/\n")
    git("init", "-q")
    assert reported("note.md") == ["b.png:1:1"]
    assert reported("deep") == ["b.png:1:1"]


def test_the_settings_for_an_image_are_those_of_its_own_path(
    write: Write, reported: Callable[..., list[str]]
) -> None:
    make(write, "text", ["kept/a.png", "b.png"])
    write(".notelint.yaml", "per-file:\n  kept/**:\n    ignore: [unused-asset]\n")
    assert reported(".") == ["b.png:1:1"]
