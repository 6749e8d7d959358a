"""The analysis of a document that is edited: what is kept of the last one is as if made anew."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notelint.rules as rules
from notelint.engine.analyze import analyze
from notelint.engine.linter import Active, RuleSet
from notelint.markdown import edited_document as module
from notelint.markdown.document import Document
from notelint.markdown.edited_document import EditedDocument
from notelint.markdown.prose import Prose
from notelint.markdown.reuse import of_each
from notelint.text.source import Source
from strategies import ENDS, PIECES, PREFIXES, documents

ON = RuleSet(sorted(rules.CATALOG), lambda name: Active(rules.get(name), rules.get(name).options()))
_NEW = [
    *PIECES, *PREFIXES, *ENDS, "", "", "x", "# h\n\n", "a\n\nb\n\n", "[r]: a\n", "[a][b]",
    "**a:**b", "- [C++](#c)\n", "# C++\n\n", "</a>", "?a=b", "<a href='x?a=b'>",
    "| x | y |\n|---|---|\n| z",
]  # fmt: skip
_EDITS = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from((0, 0, 0, 1, 1, 3, 20)), st.sampled_from(_NEW)),
    min_size=1,
    max_size=6,
)


def compare(texts: list[str]) -> None:
    """Assert that the analyses of *texts*, which are one text with edits, are as if made anew."""
    doc = None
    with mock.patch.object(module, "_FEWEST", 1):
        for text in texts:
            doc = EditedDocument(Source(text), doc)
            assert analyze("a/b.md", doc, ON) == analyze("a/b.md", Document(Source(text)), ON)


@settings(max_examples=150, deadline=None)
@given(st.lists(documents, min_size=1, max_size=4), _EDITS)
def test_an_analysis_after_edits_is_one_made_anew(
    parts: list[str], edits: list[tuple[int, int, str]]
) -> None:
    texts = ["\n\n".join(parts)]
    for at, removed, new in edits:
        at = at * len(texts[-1]) // 300
        texts.append(texts[-1][:at] + new + texts[-1][at + removed :])
    compare(texts)


_LINKS = "- [a](https://a.b/c)\n- [d](e.md#f) and [g](h.md)\n"
_BELOW = f"\n\nx\n\n{_LINKS}\n\ny\n\n1. z\n   {_LINKS.replace(chr(10), chr(10) + '   ')}\n\n# C++\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x", "y"),
        ("x", "x\n\n\nz"),
        ("x", "# x"),
        ("x", "- x\n- [y](z)"),
        ("- x\n- y", "x"),
        ("Foo. Bar", "Foo: Bar"),
        ("Foo.", "Foo:"),
        ("a\n\nb", "a b c"),  # as long, in fewer lines
        ("# C++", "# C"),
        ("x", "<!-- START doctoc -->"),
        ("<!-- END doctoc -->", "<!-- START doctoc -->"),
        ("[k]: l", "[k]:  l"),
        ("x", "</a>"),
        ("x", "https://a.b/?c=d</a>"),
        ("x [^1]", "[^1]"),
        ("**x:**y", "**x:** y"),
        ("[x] (y.md)", "[x](y.md)"),
        ("[x][y]", "[x][k]"),
        ("[]()", "[](x)"),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n\r\n"])
def test_what_an_edit_changes_in_other_blocks(old: str, new: str, between: str) -> None:
    above = f"# C\n\n[a][k] [C++](#c) <a href='https://a.b/?c=d'>\n\n{_LINKS}\n[]()"
    below = f"{_BELOW}\n\n[]()\n\n**x:**y\n\n[m]: n\n[k]: l\n"
    compare([f"{above}{between}{each}{between}{below}" for each in (old, new, old)])


def test_nothing_is_made_of_elements_that_an_edit_leaves() -> None:
    text = "\n\n".join(f"# {n}\n\nText {n} [a](b).\n\n- c" for n in range(200))
    made: list[str] = []

    def make(prose: Prose) -> int:
        made.append(prose.content)
        return len(prose.content)

    doc = EditedDocument(Source(text))
    of_each(doc, "length", make, doc.prose)
    del made[:]
    at = text.index("Text 100")
    doc = EditedDocument(Source(text[:at] + "x" + text[at:]), doc)
    assert of_each(doc, "length", make, doc.prose) == [len(each.content) for each in doc.prose]
    assert "xText 100 [a](b)." in made
    assert len(made) < 30
    del made[:]
    of_each(doc, "length", make, doc.prose, given="something else")
    assert len(made) == len(doc.prose)
