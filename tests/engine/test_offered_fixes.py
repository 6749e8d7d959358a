"""What is offered is applied: `check` calls fixable what `fix` does, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import notelint.rules as rules
from conftest import Run, Write
from notelint.api import fix_text, lint_text
from notelint.config.configs import Configs
from notelint.config.model import Config, Layer
from notelint.engine.analyze import findings_of
from notelint.engine.gate import attempt
from notelint.engine.linter import RuleFinding
from notelint.engine.note_path import NotePath
from notelint.engine.offered_fixes import offered
from notelint.engine.rule_sets import RuleSets
from notelint.markdown.document import Document
from notelint.rules.effects import Effect
from notelint.workspace.assumed_tree import AssumeExists
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace
from offering import notes
from test_any_text import applied

EVERY = tuple(sorted(rules.in_scope(rules.DOCUMENT, rules.LINKS, rules.NOTES)))
ON = RuleSets(Configs(Config("")), Layer(EVERY, ()))(NotePath("", "", ""))
SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found(doc: Document) -> list[RuleFinding]:
    """All that rules find in *doc*, a note on its own, and offer to fix."""

    def load(asked: str) -> FileFacts | None:
        return facts_of("a.md", doc) if asked == "a.md" else None

    workspace = Workspace(AssumeExists(), load, ["a.md"])
    return [each for each in findings_of("a.md", doc, workspace, ON).findings if each.finding.fix]


@SLOW
@given(notes)
def test_what_is_offered_is_what_the_gate_lets_through_alone(text: str) -> None:
    doc = Document.of(text)
    raised = found(doc)
    offers = offered(doc, raised)
    assert {*offers.accepted, *offers.refused} == set(raised)
    for each in raised:
        assert each.finding.fix
        objection = attempt(doc, each.rule.effect or Effect(), [each.finding.fix])[1]
        assert (each in offers.accepted) == (objection is None), each
        assert offers.refused.get(each) == objection


@SLOW
@given(notes)
def test_what_is_offered_is_applied_and_nothing_else(text: str) -> None:
    for unsafe in (False, True):
        told = lint_text(text, select=EVERY)
        offers = [each for each in told if each.fix and (each.fix.safe or unsafe)]
        after = fix_text(text, select=EVERY, unsafe=unsafe)
        assert (after != text) == bool(offers)
        left = lint_text(after, select=EVERY)
        assert not [each for each in left if each.fix and (each.fix.safe or unsafe)]


REFUSED = {
    "emphasis that would be empty": ("*![]()*\n", "empty-image"),
    "strong emphasis that would be empty": ("a **![]()** b\n", "empty-image"),
    "an anchor that would change": ("# https://e.org/?utm_c\n\nx\n", "tracking-parameter"),
    "a heading that would be another": ("a ![]()\n===\n", "empty-image"),
    "a list that would end": ("- a\n\n[x]: /y\n\n- b\n", "unused-definition"),
    "an anchor with a blank more": ("# [a](b) \ufeff\n", "invisible-character"),
}


@pytest.mark.parametrize(("text", "rule"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("cache", [("--no-cache",), ()])
def test_what_is_refused_is_not_offered(
    notelint: Run, write: Write, text: str, rule: str, cache: tuple[str, ...]
) -> None:
    path = write("a.md", text)
    for _ in range(2):  # the second time from the cache
        ran = notelint("check", *cache, "--output-format", "json", "a.md")
        told = json.loads(ran.out)
        assert [each["fix"] for each in told["findings"] if each["rule"] == rule] == [None]
        assert told["summary"]["fixable"] == 0
        assert "[*]" not in notelint("check", *cache, "a.md").out
    fixed = notelint("fix", "--unsafe", *cache, "a.md")
    assert path.read_text() == text
    assert f"[{rule}]" in fixed.out
    assert "(not fixed: it would change the " in fixed.out


def test_a_reason_is_told_for_safe_fixes_alone_where_only_these_are_asked_for(
    notelint: Run, write: Write
) -> None:
    write("a.md", "- [`a`](x)\n- [b](x) <b>\n\n  ```\n  ```\n\n[x]: /y\n\n- ![]()\n===\n")
    ran = notelint("fix", "--no-cache", "a.md")
    assert "not fixed" not in "".join(
        line for line in ran.out.splitlines() if "duplicate-link" in line
    )


def test_an_entry_with_code_in_its_link_goes(notelint: Run, write: Write) -> None:
    path = write("a.md", "- [`a`](https://e.org/x)\n- [`a`](https://e.org/x)\n- c\n")
    assert "1 fixable with notelint fix --unsafe" in notelint("check", "--no-cache", "a.md").out
    notelint("fix", "--unsafe", "--no-cache", "a.md")
    assert path.read_text() == "- [`a`](https://e.org/x)\n- c\n"


def edits_of(told: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(each["path"], each["fix"]["edits"]) for each in told["findings"] if each["fix"]]


def test_links_to_other_files_are_offered_where_they_can_be_rewritten(
    notelint: Run, write: Write
) -> None:
    write("Target.md", "# Here\n\nWords.\n")
    write(
        "a.md",
        "[a](target.md)\n[b](Target.md#HERE)\n<a href='target.md'>x</a>\n\n"
        "[c](<target.md>) [d][] ![e](target.md 'title')\n\n[d]: target.md\n",
    )
    told = json.loads(notelint("check", "--no-cache", "--output-format", "json").out)
    assert len(edits_of(told)) == 6
    text = (Path(os.getcwd()) / "a.md").read_text()
    for path, edits in edits_of(told):
        assert path == "a.md"
        assert applied(text, edits) != text
    notelint("fix", "--no-cache")
    after = json.loads(notelint("check", "--no-cache", "--output-format", "json").out)
    assert after["findings"] == []


def test_entries_of_other_files_are_offered_where_they_can_go(
    notelint: Run, write: Write, tmp_path: Path
) -> None:
    write(".notelint.yaml", "rules:\n  duplicate-link:\n    across-files: true\n")
    write("a.md", "- https://e.org/x\n- y\n")
    write(
        "b.md",
        "- https://e.org/y\n- https://e.org/y\n- https://e.org/x\n- <b>z</b>\n\n1. [![](i.png)](https://e.org/x)\n",
    )
    told = json.loads(notelint("check", "--no-cache", "--output-format", "json").out)
    assert [path for path, _ in edits_of(told)] == ["b.md"]
    notelint("fix", "--unsafe", "--no-cache")
    assert (tmp_path / "b.md").read_text().startswith("- https://e.org/y\n- https://e.org/x\n")


def test_a_link_in_html_takes_effect(notelint: Run, write: Write) -> None:
    path = write("a.md", "<div>\n[A](https://e.org/page)\n</div>\n")
    assert "1 fixable with notelint fix --unsafe" in notelint("check", "--no-cache", "a.md").out
    notelint("fix", "--unsafe", "--no-cache", "a.md")
    assert path.read_text() == "<div>\n\n[A](https://e.org/page)\n\n</div>\n"


def test_what_is_too_much_to_try_alone_is_tried_together() -> None:
    text = "".join(f"-\t[a{n % 800}](https://e.org/{n % 800})\n" for n in range(1600))
    told = [each for each in lint_text(text) if each.rule == "duplicate-link"]
    assert len(told) == 800
    assert all(each.fix for each in told)
    assert fix_text(text, unsafe=True).count("\n") == 800


@pytest.mark.parametrize(
    "note",
    [
        "'*![]()*\\n\\n' * 4000",
        "'<div>\\n' + '<img src=\"\">\\n# *a*\\n' * 4000 + '</div>\\n'",
        "'- [a](https://e.org/x)\\n' * 4000",
        "'- [a<b>](https://e.org/x)\\n' * 3000",
        "''.join(f'[a{n}]: /x\\n\\nb\\n\\n' for n in range(4000)) + '[b]'",
        "'# https://e.org/?utm_c\\n\\n' * 4000",
        "'https://e.org/?utm_c https://e.org/，x ' * 3000",
        "'> ##A\\n\\n' * 4000",
        "'a\\u200bb ' * 8000",
    ],
)
def test_to_try_many_fixes_takes_no_more_than_some_parses(note: str) -> None:
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        f"text = {note}\n"
        "import notelint\n"
        "print(len(notelint.lint_text(text)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert int(done.stdout) > 0
