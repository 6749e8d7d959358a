"""The HTML tags that enclose an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from notelint.markdown.html import Tag


class EnclosingTags:
    """The elements of *tags*, which are in order. End tags that nothing opened are left out."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._starts = [0]
        self._innermost: list[Tag | None] = [None]  # from each of these offsets on
        opened: list[Tag] = []
        number = Counter[str]()
        for tag in tags:
            if not tag.closing:
                opened.append(tag)
                number[tag.name] += 1
            elif number[tag.name]:
                while opened[-1].name != tag.name:
                    number[opened.pop().name] -= 1
                number[opened.pop().name] -= 1
            self._starts.append(tag.span.end)
            self._innermost.append(opened[-1] if opened else None)

    def at(self, offset: int) -> Tag | None:
        """The start tag of the innermost element around *offset*."""
        return self._innermost[bisect_right(self._starts, offset) - 1]
