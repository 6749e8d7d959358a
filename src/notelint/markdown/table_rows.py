"""The rows of tables as GitHub parses them, and lines that are meant as rows."""

from __future__ import annotations

import re

from notelint.markdown.inline_spans import code_spans
from notelint.text.startup import lazy_regex

_DELIMITER = lazy_regex(r":?-+:?")
# Dashes that a program may have written instead of hyphens.
_DASHES = frozenset("-=‐‑‒–—―−─━ー﹣－")
_SPLIT = lazy_regex(r"\\.|(\|)", re.DOTALL)


def is_delimiter(line: str) -> bool:
    """Whether *line* is the delimiter row of a table with pipes in it (GFM, 4.10)."""
    if "|" not in line or "-" not in line:
        return False
    return all(_DELIMITER.fullmatch(line, *each) for each in cells(line))


def is_dashed(line: str) -> bool:
    """Whether *line* has only dashes, equal signs and pipes, and may be meant as such a row."""
    marks = set(line) - set("|｜: \t")
    return bool(marks) and marks <= _DASHES


def cells(line: str) -> tuple[tuple[int, int], ...]:
    """The cells of a row, as pairs of offsets in *line*, without the spaces around them."""
    stop = len(line.rstrip(" \t"))
    start = len(line) - len(line.lstrip(" \t"))
    if line.startswith("|", start):
        start += 1
    found = []
    for match in _SPLIT.finditer(line, start, stop):
        if match[1]:
            found.append(_stripped(line, start, match.start()))
            start = match.end()
    if start < stop or not found:
        found.append(_stripped(line, start, stop))
    return tuple(found)


def _stripped(line: str, start: int, end: int) -> tuple[int, int]:
    text = line[start:end]
    start += len(text) - len(text.lstrip(" \t"))
    return start, max(start, end - len(text) + len(text.rstrip(" \t")))


def is_row(line: str) -> bool:
    """Whether *line* begins and ends with a pipe, and has two cells or more."""
    text = line.strip(" \t")
    return text[:1] == "|" and text[-1:] == "|" and text[-2:-1] != "\\" and len(cells(text)) > 1


def cut_code(line: str) -> list[tuple[int, int]]:
    """The code in a row that a pipe cuts into two cells, as pairs of offsets in *line*.

    Two backticks with a space after the first or before the second are not meant as code.
    """
    found = []
    for start, inside, stop in code_spans(line):
        code = line[inside:stop]
        if any(each[1] for each in _SPLIT.finditer(code)) and not (
            code[0].isspace() or code[-1].isspace()
        ):
            found.append((start, stop + inside - start))
    return found
