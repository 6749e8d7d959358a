"""Bytes, offsets, lines and columns: one leads to the other and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.text.source import LineIndex, Position, Source, Span

# a form feed and U+2028 end no line in Markdown
texts = st.text("ab\r\n\x0c\u2028", max_size=30) | st.sampled_from(
    ["a\n" * 300 + "b", "ab\r\n" * 300 + "a"]
)


def pieces(text: str) -> list[str]:
    """The lines of *text* with their endings, told without an index."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


@given(texts, st.integers(0, 1300))
def test_a_position_is_its_offset(text: str, at: int) -> None:
    lines, at = LineIndex(text), min(at, len(text))
    before = pieces(text[:at] + "|")  # in the middle of a CRLF the line has ended
    if text[at - 1 : at + 1] == "\r\n" and at:
        before[-2:] = ["".join(before[-2:])]
    position = lines.position(at)
    assert position == Position(len(before), len(before[-1]))
    assert lines.offset(position) == at
    assert lines.range(Span(0, at)) == (Position(1, 1), position)


@given(texts)
def test_lines_are_what_lies_between_their_ends(text: str) -> None:
    lines, expected = LineIndex(text), pieces(text)
    assert len(lines) == len(expected)
    for number, piece in enumerate(expected, 1):
        start, end = lines.line_span(number)
        assert text[start:end] == piece
        assert lines.line(number) == piece.rstrip("\r\n")
        assert lines.line_span(1, number) == Span(0, end)


@given(texts)
def test_what_the_parser_counts_leads_to_the_text_on_disk(text: str) -> None:
    lines, normal = LineIndex(text), text.replace("\r\n", "\n")
    on_disk = [lines.original(at) for at in range(len(normal) + 1)]
    assert on_disk == sorted(set(on_disk))
    assert on_disk[-1] == len(text)
    for at, char in enumerate(normal):
        assert text[on_disk[at]] == char or text[on_disk[at] :][:2] == "\r\n"


@given(st.binary(max_size=20) | st.text(max_size=20).map(str.encode), st.booleans())
def test_bytes_come_out_as_they_went_in(data: bytes, bom: bool) -> None:
    data = b"\xef\xbb\xbf" * bom + data
    source = Source.decode(data)
    if source.invalid is None:
        assert source.invalid_at is None
        assert source.encode() == data
        return
    assert source.invalid_at is not None
    assert source.text[source.invalid_at] == "\ufffd"
    before = source.text[: source.invalid_at].encode()
    assert data.startswith(b"\xef\xbb\xbf" * source.bom + before)
    assert len(before) + 3 * source.bom == source.invalid
    with pytest.raises(ValueError, match="cannot be written back"):
        source.encode()


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("a", "\n"),
        ("a\nb\r\n", "\n"),
        ("a\r\nb\n", "\r\n"),
        ("\r\n", "\r\n"),
        ("a\rb\n", "\r"),
        ("a\rb\r\n", "\r"),
        ("\r", "\r"),
        ("a\nb\r", "\n"),
        ("\na\r", "\n"),
    ],
)
def test_new_lines_end_as_the_first_one_does(text: str, newline: str) -> None:
    source = Source(text)
    assert source.newline == newline
    assert source.encode() == text.encode()
