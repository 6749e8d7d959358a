"""The source of a note: bytes decoded as text, and encoded to the same bytes again."""

from __future__ import annotations

from notelint.text.startup import NamedTuple

BOM = "\ufeff"


class Source(NamedTuple):
    """The text of a file, line endings and all, without its byte order mark.

    Offsets everywhere in notelint are code points of ``text``. ``invalid`` is the offset in bytes,
    from 0, of the first byte that is not UTF-8; such a source can be shown but not written back.
    """

    text: str
    bom: bool = False
    invalid: int | None = None

    @classmethod
    def decode(cls, data: bytes) -> Source:
        """The source in *data*, read as UTF-8; invalid bytes become U+FFFD."""
        invalid = None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            invalid, text = error.start, data.decode("utf-8", "replace")
        bom = text.startswith(BOM)
        return cls(text[1:] if bom else text, bom, invalid)

    @property
    def invalid_at(self) -> int | None:
        """The offset in ``text``, in code points, of the first invalid byte."""
        if self.invalid is None:
            return None
        before = ((BOM if self.bom else "") + self.text).encode("utf-8")[: self.invalid]
        return len(before.decode("utf-8")) - self.bom

    def encode(self) -> bytes:
        """The bytes that :meth:`decode` read. Raises ValueError for an invalid source."""
        if self.invalid is not None:
            raise ValueError("a source that is not UTF-8 cannot be written back")
        return ((BOM if self.bom else "") + self.text).encode("utf-8")

    @property
    def newline(self) -> str:
        """The line ending for new lines: that of the first line, else ``\\n``."""
        end = self.text.find("\n")
        carriage = self.text.find("\r", 0, end if end >= 0 else None)
        if carriage < 0:
            return "\n"
        return "\r\n" if carriage == end - 1 else "\r"
