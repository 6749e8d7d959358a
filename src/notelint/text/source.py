"""Bytes in, bytes out: a file as text, and the same bytes again for all that was not edited."""

from __future__ import annotations

from dataclasses import dataclass

BOM = "\ufeff"


class NotUtf8(ValueError):
    """The bytes are not UTF-8; ``offset`` is that of the first wrong byte, from 0."""

    def __init__(self, offset: int, byte: int) -> None:
        super().__init__(f"byte {byte:#04x} at offset {offset} is not UTF-8")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, line endings and all, without its byte order mark.

    Offsets everywhere in notelint are code points of ``text``.
    """

    text: str
    bom: bool = False

    @classmethod
    def decode(cls, data: bytes) -> Source:
        """Read *data* as UTF-8. Raises :class:`NotUtf8`."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotUtf8(error.start, data[error.start]) from None
        return cls(text[1:], bom=True) if text.startswith(BOM) else cls(text)

    def encode(self) -> bytes:
        """The bytes that :meth:`decode` reads back as this."""
        return ((BOM if self.bom else "") + self.text).encode("utf-8")

    @property
    def newline(self) -> str:
        """The line ending that new lines should take: that of the first line, else ``\\n``."""
        end = self.text.find("\n")
        carriage = self.text.find("\r", 0, end if end >= 0 else None)
        if carriage < 0:
            return "\n"
        return "\r\n" if carriage == end - 1 else "\r"
