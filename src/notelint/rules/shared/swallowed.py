"""Definitions that are none: the text above goes on in their line."""

from __future__ import annotations

import re

from notelint.markdown.definitions import label_key
from notelint.markdown.document import Document
from notelint.markdown.prose import Prose
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

_DEFINITION = lazy_regex(
    r"(?<=\n)[ \t]*\[(?P<label>[^\[\]\n]{1,999})\]:[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?=\n|\Z)"
)
_PREFIX = lazy_regex(r"[ \t>]*")


class Swallowed(NamedTuple):
    """A text that would define a label on *line*, from 1, and the *fix* that makes it."""

    span: Span
    line: int
    fix: Fix | None


def swallowed(doc: Document) -> dict[str, Swallowed]:
    """By normalized label, the lines of *doc* that the text above keeps from being definitions."""
    found: dict[str, Swallowed] = {}
    for prose in doc.prose:
        if "]:" not in prose.content or prose.heading:
            continue
        matches = [each for each in _DEFINITION.finditer(prose.content) if _is_text(each, prose)]
        last, fix = -1, None
        for match in matches:
            span = prose.span(match.start("label") - 1, match.end())
            line = doc.lines.position(span.start).line
            if match.start() != last + 1:
                fix = _fix(doc, line)
            last = match.end()
            found.setdefault(label_key(match["label"]), Swallowed(span, line, fix))
    return found


def _is_text(match: re.Match[str], prose: Prose) -> bool:
    return all(node.kind in ("bare", "autolink") for node in prose.over(*match.span()))


def _fix(doc: Document, line: int) -> Fix | None:
    """A blank line above *line*: unsafe, for the text that shows the definition goes with it."""
    whole = doc.lines.line_span(line)
    written = doc.slice(whole)
    prefix = _PREFIX.match(written)
    assert prefix
    if not written.startswith("[", prefix.end()):
        return None
    blank = prefix[0].rstrip(" \t") + doc.line_end(line - 1)
    return Fix("put a blank line above it", (Edit(Span(whole.start, whole.start), blank),), False)
