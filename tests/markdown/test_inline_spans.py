"""Positions: a span covers its element and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from markdown_it.token import Token

from markdown.plain_parser import PLAIN, as_data
from notelint.markdown.document import Document
from notelint.markdown.inline_spans import Node
from strategies import documents

pytestmark = pytest.mark.usefixtures("each_parser")

SHAPES = {
    "inline": ("[", ")"),
    "reference": ("[", "]"),
    "autolink": ("<", ">"),
    "image": ("![", ")"),
    "image-reference": ("![", "]"),
    "code": ("`", "`"),
    "html": ("<", ">"),
    "footnote": ("[^", "]"),
    "bare": ("", ""),
    "formula": ("", ""),
}
COUNTED = {"link_open", "image", "code_inline", "html_inline", "footnote_ref", "formula"}


def count_elements(tokens: list[Token]) -> int:
    return sum((t.type in COUNTED) + count_elements(t.children or []) for t in tokens)


def covered(doc: Document, node: Node) -> str:
    return doc.slice(node.span)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_recording_positions_changes_no_token(text: str) -> None:
    assert as_data(PLAIN.parse(text, {})) == as_data(Document.of(text).tokens)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_every_inline_element_has_an_exact_span(text: str) -> None:
    doc = Document.of(text)
    placed = [token for token in doc.tokens if token.type == "inline" and token.map]
    assert len(doc.nodes) == count_elements(placed)
    for node in doc.nodes:
        first, last = SHAPES[node.kind]
        assert covered(doc, node).startswith(first)
        assert covered(doc, node).endswith(last)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_the_source_of_a_link_parses_to_the_same_link(text: str) -> None:
    doc = Document.of(text)
    for node in doc.nodes:
        if node.kind in ("inline", "image"):
            env = {"references": doc.references}
            (inline,) = PLAIN.parseInline(node.written, env)
            assert inline.children
            assert inline.children[0].attrs == node.token.attrs


@settings(max_examples=300, deadline=None)
@given(documents)
def test_spans_of_destinations_definitions_headings_and_tags(text: str) -> None:
    doc = Document.of(text)
    for link in doc.links:
        written = doc.slice(link.target)
        if link.kind in ("inline", "definition") and not re.search(r"[\\&\n\r\0]", written):
            assert written == link.destination
    for definition in doc.definitions:
        assert doc.slice(definition.span).startswith("[")
        assert text[definition.label.end] == "]"
    for heading in doc.headings:
        if not re.search(r"[\n\ufffd]", heading.raw):
            assert doc.slice(heading.span).startswith(heading.raw)
    for tag in doc.tags:
        assert doc.slice(tag.span)[0] + doc.slice(tag.span)[-1] == "<>"
        for attribute in tag.attributes:
            assert doc.slice(attribute.span).lower().startswith(attribute.name)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[a](b)", (1, 5, 1, 6)),
        ("> - [a\n>   b](c)", (2, 8, 2, 9)),
        ("| x | [a](b\\|c) |\n|-|-|\n", (1, 11, 1, 15)),
        ("中文[a](é.md)", (1, 7, 1, 11)),
        ("a\r\n\r\nb [x](<c d>)\r\n", (3, 8, 3, 11)),
        ("\tcode\n\n[r]\n\n[r]: dest 'title'\n", (5, 6, 5, 10)),
        ('- x\n\n  <img\n   src="a.png">\n', (4, 9, 4, 14)),
        ("[`](`](u)", (1, 8, 1, 9)),
        ("| x |\n|---|\n\u3000| [a](b) |\n", (3, 8, 3, 9)),
        ("> \u3000\n> \u3000\n> [a](b)\n", (3, 7, 3, 8)),
    ],
)
def test_positions_of_destinations(text: str, where: tuple[int, int, int, int]) -> None:
    doc = Document.of(text)
    link = next(link for link in reversed(doc.links) if link.kind != "reference")
    start, end = doc.lines.range(link.target)
    assert (*start, *end) == where


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("README.md and crates.io", []),
        ("见 https://example.org/a。", ["https://example.org/a。"]),
        ("www.example.org.", ["http://www.example.org"]),
        ("`https://example.org` <!-- https://example.org -->", []),
        ("| a |\n|---|\n| [x](y) |", ["y"]),
        ("- [x] [done](d.md)", ["d.md"]),
        ("> [!NOTE]\n> [x](y)", ["y"]),
        ("[^1]\n\n[^1]: see [x](y)", ["y"]),
        ("---\nurl: [x](y)\n---\n[a](b)", ["b"]),
    ],
)
def test_links_of_the_dialect(text: str, links: list[str]) -> None:
    assert [link.destination for link in Document.of(text).links] == links
