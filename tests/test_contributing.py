"""The words and rooms of CONTRIBUTING.md are those of the code."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import notelint

SRC = Path(notelint.__file__).parent
PAGE = Path(__file__).parent.parent / "docs" / "CONTRIBUTING.md"


def column(heading: str) -> list[str]:
    """The first column of the table below *heading*."""
    section = PAGE.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return [row.strip("` ") for row in rows[2:]]


def names() -> set[str]:
    """The names of modules, of classes in the form of module names, and of constants."""
    found = set()
    for file in SRC.rglob("*.py"):
        found.add(file.stem if file.stem != "__init__" else file.parent.name)
        found |= {
            each.lower() for each in re.findall(r"^([A-Z_]+)\b", file.read_text("utf-8"), re.M)
        }
        for name in re.findall(r"^class (\w+)", file.read_text("utf-8"), re.MULTILINE):
            found.add(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_"))
    return found


def test_every_room_is_a_package() -> None:
    for room in column("The rooms"):
        assert (SRC / room / "__init__.py").is_file(), room


def test_no_two_modules_have_one_name() -> None:
    stems = Counter(file.stem for file in SRC.rglob("*.py") if file.stem != "__init__")
    twice = {stem for stem, number in stems.items() if number > 1}
    assert not twice


def test_every_word_names_something() -> None:
    words, known = column("Glossary"), names()
    assert 20 <= len(words) <= 30
    for word in words:
        stem = word.replace(" ", "_")
        assert any(re.search(rf"(?:^|_){stem}s?(?:_|$)", name) for name in known), word
