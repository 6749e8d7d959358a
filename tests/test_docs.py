"""The documentation: current, connected, and right about commands and settings."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run, Write
from notelint.cli.main import parser
from notelint.rules import CATALOG

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def blocks(*languages: str) -> Iterator[tuple[str, str]]:
    """The name of the page and the text of each code block in one of *languages*."""
    for page in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]:
        for language, text in BLOCK.findall(page.read_text("utf-8")):
            if language in languages:
                yield page.name, text


def linked(page: Path) -> set[Path]:
    """The files that *page* links to."""
    text = BLOCK.sub("", page.read_text("utf-8"))
    return {(page.parent / target).resolve() for target in LINK.findall(text)}


def test_generated_pages_are_current() -> None:
    call = [sys.executable, str(ROOT / ".ci" / "docs.py"), "--check"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_page_is_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = {DOCS / "README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= {each for each in linked(page) if each.suffix == ".md"} - reached
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_no_page_links_out_of_the_documentation() -> None:
    """A site has nothing but this folder."""
    for page in DOCS.rglob("*.md"):
        assert all(each.is_relative_to(DOCS) for each in linked(page)), page


def test_every_rule_has_a_page() -> None:
    assert {each.stem for each in (DOCS / "rules").glob("*.md")} - {"README"} == set(CATALOG)


def test_commands_take_what_the_pages_write() -> None:
    number = 0
    for name, text in blocks("console", "sh", "yaml"):
        for line in re.findall(r"^(?:\$ | +- )?notelint (.+)$", text, re.MULTILINE):
            if "[OPTION…]" in line:
                continue
            words = shlex.split(line.partition("  # ")[0].partition(" | ")[0], comments=True)
            try:
                parser().parse_args(words)
            except SystemExit:
                pytest.fail(f"{name}: notelint {line}")
            number += 1
    assert number > 20


def test_settings_are_what_the_pages_write(notelint: Run, write: Write) -> None:
    written = {text for _, text in blocks("toml") if "tool.notelint" in text}
    assert len(written) > len(CATALOG)
    for text in sorted(written):
        write("pyproject.toml", text)
        assert notelint("config").status == 0, text
