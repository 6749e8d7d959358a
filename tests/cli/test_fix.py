"""``notelint fix``: what it declares, and not a byte more."""

from __future__ import annotations

import json
import os
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import notelint.rules as rules
from conftest import Git, Ran, Run, Write
from notelint.engine.fix import fix_document
from notelint.engine.linter import Active, RuleFinding, in_document
from notelint.markdown.document import Document
from strategies import documents

NOTES = Path(__file__).parents[1] / "notes"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # nothing to do: not written at all
        ("# T\n\ntext  \n", "# T\n\ntext  \n"),
        # line ends, also mixed ones, blanks at line ends and a missing last newline stay
        ("a  \r\n\r\n![](a\\b.png)\n\nend", "a  \r\n\r\n![](a/b.png)\n\nend"),
        ("\ufeff![](a\\b.png)\r", "\ufeff![](a/b.png)\r"),
        # an image goes with its line when nothing else is on it
        ('x\n<img src="">\ny\n', "x\ny\n"),
        ('x <img src=""> y\n', "x  y\n"),
        ("- a\n  ![]()\n- b\n", "- a\n- b\n"),
        # two rules in one place: the second waits for its round
        ("[a](x\\y.md?utm_source=z)\n", "[a](x/y.md?utm_source=z)\n"),
        ("https://e.org/?a=1&utm_source=z\n", "https://e.org/?a=1\n"),
    ],
)
def test_before_and_after(notelint: Run, write: Write, before: str, after: str) -> None:
    path = write("a.md", before)
    notelint("fix")
    assert path.read_bytes().decode() == after
    notelint("fix")
    assert path.read_bytes().decode() == after


def test_what_is_left_is_reported(notelint: Run, write: Write) -> None:
    write("a.md", "![]()\n\n[x]()\n")
    ran = notelint("fix")
    assert ran.status == 1
    assert ran.out.startswith("a.md:2:1: error: link has no destination [empty-link]\n")
    assert ran.err == "Fixed 1 problem in 1 file: empty-image 1.\n"
    left = Ran(1, "a.md:1:1: error: link has no destination [empty-link]\n", "")
    write("a.md", "[x]()\n\n![]()\n")
    assert notelint("fix", "--quiet") == left


def test_unsafe_fixes_wait_to_be_asked_for(notelint: Run, write: Write) -> None:
    text = "# Usage\n\n[x](#usages)\n"
    path = write("a.md", text)
    assert notelint("fix").status == 1
    assert path.read_text() == text
    assert notelint("fix", "--unsafe").status == 0
    assert path.read_text() == "# Usage\n\n[x](#usage)\n"


