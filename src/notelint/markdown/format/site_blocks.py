"""Blocks of site generators that CommonMark does not have, and that a layout would break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.text.source import LINE_END
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document

# An admonition, a fold or a tab (Python-Markdown, PyMdown Extensions); a definition (PHP Markdown
# Extra, kramdown, Python-Markdown).
_BEGIN = lazy_regex(r"(?P<indent>[ \t>]*)(?:(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[\"\w]|:[ \t]+\S)")
_MARKS = ("!!!", "???", "===", "\n:", "\n :", "\r:")
_INDENT = 4  # columns of what is in such a block


def may_have_site_blocks(text: str) -> bool:
    """Whether *text* contains a mark of such a block."""
    return any(mark in text for mark in _MARKS)


def site_blocks(doc: Document) -> list[tuple[int, int]] | None:
    """The ranges of lines of such blocks, from 0, ends exclusive; None if one is nested.

    A block ends at the first line that is not indented, whatever its lines are in CommonMark.
    """
    text = doc.source.text
    if not may_have_site_blocks(text):
        return []
    lines = LINE_END.split(text)
    found: list[tuple[int, int]] = []
    for prose in doc.prose:
        whole = doc.lines.range(prose.span(0, len(prose.content)))
        first, last = whole.start.line - 1, whole.end.line - 1
        for at in range(first, min(last + 1, len(lines))):
            match = _BEGIN.match(lines[at])
            if match is None or (found and at < found[-1][1]):
                continue
            end = _end(lines, at, match["indent"])
            if not match["indent"]:
                found.append((at, end))
            elif end > at + 1:
                return None
    return found


def _end(lines: Sequence[str], at: int, indent: str) -> int:
    """The line after the block that begins on line *at*, with its mark after *indent*."""
    end, before = at + 1, " >" if ">" in indent else " "
    for number in range(at + 1, len(lines)):
        line = lines[number].expandtabs(_INDENT)
        if not line.strip(before):
            continue
        if len(line) - len(line.lstrip(before)) < len(indent) + _INDENT:
            break
        end = number + 1
    return end
