"""Spans: half-open ranges of offsets."""

from __future__ import annotations

from notelint.text.startup import NamedTuple


class Span(NamedTuple):
    """A half-open range of offsets, in code points of a :class:`~notelint.text.source.Source`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether *other* lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character; spans that only touch do not."""
        return self.start < other.end and other.start < self.end
