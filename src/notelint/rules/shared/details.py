"""The `<details>` around places of a document."""

from __future__ import annotations

from notelint.markdown.document import Document


class DetailsAt:
    """The `<details>` that an offset is in; call with rising offsets."""

    def __init__(self, doc: Document) -> None:
        self._tags = [tag for tag in doc.tags if tag.name == "details"]
        self._next = 0
        self._open: list[int] = []

    def at(self, offset: int) -> int:
        """The start of the innermost one open at *offset*, else -1."""
        while self._next < len(self._tags) and self._tags[self._next].span.start < offset:
            tag = self._tags[self._next]
            self._next += 1
            if not tag.closing:
                self._open.append(tag.span.start)
            elif self._open:
                self._open.pop()
        return self._open[-1] if self._open else -1
