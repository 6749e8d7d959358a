"""A document after each of some edits: the same as one that is parsed anew."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdown.plain_parser import as_data
from markdown.test_fast import TEXTS, elements
from notelint.markdown import edited_document as module
from notelint.markdown.document import Document
from notelint.markdown.edited_document import EditedDocument
from notelint.text.source import Source
from strategies import ENDS, PIECES, PREFIXES, documents

_EDITS = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from((0, 0, 0, 1, 1, 3, 20)),
        st.sampled_from(
            [*PIECES, *PREFIXES, *ENDS, "x", "", "", "\n\n", "# h\n\n", "a\n\nb\n\n", "\r"]
        ),
    ),
    min_size=1,
    max_size=6,
)


def same(edited: EditedDocument, text: str) -> None:
    """Assert that *edited* is the document of *text*, before and after it is complete."""
    fresh = Document(Source(text))
    assert elements(edited) == elements(fresh)
    assert edited.blocks == fresh.blocks
    assert edited._elements.filled == fresh._elements.filled
    assert edited.footnotes == fresh.footnotes
    assert (edited.tables, edited.formulas) == (fresh.tables, fresh.formulas)


@settings(max_examples=400, deadline=None)
@given(st.lists(documents, min_size=1, max_size=4), _EDITS, st.booleans(), st.sampled_from((1, 64)))
def test_a_document_after_edits_is_one_parsed_anew(
    parts: list[str], edits: list[tuple[int, int, str]], complete: bool, fewest: int
) -> None:
    with mock.patch.object(module, "_FEWEST", fewest):
        compare("\n\n".join(parts), edits, complete=complete)


def compare(text: str, edits: list[tuple[int, int, str]], *, complete: bool) -> None:
    """Assert that a document of *text* stays the same as one that is parsed anew."""
    edited = EditedDocument(Source(text))
    for at, removed, new in edits:
        at = at * len(text) // 300
        text = text[:at] + new + text[at + removed :]
        before = edited
        edited = EditedDocument(Source(text), before)
        if complete:
            assert before.tokens is not None
        same(edited, text)
        same(before, before.source.text)
    assert as_data(edited.tokens) == as_data(Document(Source(text)).tokens)


@pytest.mark.parametrize("text", TEXTS)
def test_typing_a_text_from_nothing_between_others(text: str) -> None:
    above, below = "# A\n\nb [c]\n\n- d\n\ne\n\n", "\n\nf\n\n- g\n  h\n\n# I\n\n[c]: j\n\nk\n\nl\n"
    edited = EditedDocument(Source(above + below))
    for end in range(0, len(text) + 1, max(len(text) // 12, 1)):
        edited = EditedDocument(Source(above + text[:end] + below), edited)
        same(edited, above + text[:end] + below)


@pytest.mark.parametrize("below", ["\n", "\r", "\n\n", " \n", "\n\nx", "\n'", ""])
@pytest.mark.parametrize("above", ["[a]\n\n", "", "- a\n\n[b]: c 'd'\n", "a\n\nb\n\n[a]\n\n"])
def test_a_line_end_behind_a_definition(above: str, below: str) -> None:
    texts = [f"{above}[a]: b{end}" for end in ("", below, "", "\n\n\n\n", below, "  ", "\n")]
    edited = EditedDocument(Source(texts[0]))
    for text in texts[1:]:
        edited = EditedDocument(Source(text), edited)
        same(edited, text)


@pytest.mark.parametrize("blank", [" ", "\t", "   ", "", "\n", " \n", " \r \n "])
def test_a_text_that_becomes_blank(blank: str) -> None:
    for text in ("[a]: b", "[a]: b\n\n[a]\n", "x [a]\n\n[a]: b\n", "[^a]: b\n\n[^a]"):
        same(EditedDocument(Source(blank), EditedDocument(Source(text))), blank)
        same(EditedDocument(Source(text), EditedDocument(Source(blank))), text)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_that_change_and_nothing_else(end: str) -> None:
    text = "\n\n".join(f"# {n}\n\nText [a](b).\n\n- c" for n in range(60))
    edited = EditedDocument(Source(text))
    for number in (-1, 0, 90, 91, -1, 90, 0):
        new = text.replace("\n", end, number)
        edited = EditedDocument(Source(new), edited)
        same(edited, new)


def test_only_what_is_around_an_edit_is_parsed_again() -> None:
    text = "\n\n".join(f"# {n}\n\nText *{n}* [a](b).\n\n- c\n- d" for n in range(200))
    for place in ("*0*", "*50*", "*150*", "*199*"):
        before = EditedDocument(Source(text))
        links, tokens = before.links, before._parsed.tokens
        at = text.index(place)
        after = EditedDocument(Source(text[:at] + "x\n\n" + text[at:]), before)
        new = {id(each) for each in after._parsed.tokens}.difference(map(id, tokens))
        assert len(new) < 20
        assert sum(one is other for one, other in zip(links, after.links, strict=True)) > 170


ROWS = [
    "| a | b |", "|a", "", "    | a |", "   | a |", "\t| a |", "- a", "> a", "| a \\| b | c |",
    "| `a|b` | c", "$$", "| $$ |", "|-|-|", "|:--|", "a | b", "a", "| [^1] |", "| [r]: y |",
    "| <b | c |", "| ![]() | <img src='x'> |", "|| a | b | c | d |", "|", "| \0 |",
    "| [r] | [a][r] |", "| a |\r",
    "# a", "| a |\n| b |", "| a |\n\n| b |", "<!-- a", "```",
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("at", [0, 1, 2, 3, 20, 39])
def test_rows_of_a_table_that_change(row: str, at: int) -> None:
    rows = ["| A | B |", "|---|---|", *(f"| [a{n}](b) | `c` [r] |" for n in range(38))]
    texts = []
    for each in (rows[at], row, "| x | y |", row, rows[at]):
        table = [*rows[:at], each, *rows[at + 1 :]]
        texts.append("a\n\n" + "\n".join(table) + "\n\n- b\n\n# C\n\n[r]: d\n")
    with mock.patch.object(module, "_FEWEST", 8):
        edited = EditedDocument(Source(texts[0]))
        for text in texts[1:]:
            edited.links  # noqa: B018  (from which the next one takes them)
            edited = EditedDocument(Source(text), edited)
            same(edited, text)


def test_only_the_row_of_a_table_is_parsed_again() -> None:
    text = "| A | B |\n|---|---|\n" + "".join(f"| {n} | [a](b) |\n" for n in range(400))
    before = EditedDocument(Source(text))
    links, tokens = before.links, before._parsed.tokens
    at = text.index("| 200 |") + 2
    after = EditedDocument(Source(text[:at] + "x" + text[at:]), before)
    assert len({id(each) for each in after._parsed.tokens}.difference(map(id, tokens))) < 20
    assert sum(one is other for one, other in zip(links, after.links, strict=True)) > 380


def test_definitions_are_not_read_again() -> None:
    text = "a\n\n" + "".join(f"[b{n}]: c\n" for n in range(400)) + "\nd\n"
    before = EditedDocument(Source(text))
    known = before.definitions
    after = EditedDocument(Source(f"{text}e"), before)
    assert sum(one is other for one, other in zip(known, after.definitions, strict=True)) > 390
