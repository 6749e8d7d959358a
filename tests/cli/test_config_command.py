"""``notelint config`` and ``notelint rules``: what holds, and what a name means."""

from __future__ import annotations

import json
from typing import Any

import pytest

import notelint.rules as rules
from conftest import Ran, Run, Write
from notelint.config.describe import all_keys


def settings(ran: Ran) -> dict[str, tuple[Any, str]]:
    found = json.loads(ran.out)["settings"]
    return {each["key"]: (each["value"], each["source"]) for each in found}


def test_every_key_has_a_value_and_a_source(notelint: Run, write: Write) -> None:
    write("a.md")
    write(
        ".notelint.yaml",
        "ignore: [toc-stale]\n"
        "toc: {min-level: 2}\n"
        "links: {headers: {example.org: {Authorization: 's3cret'}}}\n"
        "per-file:\n  docs/*.md: {ignore: [empty-link], toc: {min-level: 3}}\n",
    )
    write("docs/b.md")
    here = settings(notelint("config", "--output-format", "json"))
    assert here["toc.min-level"] == (2, ".notelint.yaml")
    assert here["toc.max-level"] == (6, "default")
    assert here["select"] == (["default"], "default")
    assert here["ignore"] == (["toc-stale"], ".notelint.yaml")
    part = '.notelint.yaml, per-file "docs/*.md"'
    ran = notelint("--ignore", "images", "config", "docs/b.md", "--output-format", "json")
    there = settings(ran)
    assert there["toc.min-level"] == (3, part)
    assert there["ignore"] == (
        ["toc-stale", "empty-link", "images"],
        f".notelint.yaml, {part}, command line",
    )
    assert not {"toc-stale", "empty-link", "empty-image"} & {*json.loads(ran.out)["rules"]}
    assert "s3cret" not in ran.out
    chosen = settings(notelint("config", "docs/b.md", "--select", "links", "--output-format=json"))
    assert chosen["select"] == (["links"], "command line")
    assert chosen["ignore"] == (["empty-link"], part)
    assert settings(notelint("config", "--isolated", "--output-format", "json"))["ignore"][0] == []


def test_the_nearest_file_holds(notelint: Run, write: Write) -> None:
    write("docs/pyproject.toml", '[tool.notelint]\nexclude = ["old.md"]\n')
    write("docs/old.md")
    out = notelint("config", "docs/old.md").out
    assert out.startswith("docs/old.md: excluded\nconfiguration: docs/pyproject.toml\n")
    row = next(line.split() for line in out.splitlines() if line.startswith("exclude "))
    assert row == ["exclude", '["old.md"]', "docs/pyproject.toml"]
    assert notelint("config").out.startswith(".: checked with")


@pytest.mark.parametrize("key", all_keys())
def test_every_key_has_a_page(notelint: Run, key: str) -> None:
    ran = notelint("config", key)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{key}\n{'=' * len(key)}\n\n")


def test_the_page_of_a_key(notelint: Run, write: Write) -> None:
    out = notelint("config", "toc.ordered").out
    assert "\nTrue or false, by default false.\n" in out
    assert "\n  toc:\n    ordered: true\n" in out
    assert "\n  [tool.notelint.toc]\n  ordered = true\n" in out
    assert notelint("config", "duplicate-link.scope").out.startswith("rules.duplicate-link.scope\n")
    write("toc/a.md")
    assert "./toc" in notelint("config", "toc").err
    assert notelint("config", "./toc").out.startswith("./toc: checked with")


def test_the_list_of_rules(notelint: Run) -> None:
    head, *rows = notelint("rules").out.splitlines()
    assert head.split() == ["RULE", "CATEGORY", "SEVERITY", "FIX", "DEFAULT", "FINDS"]
    assert [row.split()[0] for row in rows] == [*rules.CATALOG]
    page = notelint("rules", "duplicate-link").out
    assert "\n- rules.duplicate-link.within (one of `section`, `note`; by default" in page
    assert page.count("across-files") == 2  # in the text, and among the options
    assert (
        "\n- toc.min-level (a whole number; by default `1`): The highest heading"
        in notelint("rules", "toc-stale").out
    )
    some = notelint("rules", "toc").out.splitlines()[1:]
    assert [row.split()[:2] for row in some] == [[each, "toc"] for each in rules.in_category("toc")]
    both = notelint("rules", "empty-link", "toc-stale").out
    assert both.startswith("empty-link\n==========\n")
    assert "\ntoc-stale\n=========\n" in both


def test_rules_as_json(notelint: Run) -> None:
    found = json.loads(notelint("rules", "--output-format", "json").out)["rules"]
    assert [each["name"] for each in found] == [*rules.CATALOG]
    (one,) = json.loads(notelint("rules", "duplicate-link", "--output-format", "json").out)["rules"]
    assert one["options"]["scope"] == {"type": "one of `entries`, `all`", "default": "entries"}
    assert (one["severity"], one["fix"], one["default"]) == ("warning", "unsafe", True)


def test_a_page_shows_what_nobody_sees(notelint: Run) -> None:
    page = notelint("rules", "invisible-character").out
    assert "\nTune<U+200B>r\n" in page
    assert "#<U+3000>标题" in page
