"""The terminal: its width, colors and links, the notes shown on it, and a progress bar."""

from __future__ import annotations

import os
import sys
from time import monotonic

from notelint.cli.console import is_dumb, print_messages, wants_color

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from notelint.report.terminal import Screen
    from notelint.text.source import LineIndex

# Terminals that show links of OSC 8, by a variable that they set.
_LINKING = ("WT_SESSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "KONSOLE_VERSION")
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
_MIN_VTE_VERSION = 5000  # GNOME's widget shows links since 0.50

_BAR_CELLS = 30
_REDRAW_SECONDS = 0.1


def screen(color: str) -> Screen:
    """The screen behind standard output; *color* is ``auto``, ``always`` or ``never``."""
    from notelint.cli.main import columns
    from notelint.report.terminal import Screen

    terminal, page = sys.stdout.isatty(), None
    if terminal and color != "never" and _shows_links():
        from notelint.project_urls import rule_page

        page = rule_page
    return Screen(columns() if terminal else 80, wants_color(color), page)


def _shows_links() -> bool:
    known = os.environ
    if known.get("CI") or is_dumb():
        return False
    vte = known.get("VTE_VERSION", "")
    return (
        any(name in known for name in _LINKING)
        or known.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or (vte.isdecimal() and int(vte) >= _MIN_VTE_VERSION)
    )


def lines_of(path: str) -> LineIndex | None:
    """The lines of the file at *path*; None if it cannot be read or is binary, as an image is."""
    from notelint.text.source import LineIndex, Source
    from notelint.workspace import read_note

    try:
        source = Source.decode(read_note.read(path, path))
    except read_note.FileProblem:
        return None
    return None if source.invalid is not None and "\0" in source.text else LineIndex(source.text)


class Progress:
    """A progress bar on *stream*, by default standard error; as a context, wiped at the end.

    Nothing is shown in the first *after* seconds, or if *stream* is not a terminal.
    """

    def __init__(self, stream: TextIO | None = None, after: float = 1.0) -> None:
        self._stream = sys.stderr if stream is None else stream
        can_wipe = self._stream.isatty() and not is_dumb()
        self._next = monotonic() + after if can_wipe else None
        self._shown = False

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Show that *done* of *total* are done, followed by a *note*."""
        if self._next is None or (now := monotonic()) < self._next:
            return
        self._next, self._shown = now + _REDRAW_SECONDS, True
        full = _BAR_CELLS * done // max(total, 1)
        counts = f"{done}/{total} {note}".rstrip()
        self._write(f"\r[{'#' * full}{' ' * (_BAR_CELLS - full)}] {counts}\x1b[K")

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *raised: object) -> None:
        self.wipe()

    def tell(self, message: str) -> None:
        """Print *message* to standard error instead of the bar."""
        self.wipe()
        print_messages([message])

    def wipe(self) -> None:
        """Remove the bar until there is more to show."""
        if self._shown:
            self._shown = False
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
