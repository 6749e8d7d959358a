"""Indents in columns: of list items, and of any line."""

from __future__ import annotations

from notelint.markdown.document import Document
from notelint.text.startup import NamedTuple, lazy_regex

_MARKER = lazy_regex(r"( *)([-*+]|\d{1,9}[.)])( *)")


class Indent(NamedTuple):
    """The columns, from 0, of an item's marker and of its text.

    ``mark`` is the marker; ``leads`` is True where nothing but spaces is before it. ``parent`` is
    the indent of the item around, ``item`` the index in ``Document.items``.
    """

    item: int
    mark: str
    marker: int
    text: int
    leads: bool
    parent: Indent | None

    @property
    def depth(self) -> int:
        """The columns between the marker of its parent and its own."""
        return self.marker - self.parent.marker if self.parent else 0


def indents(doc: Document) -> list[Indent | None]:
    """The indent of every item; None in quotes, and where a tab makes it hard to say."""
    found: list[Indent | None] = []
    for number, item in enumerate(doc.items):
        parent = found[item.parent] if item.parent >= 0 else None
        if item.quoted or (item.parent >= 0 and parent is None):
            found.append(None)
            continue
        beside = item.parent >= 0 and doc.items[item.parent].lines[0] == item.lines[0]
        start = parent.text if parent and beside else 0
        line = doc.lines.line(item.lines[0])
        mark = _MARKER.match(line, start)
        if mark is None or line.startswith("\t", mark.end()):
            found.append(None)
            continue
        spaces = len(mark[3])
        # five spaces and more are one and indented code; none are an item that starts empty
        text = mark.end() - (spaces - 1 if spaces > 4 else 0)
        if mark.end() == len(line):
            text = mark.end(1) + len(mark[0].strip()) + 1
        found.append(Indent(number, mark[2], mark.end(1), text, not beside, parent))
    return found


def width(line: str) -> int:
    """How many columns *line* is indented by."""
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))
