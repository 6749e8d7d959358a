"""Columns as editors count them, and addresses as they write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.server.columns import ENCODINGS, Columns, Encoding, Point, TextChange, changed
from notelint.server.uris import path_of, uri_of
from notelint.text.source import LineIndex
from server.talker import Talker

Start = Callable[..., Talker]
TEXT = st.text(st.sampled_from("a\n\r é笔😀\u2028\x0c\x85"), max_size=30)


@given(TEXT, st.sampled_from(ENCODINGS))
def test_an_offset_comes_back(text: str, encoding: Encoding) -> None:
    columns = Columns(LineIndex(text), encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # no place for an editor
        point = columns.point(columns.lines.position(offset))
        assert columns.offset(point) == offset
        line = text[columns.lines.starts[point.line] : offset]
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        assert point.character == len(line.encode(f"{encoding}-le".replace("8-le", "8"))) // size


@given(TEXT, TEXT, st.data(), st.sampled_from(ENCODINGS))
def test_a_change_is_made_where_it_is(
    text: str, new: str, data: st.DataObject, encoding: Encoding
) -> None:
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    if any(text[each - 1 : each + 1] == "\r\n" for each in (a, b)):
        return
    columns = Columns(LineIndex(text), encoding)
    start, end = (columns.point(columns.lines.position(each)) for each in (a, b))
    assert changed(text, [((start, end), new)], encoding) == text[:a] + new + text[b:]


def test_a_place_that_is_not_there_is_the_end_of_its_line_or_of_the_text() -> None:
    columns = Columns(LineIndex("ab\r\nc"), "utf-16")
    assert columns.offset(Point(0, 99)) == 2
    assert columns.offset(Point(9, 0)) == 5
    assert Columns(LineIndex("😀"), "utf-16").offset(Point(0, 1)) == 0


@pytest.mark.parametrize(
    ("one", "other", "path"),
    [
        ("file:///n/%E7%AC%94%E8%AE%B0.md", "file:///n/笔记.md", "/n/笔记.md"),
        ("file:///c%3A/n/a.md", "file:///C:/n/a.md", "/c:/n/a.md"),
        ("file:///n/a%20b%23c.md", "file://localhost/n/a b%23c.md", "/n/a b#c.md"),
        ("file:///n/./x/../a.md", "FILE:///n/a.md", "/n/a.md"),
        ("file:////n/a.md", "file:/n//a.md", "/n/a.md"),
    ],
)
def test_one_file_however_it_is_written(one: str, other: str, path: str) -> None:
    assert path_of(one) == path_of(other) == path
    assert path_of(uri_of(path)) == path


def test_what_is_no_file() -> None:
    for each in ("untitled:Untitled-1", "git:/a.md", "file://", "http://[", "file:a%00.md"):
        assert path_of(each) is None


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [
        (["utf-8", "utf-16"], "utf-8", 9),
        (["utf-32"], "utf-32", 5),
        (["utf-16"], "utf-16", 6),
        (None, "utf-16", 6),
        (["ucs-2", "utf-8"], "utf-8", 9),
    ],
)
def test_the_encoding_is_that_of_the_client(
    start: Start, offered: list[str] | None, chosen: str, column: int
) -> None:
    server = start(encodings=offered)
    assert server.answer["capabilities"]["positionEncoding"] == chosen
    server.open("a.md", "😀é[](b.md)\n")
    (found,) = (e for e in server.diagnostics("a.md") if e["code"] == "missing-file")
    assert found["range"]["start"]["character"] == column


def test_two_spellings_are_one_document(start: Start) -> None:
    server = start()
    root = server.uri("")
    server.open(f"{root}/%E7%AC%94.md", "[x](b.md)\n")
    uri = f"{root}/笔.md"
    server.versions[uri] = 1
    server.change(uri, {"text": "fine\n"})
    assert server.diagnostics(f"{root}/%E7%AC%94.md") == []


def test_the_halves_of_a_character_come_one_after_the_other(start: Start) -> None:
    server = start()
    server.open("a.md", "[x](b.md)\n")
    for at, half in enumerate(("\ud83d", "\ude00")):
        place = {"line": 0, "character": at}
        server.change("a.md", {"range": {"start": place, "end": place}, "text": half})
        (found,) = server.diagnostics("a.md")
        assert found["range"]["start"]["character"] == 5 + at
    server.change("a.md", {"text": "# \ud83d"})
    place = {"line": 0, "character": 3}
    server.change("a.md", {"range": {"start": place, "end": place}, "text": "\ude00"})
    params = {"textDocument": {"uri": server.uri("a.md")}}
    (symbol,) = server.ask("textDocument/documentSymbol", params)
    assert symbol["name"] == "😀"


@given(st.lists(st.tuples(TEXT, st.integers(0, 40), st.integers(0, 40)), max_size=6), TEXT)
def test_changes_are_made_one_after_the_other(
    changes: list[tuple[str, int, int]], text: str
) -> None:
    told: list[TextChange] = []
    after = text
    for new, *ends in changes:
        a, b = sorted(min(each, len(after)) for each in ends)
        if any(after[each - 1 : each + 1] == "\r\n" for each in (a, b)):
            continue
        columns = Columns(LineIndex(after), "utf-16")
        start, end = (columns.point(columns.lines.position(each)) for each in (a, b))
        told.append(((end, start), new))  # the other way round, too
        after = after[:a] + new + after[b:]
    assert changed(text, told, "utf-16") == after
