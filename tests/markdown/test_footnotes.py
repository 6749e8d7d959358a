"""Footnotes: definitions, references and the spans of their parts."""

from __future__ import annotations

import pytest

from notelint.markdown.document import Document

pytestmark = pytest.mark.usefixtures("each_parser")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "labels", "lines"),
    [
        ("a[^1]\n\n[^1]: b\n", ["1"], [(3, 3)]),
        ("[^a]: b\n    c\n\n    d\n\ne[^a]\n", ["a"], [(1, 4)]),
        ("a[^b]\n[^b]: c\n", ["b"], [(2, 2)]),
        ("> a[^b]\n[^b]: c\n", ["b"], [(2, 2)]),
        ("> - [^b]: c\n>\n> d[^b]\n", ["b"], [(1, 1)]),
        ("[^a]: [^b]: c\n\n[^a][^b]\n", ["a", "b"], [(1, 1), (1, 1)]),
        ("   [^注]:\n\na[^注]\n", ["注"], [(1, 1)]),
        ("a[^\0b]\n\n[^\0b]: c\n", ["\0b"], [(3, 3)]),  # the parser has U+FFFD for it
    ],
)
def test_definitions(text: str, labels: list[str], lines: list[tuple[int, int]], ends: str) -> None:
    doc = Document.of(text.replace("\n", ends))
    notes = doc.footnotes.definitions
    assert [doc.slice(each.label) for each in notes] == labels
    assert [doc.slice(each.span) for each in notes] == [f"[^{label}]:" for label in labels]
    assert [each.lines for each in notes] == lines
    assert {each.key for each in doc.footnotes.references if each.defined} == {
        each.key for each in notes
    }


@pytest.mark.parametrize(
    "text", ["    [^a]: b\n", "[^a b]: c\n", "[^]: c\n", "`[^a]: b`\n", "a [^b]:\n"]
)
def test_what_defines_nothing(text: str) -> None:
    assert Document.of(text).footnotes.definitions == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a[^B] [^c]\n\n[^b]: d\n", [("[^B]", True), ("[^c]", False)]),
        ("> a[^b]\n> | c[^d] |\n", [("[^b]", False), ("[^d]", False)]),
        ("a\\[^b] \\\\[^c] `[^d]` [^e](f) ![^g](h) $[^i]$\n", [("[^c]", False)]),
        ("# a[^b]\n\n*c[^d]*\n\n[^d]: e[^f]\n", [("[^b]", False), ("[^d]", True), ("[^f]", False)]),
    ],
)
def test_references(text: str, found: list[tuple[str, bool]]) -> None:
    doc = Document.of(text)
    references = doc.footnotes.references
    assert [(doc.slice(each.span), each.defined) for each in references] == found
    assert [f"[^{doc.slice(each.label)}]" for each in references] == [span for span, _ in found]
