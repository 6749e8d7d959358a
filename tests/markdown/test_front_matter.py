"""Front matter is what GitHub takes for it, and no command makes any or touches it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from conftest import Run, Write
from notelint.config.mdformat import Layout
from notelint.engine.layout import PageChanged, lay_out
from notelint.markdown.document import Document
from notelint.text.source import Source

IS = {
    "a mapping": "---\ntitle: t\n---\n",
    "blanks behind the marks": "--- \ntitle: t\n---\t\n",
    "CRLF": "---\r\ntitle: t\r\n---\r\n",
    "CR": "---\rtitle: t\r---\r",
    "no last line end": "---\ntitle: t\n---",
    "nothing": "---\n---\n",
    "blank lines": "---\n\n \n---\n",
    "a remark before the keys": "---\n# remark\n\ntitle: t\n---\n",
    "nested": "---\na:\n  - b\n  - c\nd: |\n  text\n---\n",
    "a list without indent": "---\ntags:\n- a\n- b\n- c\n---\n",
    "in braces": "---\n{title: t, tags: [a]}\n---\n",
    "a key in no plain form": "---\n? a, b\n: c\n---\n",
    "a key with marks": "---\nwhat (and why)?: t\n---\n",
    "text on lines of its own": '---\na: "one\ntwo\nthree"\n---\n',
    "a longer line of dashes inside": "---\ntitle: t\n# ----\n---\n",
    "other scripts": "---\n标题: 甲\n---\n",
    "templates": "---\n{% if a %}\ntitle: {{ t }}\n{% endif %}\n---\n",
    "a template for a key": "---\n{{ name }}: t\n---\n",
    "broken: a colon": "---\ntitle: a: b\n---\n",
    "broken: a quote": "---\ntitle: 'a\nother: b\n---\n",
    "broken: a line that is no key": "---\ntitle: a\nbroken\n---\n",
    "broken: a tab": "---\na:\n\t- b\n---\n",
}
IS |= {
    "an indented mark in a text": "---\na: |\n  b\n   ---\n ---\n  c\nd: e\n---\n",
    "a text that is kept, last": "---\na: |\n  b\n---\n",
    "blank lines that are kept, last": "---\na: |+\n  b\n\n\n---\n",
    "folded text, last": "---\na: >\n   b\n   c\n\n---\n",
    "TOML": "+++\ntitle   = 't'\n# remark\n\n[[a.b]]\nc = 1\n+++\n",
    "TOML that begins with a remark": "+++\n# remark\ntitle = 't'\n+++\n",
    "TOML with CRLF": "+++\r\ntitle = 't'\r\n+++\r\n",
    "TOML: nothing": "+++\n\n+++\n",
    "TOML: an indented mark": '+++\na = """\n +++\n"""\n+++\n',
    "JSON": '{\n  "title":   "t",\n  "a": {\n"b": ["}"]\n}\n}\n',
    "JSON in a line": '{"title":   "t"}\n',
    "JSON with CRLF": '{\r\n"title": "t"\r\n}\r\n',
    "JSON: broken": '{\n  "title": "t",\n}\n',
    "JSON: nothing": "{\n}\n",
}
IS_NOT = {
    "more dashes": "----\ntitle: t\n----\n",
    "many dashes": "----------\n\nSome intro text.\n\n----------\n",
    "a longer end": "---\ntitle: t\n-----\n",
    "a longer start": "-----\ntitle: t\n---\n",
    "two dashes": "--\ntitle: t\n--\n",
    "an indented start": " ---\ntitle: t\n---\n",
    "an indented end": "---\ntitle: t\n ---\n",
    "dots at the end": "---\ntitle: t\n...\n\ntext\n",
    "no end": "---\ntitle: t\n",
    "a blank line above": "\n---\ntitle: t\n---\n",
    "a remark above": "<!-- x -->\n---\ntitle: t\n---\n",
    "a title between rules": "---\n\n# Title\n\n---\n",
    "prose between rules": "---\n\nSome text, which all read.\n\n---\n",
    "prose with a colon": "---\nNote: this is old.\nRead the other one.\nThanks.\n---\n",
    "one line of text": "---\nTitle\n---\n",
    "a list": "---\n- a\n- b\n---\n",
    "a list of keys": "---\n- a: b\n- c: d\n---\n",
    "a link": "---\nhttps://example.org/x\n---\n",
    "code": "---\n```\na: b\n```\n---\n",
    "a table": "---|\n---|\n",
    "something behind the mark": "--- title: t\nother: t\n---\n",
    "spaced dashes": "- - -\ntitle: t\n- - -\n",
    "in a list": "- ---\n  title: t\n  ---\n",
    "a title between pluses": "+++\n# Title\n+++\n",
    "more pluses": "++++\na = 1\n++++\n",
    "an item of pluses": "+ a\n+++\na = 1\n+++\n",
    "a template": "{{ a }}\n\ntext\n",
    "an attribute list": "{#id}\n",
    "words behind JSON": '{"a": 1} is an object.\n',
    "a second mark": "\ufeff---\ntitle: t\n---\n",  # behind the one that the source leaves out
}


@pytest.mark.parametrize("text", IS.values(), ids=IS.keys())
@pytest.mark.parametrize("below", ["", "\n# T\n\n*  x\n"])
def test_front_matter_is_kept(text: str, below: str) -> None:
    doc = Document.of(text + below)
    assert doc.front_matter == (1, len(Document.of(text).lines))
    assert [each.text for each in doc.headings] == (["T"] if below else [])
    after = lay_out(Source(text + below), Layout()).text
    assert after.startswith(text.rstrip("\r\n"))
    assert Document.of(after).front_matter == doc.front_matter


@pytest.mark.parametrize("text", IS_NOT.values(), ids=IS_NOT.keys())
@pytest.mark.parametrize("below", ["", "\n# T\n\n*  x\n"])
def test_what_is_none_stays_none(text: str, below: str) -> None:
    doc = Document.of(text + below)
    assert doc.front_matter is None
    with suppress(PageChanged):  # then the note is left alone
        after = lay_out(Source(text + below), Layout()).text
        assert Document.of(after).front_matter is None


def test_a_setext_heading_between_dashes_is_a_heading() -> None:
    doc = Document.of("----\nTitle\n----\n")
    assert [(each.text, each.slug) for each in doc.headings] == [("Title", "title")]


def test_a_rule_on_top_is_laid_out_as_one(notelint: Run, write: Write, tmp_path: Path) -> None:
    text = "----------\n\nSome intro text.\n\n----------\n\n# T\n\n*  x\n"
    write("a.md", text)
    ran = notelint("fmt", "a.md")
    assert ran.status == 0, ran.err
    rule = "_" * 70
    assert (tmp_path / "a.md").read_text() == (
        f"{rule}\n\nSome intro text.\n\n{rule}\n\n# T\n\n- x\n"
    )


BELOW = "---\ntitle: t\n---\n\n# T\n\n[a]\n\n[a]: https://example.org\n"


@pytest.mark.parametrize(
    "above",
    ["[unused]: https://example.org/u\n", '<img src="">\n', "\ufeff", "\u200b", "![]()\n"],
)
def test_no_fix_brings_front_matter_to_the_top(
    notelint: Run, write: Write, tmp_path: Path, above: str
) -> None:
    path = write("a.md", "\ufeff" + above + BELOW)
    before = path.read_bytes()
    notelint("fix", "--unsafe", "--no-cache", "a.md")
    after = path.read_bytes()
    assert Document(Source.decode(after)).front_matter is None
    assert before.endswith(BELOW.encode())
    assert after.endswith(BELOW.encode())


def test_a_table_of_contents_that_goes_brings_none(write: Write, notelint: Run) -> None:
    path = write("a.md", f"<!-- toc -->\n<!-- tocstop -->\n{BELOW}")
    notelint("toc", "a.md")
    assert Document(Source.decode(path.read_bytes())).front_matter is None
    with_toc = path.read_text()
    assert with_toc.endswith(BELOW)


@pytest.mark.parametrize("text", [*IS.values()])
def test_a_table_of_contents_goes_behind(notelint: Run, write: Write, text: str) -> None:
    path = write("a.md", f"{text}\n# T\n\n## A\n\n## B\n".encode())
    assert notelint("toc", "a.md").status == 0
    assert path.read_bytes().startswith(text.rstrip("\r\n").encode())
    assert b"[A](#a)" in path.read_bytes()


@pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_for_no_character_is_no_mapping(escape: str) -> None:
    assert Document.of(f'---\n? "{escape}"\n: x\n---\n\n# T\n').front_matter is None
