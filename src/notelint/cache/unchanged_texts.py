"""Texts that `fmt` or `toc` left unchanged; later runs skip a note with the same bytes.

A file holds a keyed digest for each text: of its bytes, the options and the program. Only this
user's notelint can make such a digest, so a damaged or forged one matches no text.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress

from notelint.cache.folder import write
from notelint.workspace.git_metadata import read_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder

_MAX_TEXTS = 200_000  # those of the last runs stay
_MAX_BYTES = 40 * _MAX_TEXTS


class UnchangedTexts:
    """The texts that a command left unchanged, by tree.

    *kind* is the first part of the names of the files, *program* identifies the code, the packages
    and Python. A text is given by the digest of its bytes, with the *options* of the command.
    """

    def __init__(self, folder: CacheFolder, kind: str, program: str) -> None:
        self._folder = folder
        self._kind = kind
        self._program = program
        self._known: dict[str, dict[str, None]] = {}  # by root, the latest last
        self._new: dict[str, dict[str, None]] = {}

    def has(self, root: str, options: str, text: str) -> bool:
        """Whether *text*, a note of the tree at *root*, is known to stay unchanged."""
        if root not in self._known:
            self._known[root] = _read(self._file(root))
        return self._proof(options, text) in self._known[root]

    def add(self, root: str, options: str, text: str) -> None:
        """Record that the command left *text* unchanged."""
        self._new.setdefault(root, {})[self._proof(options, text)] = None

    def save(self) -> None:
        """Write the new digests for later runs."""
        for root, new in self._new.items():
            file = self._file(root)
            is_new = not os.path.lexists(file)
            known = [*_read(file), *new]  # another run may have written since
            with suppress(OSError):
                write(file, json.dumps(known[-_MAX_TEXTS:]))
            if is_new:
                from notelint.cache.maintenance import make_room

                make_room(self._folder)

    def _file(self, root: str) -> str:
        return self._folder.file(self._kind, "json", root, self._program, root)

    def _proof(self, options: str, text: str) -> str:
        return self._folder.proof(self._kind, self._program, options, text)


def _read(file: str) -> dict[str, None]:
    """The digests in *file*, in order; none if it is damaged."""
    with suppress(ValueError, RecursionError):
        found = json.loads(read_small(file, _MAX_BYTES))
        if isinstance(found, list):
            return dict.fromkeys(each for each in found if isinstance(each, str))
    return {}
