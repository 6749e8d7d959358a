"""The documents that are open in the editor."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.markdown.document import Document, recent
from notelint.server.columns import Encoding, TextChange, changed, joined, whole
from notelint.text.source import Source


class Buffer:
    """An open document, as the editor has it.

    ``uri`` is as the editor writes it, ``path`` that of its file, None for a text without a name.
    ``text`` is without halves of characters, of which an editor may send one after the other.
    """

    def __init__(self, uri: str, path: str | None, language: str, version: int, text: str) -> None:
        self.uri = uri
        self.path = path
        self.language = language
        self.version = version
        self._typed = joined(text)
        self.text = whole(self._typed)
        self._document: Document | None = None

    @property
    def key(self) -> str:
        """The key of the document: its path; without one, its address."""
        return self.path or self.uri

    @property
    def data(self) -> bytes:
        """The bytes that saving it would write."""
        return self.text.encode()

    @property
    def document(self) -> Document:
        """The note that it is."""
        if self._document is None:
            self._document = recent(Source.of(self.text))
        return self._document

    def change(self, version: int, changes: Sequence[TextChange], encoding: Encoding) -> None:
        """Make *changes*, one after the other; see :func:`~notelint.server.columns.changed`."""
        self._typed = changed(self._typed, changes, encoding)
        self.text = whole(self._typed)
        self.version = version
        self._document = None
