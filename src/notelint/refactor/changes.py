"""The plan of an operation: edits, moves and messages."""

from __future__ import annotations

from collections.abc import Iterable

from notelint.refactor.mentions import Mention
from notelint.refactor.moves import Move
from notelint.text.edits import Edit, Fix, apply
from notelint.text.source import Source
from notelint.text.startup import NamedTuple


class Plan(NamedTuple):
    """The plan of an operation. Paths are relative to the root, those before the moves.

    ``edits`` are in order, as offsets in the texts of ``sources``.
    """

    edits: dict[str, tuple[Edit, ...]]
    sources: dict[str, Source]
    moves: tuple[Move, ...]
    mentions: tuple[Mention, ...] = ()

    def after(self, path: str) -> Source:
        """The source of the file that is at *path* before, with its edits."""
        return edited(self.sources[path], self.edits[path])


def edited(source: Source, edits: Iterable[Edit]) -> Source:
    """*source* with *edits*."""
    return source._replace(text=apply(source.text, [Fix("", tuple(edits))]))
