"""Patterns of Markdown in text that the parser takes for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_RAW = "pre|code|kbd|samp|script|style|textarea|svg|math"
# Markup that is shown as written, whatever its content; without a group, a tag that is cut off.
RAW = lazy_regex(
    rf"<(?:({_RAW})\b[^>]*>.*?(?:</\1\s*>|\Z)|(?:{_RAW})\b[^>]*\Z)", re.DOTALL | re.IGNORECASE
)
_NO_MARKDOWN = lazy_regex(r"\s*<(?:!(?!--)|\?|(?:pre|script|style|textarea)\b)", re.I)
_HINT = lazy_regex(r"\*\*|\]\(|`[^`\n]|^[ \t]*(?:[-*+] |\d{1,9}[.)] |#{1,6} |```|~~~|[|:-])", re.M)
_TITLE = r"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?"""
_TARGET = r"(?=[^()\s<>]*[./#])[^()\s<>]+(?:\([^()\s]*\)[^()\s]*)?"
CODE = lazy_regex(r"(?<![`\\])(`{1,3})(?![`\s])([^`\n]+)(?<!\s)\1(?!`)")
SPANS = {
    "image": lazy_regex(rf"(?<!\\)!\[[^\[\]\n]*\]\({_TARGET}{_TITLE}\)"),
    "link": lazy_regex(rf"(?<![\\!\w])\[(?:[^\[\]\n]|\[[^\[\]\n]*\])+\]\({_TARGET}{_TITLE}\)"),
    "bold text": lazy_regex(
        r"(?<![\\*A-Za-z0-9])\*\*(?=[^\s*])(?=[^*\n]*[^\W\d_])[^*\n]+(?<!\s)\*\*(?![*A-Za-z0-9])"
    ),
}
ITEM = lazy_regex(r"([ \t]*)([-*+]|\d{1,3}[.)])[ \t]+(?=\S)(?![-*_ \t]+$)(?=.*[^\W\d_])")
_BREAK = lazy_regex(r"<br[ \t]*/?>", re.I)
HEADING = lazy_regex(r" {0,3}#{1,6}[ \t]+\S")
_FENCE = lazy_regex(r"[ \t]*(`{3,}|~{3,})([^`]*)$")
_DELIMITER = lazy_regex(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?")


def may_hold_markdown(content: str) -> bool:
    """Whether an HTML block is worth reading: quickly, and rather once too often."""
    return _HINT.search(content) is not None and not _NO_MARKDOWN.match(content)


def heads_table(line: str, below: str) -> bool:
    """Whether *line* is the header of a table, by the row of dashes *below*."""
    return "|" in line and "-" in below and _DELIMITER.fullmatch(below.strip(" \t")) is not None


def unbroken(line: str) -> str:
    """*line* without the ``<br>`` and the whitespace after it."""
    stop = len(line.rstrip(" \t"))
    while (at := line.rfind("<", 0, stop)) >= 0 and _BREAK.fullmatch(line, at, stop):
        stop = at
        while stop and line[stop - 1] in " \t":
            stop -= 1
    return line[:stop]


def breaks(line: str) -> bool:
    """Whether *line* ends with ``<br>``."""
    return unbroken(line) != line.rstrip(" \t")


def blanked(content: str, spans: Iterable[Span]) -> str:
    """*content* with spaces for what is in *spans*; its lines stay."""
    characters = list(content)
    for start, end in spans:
        characters[start:end] = re.sub(r"[^\n]", " ", content[start:end])
    return "".join(characters)


def fences(lines: Sequence[str]) -> dict[int, int | None]:
    """The lines, from 0, that may open fenced code, and for each the one that closes it."""
    found: dict[int, int | None] = {}
    # the fences below that may close one: of those that are longer than all nearer ones
    ends: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    for number in reversed(range(len(lines))):
        mark = _FENCE.match(lines[number])
        if mark is None:
            continue
        length, below = len(mark[1]), ends[mark[1][0]]
        found[number] = next((end for end, longest in reversed(below) if longest >= length), None)
        if not mark[2].strip():
            while below and below[-1][1] <= length:
                below.pop()
            below.append((number, length))
    return found
