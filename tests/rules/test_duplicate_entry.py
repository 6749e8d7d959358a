"""Entries and notes that several files have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from rules.judging_across import judged

Write = Callable[..., Path]

ENTRY = """- GLM-130B: An Open Bilingual Pre-trained Model
  - [[code]](https://github.com/THUDM/GLM-130B/)
  - <details>
    <summary>notes</summary>
    1. predicts spans  <br>
    2. trained on prompts
    </details>
"""
OTHER = ENTRY.replace("predicts spans", "predicts spans, shuffled")
DETAILS = "<details>\n<summary>How the model was trained</summary>\n\n{}\n\n</details>\n"
WORDS = "It was trained on a great many tokens, for weeks, with little success."


def say(folder: Path, write: Write, *texts: str) -> list[tuple[str, str]]:
    """What is said of the last of notes with these *texts*, in order of path."""
    for number, text in enumerate(texts, 1):
        write(f"{number}.md", text)
    return [each[:2] for each in judged("duplicate-entry", folder, f"{len(texts)}.md")]


SILENT = {
    "one file": (f"{ENTRY}\n# Again\n\n{ENTRY}",),
    "no copy": (ENTRY, "- GLM: General Language Model Pretraining\n  - blank filling\n"),
    "short titles": ("- Datasets\n  - Pile\n", "- Datasets\n  - Pile\n"),
    "short titles, other links": tuple(
        f"- GLM [paper](https://example.org/{number})\n  - {WORDS}\n" for number in "12"
    ),
    "nothing but a link": ("- https://github.com/THUDM/GLM-130B-large\n",) * 2,
    "a sentence": ("- Nothing is said of what was said before, again and again.\n",) * 2,
    "a table of contents": ("- [The training of the model](#training)\n  - [Data](#data)\n",) * 2,
    "headings and paragraphs": (f"# {WORDS}\n\n{WORDS} https://example.org\n",) * 2,
    "code": (f"```\n{ENTRY}```\n",) * 2,
    "comments": (f"<!--\n{ENTRY}-->\n",) * 2,
    "another text under a common title": tuple(
        DETAILS.format(f"{WORDS} {number}").replace("How the model was trained", "Details")
        for number in "12"
    ),
    "little text": ("<details><summary>Details</summary>none</details>\n",) * 2,
}


@pytest.mark.parametrize("texts", SILENT.values(), ids=SILENT)
def test_what_comes_up_by_chance_is_left_alone(
    texts: tuple[str, ...], tmp_path: Path, write: Write
) -> None:
    assert say(tmp_path, write, *texts) == []


def test_the_first_file_has_no_finding(tmp_path: Path, write: Write) -> None:
    write("1.md", ENTRY)
    write("2.md", ENTRY)
    assert judged("duplicate-entry", tmp_path, "1.md") == []


def test_an_entry_is_reported_as_a_whole(tmp_path: Path, write: Write) -> None:
    assert say(tmp_path, write, ENTRY, f"# More\n\n{ENTRY}\ntext\n") == [
        (ENTRY.rstrip(), "the entry is in `1.md`, too, identical")
    ]


def test_a_short_title_with_its_link_is_a_title(tmp_path: Path, write: Write) -> None:
    one = "- GLM [paper](https://arxiv.org/abs/2210.02414)\n  - It fills in blanks.\n"
    other = "- GLM [paper](https://arxiv.org/pdf/2210.02414v1)\n  - It fills blanks in.\n"
    [(_, message)] = say(tmp_path, write, one, other)
    assert message.startswith("the entry is in `1.md`, too, and differs"), message


def test_layout_makes_no_difference(tmp_path: Path, write: Write) -> None:
    laid_out = "".join(f"  {line}\r\n" for line in ENTRY.replace("- ", "* ").split("\n"))
    ((_, message),) = say(tmp_path, write, ENTRY, f"* Models\r\n{laid_out}")
    assert message.endswith("identical")


def test_an_address_is_a_title_in_any_of_its_forms(tmp_path: Path, write: Write) -> None:
    one = "- https://github.com/THUDM/GLM-130B\n  - an open model\n"
    two = "- http://www.github.com/thudm/glm-130b/\n  - an open model\n"
    ((_, message),) = say(tmp_path, write, one, two)
    assert message == "the entry is in `1.md`, too, and differs"


def test_copies_that_differ_are_told_from_those_that_do_not(tmp_path: Path, write: Write) -> None:
    for number, text in enumerate((ENTRY, OTHER, ENTRY, OTHER), 1):
        write(f"{number}.md", text)
    messages = [
        each.message
        for number in range(1, 5)
        for each in judged("duplicate-entry", tmp_path, f"{number}.md")
    ]
    assert messages == [
        "the entry is in `1.md`, too, and differs",
        "the entry is in `1.md`, too, identical",
        "the entry is in `2.md`, too, identical; in `1.md` it differs",
    ]


@pytest.mark.parametrize(("words", "verdict"), [(WORDS, "identical"), (WORDS[::-1], "and differs")])
def test_details_are_notes(words: str, verdict: str, tmp_path: Path, write: Write) -> None:
    one, two = DETAILS.format(WORDS), DETAILS.format(words)
    assert say(tmp_path, write, one, f"text\n\n{two}") == [
        (two.rstrip(), f"the note is in `1.md`, too, {verdict}")
    ]


def test_the_same_text_under_a_common_title_is_the_same_note(tmp_path: Path, write: Write) -> None:
    text = f"<details>\n<summary>Notes</summary>\n{WORDS}\n</details>\n"
    assert len(say(tmp_path, write, text, text)) == 1


def test_the_report_as_text_shows_how_they_differ(
    notelint: Callable[..., Ran], write: Write
) -> None:
    write("1.md", ENTRY)
    write("2.md", OTHER)
    ran = notelint("check", "--select", "duplicate-entry", "--no-cache")
    assert ran.out.split("\n")[:3] == [
        "2.md:1:1: duplicate-entry the entry is in `1.md`, too, and differs",
        "    - 1. predicts spans  <br>",
        "    + 1. predicts spans, shuffled  <br>",
    ]
