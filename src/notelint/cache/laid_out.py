"""What is laid out already: `fmt` need not look at a note again that has the bytes it had.

A file holds one keyed digest for each text that came out of its layout as it went in. It is of the
bytes, the layout and the program, and only this user's notelint can make it: one that is damaged,
or that somebody else wrote, belongs to no text.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress

from notelint.cache.folder import write
from notelint.workspace.digests import digest
from notelint.workspace.git_metadata import read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder

_MOST = 200_000  # texts; those of the last runs stay
_MOST_BYTES = 40 * _MOST


class LaidOut:
    """The texts that are laid out, by tree, for one *program*: its code, packages and Python."""

    def __init__(self, folder: CacheFolder, program: str) -> None:
        self._folder = folder
        self._program = program
        self._known: dict[str, dict[str, None]] = {}  # by root, the latest last
        self._new: dict[str, dict[str, None]] = {}

    def has(self, root: str, layout: str, data: bytes) -> bool:
        """Whether *layout* leaves *data*, the bytes of a note of the tree at *root*, as they are.

        It is not known of all that are laid out.
        """
        if root not in self._known:
            self._known[root] = _read(self._file(root))
        return self._proof(layout, data) in self._known[root]

    def add(self, root: str, layout: str | None, data: bytes) -> None:
        """Keep that *layout* leaves *data* as they are; nothing if that has no identity."""
        if layout is not None:
            self._new.setdefault(root, {})[self._proof(layout, data)] = None

    def save(self) -> None:
        """Keep what is new for later runs."""
        for root, new in self._new.items():
            file = self._file(root)
            is_new = not os.path.lexists(file)
            known = [*_read(file), *new]  # another run may have written since
            with suppress(OSError):
                write(file, json.dumps(known[-_MOST:]))
            if is_new:
                from notelint.cache.maintenance import make_room

                make_room(self._folder)

    def _file(self, root: str) -> str:
        return self._folder.file("layouts", "json", root, self._program, root)

    def _proof(self, layout: str, data: bytes) -> str:
        return self._folder.proof("laid out", self._program, layout, digest(data))


def _read(file: str) -> dict[str, None]:
    """The digests in *file*, in order; none if it is damaged."""
    with suppress(ValueError, RecursionError):
        found = json.loads(read_small(file, _MOST_BYTES))
        if isinstance(found, list):
            return dict.fromkeys(each for each in found if isinstance(each, str))
    return {}
