"""A bar on standard error while a run takes long."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import TextIO

_CELLS = 30
_PAUSE = 0.1  # seconds between two pictures of the bar


class Progress:
    """Call it with how much of how many is done; as a context it wipes the bar at the end.

    Nothing is shown where *stream* (standard error) is no terminal, nor in the first *after*
    seconds.
    """

    def __init__(self, stream: TextIO | None = None, after: float = 1.0) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._next = monotonic() + after if _can_wipe(self._stream) else None
        self._shown = False

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Show that *done* of *total* are done, and a few words on how it goes."""
        if self._next is None or (now := monotonic()) < self._next:
            return
        self._next, self._shown = now + _PAUSE, True
        full = _CELLS * done // max(total, 1)
        counts = f"{done}/{total} {note}".rstrip()
        self._write(f"\r[{'#' * full}{' ' * (_CELLS - full)}] {counts}\x1b[K")

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Take the bar away until there is more to show."""
        if self._shown:
            self._shown = False
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _can_wipe(stream: TextIO) -> bool:
    if not stream.isatty():
        return False
    from notelint.cli.screen import dumb

    return not dumb()