def test_diff_writes_nothing_and_git_takes_it(
    notelint: Run, write: Write, git: Git, tmp_path: Path
) -> None:
    git("init")
    path = write("a.md", "x\r\n![](a\\b.png)\n![]()\nend")
    ran = notelint("fix", "--diff")
    assert ran.status == 1
    assert path.read_bytes() == b"x\r\n![](a\\b.png)\n![]()\nend"
    subprocess.run(["git", "apply"], input=ran.out.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes() == b"x\r\n![](a/b.png)\nend"
    write("a.md", "fine\n")
    assert notelint("fix", "--diff") == Ran(0, "", "")


def test_a_fix_that_would_make_a_heading_is_not_applied(notelint: Run, write: Write) -> None:
    text = "some text\n\n![]()\n===\n"
    path = write("a.md", text)
    ran = notelint("fix")
    assert path.read_text() == text
    assert "image has no source (not fixed: it would change the headings)" in ran.out
    assert ran.status == 1


def test_a_fix_that_is_refused_keeps_none_of_its_like_from_going_in(
    notelint: Run, write: Write
) -> None:
    path = write("a.md", "some text\n\n![]()\n===\n\n" + "text\n\n![]()\n\n" * 5 + "end\n")
    ran = notelint("fix")
    assert path.read_text() == "some text\n\n![]()\n===\n\n" + "text\n\n\n" * 5 + "end\n"
    assert ran.out.count("empty-image") == 1


def test_a_file_that_cannot_be_written_costs_only_itself(notelint: Run, write: Write) -> None:
    locked = write("a.md", "![]()\n")
    other = write("b.md", "![]()\n")
    locked.chmod(0o444)
    if os.access(locked, os.W_OK):  # root may write anything
        locked.unlink()
        locked.mkdir()
    ran = notelint("fix", "a.md", "b.md")
    assert other.read_text() == ""
    assert ran.status in (0, 2)


def test_mode_and_links_stay(notelint: Run, write: Write, tmp_path: Path) -> None:
    path = write("real/a.md", "![]()\nx\n")
    path.chmod(0o751)
    link = tmp_path / "link.md"
    link.symlink_to("real/a.md")
    notelint("fix", "link.md")
    assert link.is_symlink()
    assert path.read_text() == "x\n"
    assert path.stat().st_mode & 0o777 == 0o751
    assert sorted(each.name for each in (tmp_path / "real").iterdir()) == ["a.md"]


def test_a_link_out_of_the_tree_is_not_followed(
    notelint: Run, write: Write, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "b.md"
    outside.write_text("![]()\n")
    (tmp_path / "a.md").symlink_to(outside)
    ran = notelint("fix", "a.md")
    assert outside.read_text() == "![]()\n"
    assert ran.status == 2
    assert "left unchanged" in ran.err


def test_the_report_re_applied_is_the_fix(notelint: Run, write: Write) -> None:
    text = (NOTES / "messy.md").read_text(encoding="utf-8")
    path = write("messy.md", text)
    write("conventions.md", (NOTES / "conventions.md").read_text(encoding="utf-8"))
    write("assets/lora.png")
    report = json.loads(notelint("check", "--output-format", "json", "messy.md").out)
    lines = text.split("\n")
    edits = [
        edit
        for finding in report["findings"]
        if finding["fix"] and finding["fix"]["safety"] == "safe"
        for edit in finding["fix"]["edits"]
    ]
    for edit in sorted(edits, key=lambda e: (e["line"], e["column"]), reverse=True):
        first, last = edit["line"] - 1, edit["end_line"] - 1
        head, tail = lines[first][: edit["column"] - 1], lines[last][edit["end_column"] - 1 :]
        lines[first : last + 1] = (head + edit["text"] + tail).split("\n")
    notelint("fix", "messy.md")
    assert path.read_text(encoding="utf-8") == "\n".join(lines)


LOCAL = [
    Active(rule, rule.options())
    for rule in map(rules.get, sorted(rules.CATALOG))
    if rule.scope == rules.DOCUMENT and rule.default
]


def find(doc: Document) -> list[RuleFinding]:
    return in_document(doc, LOCAL)


def test_a_fix_is_tried_again_when_what_spoke_against_it_has_gone() -> None:
    everything = [Active(rule, rule.options()) for rule in map(rules.get, rules.CATALOG)]

    def look(doc: Document) -> list[RuleFinding]:
        return in_document(doc, [each for each in everything if each.rule.scope == rules.DOCUMENT])

    once = fix_document(Document.of('<iMg s="">\n>\n* r\n* t\ufeff'), look, unsafe=True)
    again = fix_document(once.doc, look, unsafe=True)
    assert again.doc.source.text == once.doc.source.text


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_fixing_twice_is_fixing_once_and_headings_stay(text: str) -> None:
    doc = Document.of(text)
    once = fix_document(doc, find)
    again = fix_document(once.doc, find)
    assert again.doc.source.text == once.doc.source.text
    before = [(heading.level, heading.slug) for heading in doc.headings]
    after = [(heading.level, heading.slug) for heading in once.doc.headings]
    assert [each for each in after if each in before] == before


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_the_edits_of_a_fix_do_not_overlap(text: str) -> None:
    for found in find(Document.of(text)):
        spans = sorted(edit.span for edit in found.finding.fix.edits) if found.finding.fix else []
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert len(set(spans)) == len(spans)
