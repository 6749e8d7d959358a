"""Lines that GitHub reads otherwise than the parser: a tag below a list or a quote.

The parser takes a line without the indent, or the `>`, for a part of the paragraph above. For
GitHub a tag that has such a line to itself begins an HTML block, which holds all lines up to a
blank one.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from notelint.markdown.document import Document
from notelint.markdown.prose import Prose
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_BEFORE = lazy_regex(r"[ \t>]*")
_BEHIND = lazy_regex(r"[ \t]*")


def keeps_html(doc: Document, span: Span) -> bool:
    """Whether GitHub would read the lines below as something else without the tag at *span*.

    That is where it has such a line to itself, or another tag would have it then.
    """
    text, line = doc.source.text, doc.lines.position(span.start).line
    start = doc.lines.line_span(line).start
    first = _end(_BEFORE, text, start)
    rest = _end(_BEHIND, text, span.end) if first == span.start else first
    alone = text[rest : rest + 1] in ("", "\r", "\n")
    prefix = text[start:first]
    if alone:
        begins = text[span.start] == "<" and _is_filled_below(doc, line, prefix.count(">"))
    else:
        begins = text[rest] == "<"
    return begins and _is_lazy(doc, start, prefix)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _is_filled_below(doc: Document, line: int, quotes: int) -> bool:
    """Whether there is anything in the line below *line*, in as many *quotes* as that is in."""
    below = doc.lines.line(line + 1) if line < len(doc.lines) else ""
    for _ in range(quotes):
        below = below.lstrip(" \t").removeprefix(">")
    return below.strip(" \t") != ""


def _is_lazy(doc: Document, start: int, prefix: str) -> bool:
    """Whether the line at *start*, with this *prefix*, goes on with a paragraph outside of it."""
    at = bisect_right(doc.prose, start, key=_start) - 1
    if at < 0 or doc.prose[at].span(0, len(doc.prose[at].content)).end <= start:
        return False
    prose = doc.prose[at]
    above = doc.lines.line_around(_start(prose)).start
    opening = doc.source.text[above : _start(prose)]
    nested = prose.item >= 0 or opening.strip(" \t") != "" or len(opening) > 3
    less = len(prefix.expandtabs(4)) < len(opening.expandtabs(4))
    return above < start and nested and (less or prefix.count(">") < opening.count(">"))


def _start(prose: Prose) -> int:
    return prose.span(0, 1).start
