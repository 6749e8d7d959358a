"""Every example of every manual page is executed."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from notelint import rules
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, Raised, RuleSet, across, in_document, in_tree
from notelint.engine.suppressions import sift, unused
from notelint.engine.web_links import Answers
from notelint.engine.web_links import raised as answered
from notelint.markdown.document import Document
from notelint.online.address import fault
from notelint.online.result import Outcome, Status
from notelint.rules.base import Example, Rule
from notelint.text.source import Source
from notelint.workspace.facts import FileFacts, facts_of
from notelint.workspace.workspace import Workspace

NAMES = sorted(rules.CATALOG)
BEFORE = "- GLM-130B: An Open Bilingual Pre-trained Model\n  - predicts the next word\n"


def documented(rule: Rule) -> list[Example]:
    """The examples of a page; bytes that are no text are written as Python writes them."""
    return [
        Example(kind, ast.literal_eval(text).decode("latin-1") if text.startswith('b"') else text)
        for kind, text in rule.examples
    ]


def found(rule: Rule, doc: Document, folder: Path) -> list[Raised]:
    """What *rule* says of *doc* as ``example.md`` in *folder*, behind ``before.md``."""
    judges_others = rule.name == "unused-suppression"
    names = NAMES if judges_others else [rule.name]
    on = RuleSet(names, lambda name: Active(rules.get(name), rules.get(name).options()))
    active = on.among(frozenset(names))
    if rule.online:
        return asked(doc, active)
    note = folder / "example.md"
    note.write_text(doc.source.text, encoding="utf-8")
    (folder / "before.md").write_text(BEFORE, encoding="utf-8")
    (folder / "loss.png").touch()
    repository = rule.name == "untracked-target"
    if repository:
        (folder / ".gitignore").write_text("loss.png", encoding="utf-8")
        subprocess.run(["git", "init", "--quiet", folder], check=True)

    def load(path: str) -> FileFacts:
        return facts_of(path, doc if path == note.name else Document.of(BEFORE))

    workspace = Workspace(str(folder), load, [note.name], repository=repository)
    raised = in_document(doc, active) + across(facts_of("example.md", doc), workspace, on)
    raised += [each for _, each in in_tree(workspace, active)]
    if judges_others:
        used = sift(raised, doc.directives, [], doc.lines).used
        return list(unused(doc.directives, used, NAMES, doc.lines))
    return raised


def asked(doc: Document, active: list[Active]) -> list[Raised]:
    """What the rules say of links to a server that has lost ``/gone`` and moved ``/old``."""
    outcomes = {}
    for link in doc.links:
        url = link.destination
        if "/gone" in url or fault(url):
            outcomes[url] = Outcome(Status.DEAD, "404")
        elif "/old" in url:
            outcomes[url] = Outcome(Status.MOVED, target=url.replace("/old", "/new"))
    return answered(doc, "example.md", active, Answers(outcomes, {}))


def parsed(text: str, rule: Rule) -> Document:
    encoding = "latin-1" if rule.name == "not-utf8" else "utf-8"
    return Document(Source.decode(text.encode(encoding)))


@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_knows_what_a_rule_looks_at(name: str) -> None:
    rule = rules.get(name)
    kinds = [rule.across, rule.tree, rule.online]
    among = [rules.ACROSS, rules.IN_TREE, rules.ONLINE]
    assert [kind is not None for kind in kinds] == [name in kind for kind in among]


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
def test_good_examples_are_silent(name: str, tmp_path: Path) -> None:
    rule = rules.get(name)
    for kind, text in documented(rule):
        if kind != "Bad":
            assert found(rule, parsed(text, rule), tmp_path) == []


@pytest.mark.parametrize("name", NAMES)
def test_bad_examples_are_found_and_fixed(name: str, tmp_path: Path) -> None:
    rule = rules.get(name)
    examples = documented(rule)
    for at, (kind, text) in enumerate(examples):
        if kind != "Bad":
            continue
        doc = parsed(text, rule)
        assert found(rule, doc, tmp_path), text
        fixed = fix_document(doc, lambda doc: found(rule, doc, tmp_path), unsafe=True)
        following = examples[at + 1] if at + 1 < len(examples) else None
        if following is not None and following.kind == "Fixed":
            assert fixed.doc.source.text == following.text
        else:
            assert fixed.doc is doc, "a fix that the page does not show"
        assert not fixed.refused
