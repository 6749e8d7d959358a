"""Every example of every manual page is executed."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

import notelint.rules as rules
from notelint.markdown.document import Document
from notelint.rules.base import Example, Rule
from notelint.text.source import Source
from rules.harness import RuleHarness

NAMES = sorted(rules.CATALOG)
ME = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
# The files that the examples of single rules are about.
FILES = {
    "translation-drift": {
        "example.en.md": "# Notes\n\n## Install\n\n## Use\n\n## Options\n\n## Licence\n"
    },
    "unreachable-note": {
        "README.md": "# Notes\n\n[a](a.md) [b](b.md) [c](c.md) [d](d.md) [before](before.md)\n",
        **dict.fromkeys(("a.md", "b.md", "c.md", "d.md"), "text\n"),
    },
}
BEFORE = "- GLM-130B: An Open Bilingual Pre-trained Model\n  - predicts the next word\n"


def documented(rule: Rule) -> list[Example]:
    """The examples of a page; bytes that are no text are written as Python writes them."""
    return [
        Example(kind, ast.literal_eval(text).decode("latin-1") if text.startswith('b"') else text)
        for kind, text in rule.examples
    ]


def parsed(text: str, rule: Rule) -> Document:
    encoding = "latin-1" if rule.name == "not-utf8" else "utf-8"
    return Document(Source.decode(text.encode(encoding)))


@pytest.fixture
def harness(name: str, tmp_path: Path) -> RuleHarness:
    """The rule *name* for ``example.md``, among the files that the examples are about."""
    (tmp_path / "before.md").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "example.md").touch()
    (tmp_path / "loss.png").touch()
    for path, text in FILES.get(name, {}).items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    if name == "index-stale":
        (tmp_path / "example.md").rename(tmp_path / "README.md")
        return RuleHarness(name, tmp_path, "README.md")
    if name == "untracked-target":
        (tmp_path / ".gitignore").write_text("loss.png", encoding="utf-8")
        subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    if name == "own-url":
        subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
        remote = ("remote", "add", "origin", "https://github.com/me/notes")
        subprocess.run(["git", "-C", tmp_path, *remote], check=True)
    if name == "drifted-lines":
        bad = next(each.text for each in rules.get(name).examples if each.kind == "Bad")
        (tmp_path / "example.md").write_text(bad, encoding="utf-8")
        for lines in (
            "import os\nfor each in all:\n    use(each)\n    drop(each)\n",
            "import re\n",
        ):
            before = (tmp_path / "run.py").read_text() if (tmp_path / "run.py").exists() else ""
            (tmp_path / "run.py").write_text(lines + before, encoding="utf-8")
            for call in (["init", "--quiet"], ["add", "."], [*ME, "commit", "--quiet", "-m", "a"]):
                subprocess.run(["git", *call], cwd=tmp_path, check=True)
    return RuleHarness(name, tmp_path, "example.md")


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_what_a_reader_needs(name: str) -> None:
    rule = rules.get(name)
    kinds = [kind for kind, _ in documented(rule)]
    assert rule.name == name
    assert rule.summary.endswith(".")
    assert "\nWhy: " in rule.doc
    assert {"Bad", "Good"} <= set(kinds), "a page shows both"
    assert (rule.fixable is not None) == (rule.effect is not None)


@pytest.mark.parametrize("name", NAMES)
def test_good_examples_are_silent(name: str, harness: RuleHarness) -> None:
    rule = rules.get(name)
    for kind, text in documented(rule):
        if kind != "Bad":
            assert harness.run(parsed(text, rule)) == []


@pytest.mark.parametrize("name", NAMES)
def test_bad_examples_are_found_and_fixed(name: str, harness: RuleHarness) -> None:
    rule = rules.get(name)
    examples = documented(rule)
    for at, (kind, text) in enumerate(examples):
        if kind != "Bad":
            continue
        doc = parsed(text, rule)
        assert harness.run(doc), text
        fixed = harness.fix(doc)
        following = examples[at + 1] if at + 1 < len(examples) else None
        if following is not None and following.kind == "Fixed":
            assert fixed.doc.source.text == following.text
        else:
            assert fixed.doc is doc, "a fix that the page does not show"
        assert not fixed.refused
