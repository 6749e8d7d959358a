"""What the terminal can that findings are printed to, and the notes that they are about."""

from __future__ import annotations

import os
import sys
from functools import lru_cache

from notelint.report.terminal import Page, Screen
from notelint.text.source import LineIndex

# Terminals known to make a link of OSC 8, by a variable that they set.
_LINKING = ("WT_SESSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "KONSOLE_VERSION")
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
_VTE = 5000  # GNOME's widget links since 0.50


def screen(colour: str) -> Screen:
    """The screen behind standard output; *colour* is ``auto``, ``always`` or ``never``."""
    terminal = sys.stdout.isatty()
    linked = terminal and colour != "never" and _links()
    return Screen(_width(terminal), _coloured(colour), _pages() if linked else None)


def _coloured(wish: str) -> bool:
    if wish != "auto":
        return wish == "always"
    return not os.environ.get("NO_COLOR") and not dumb()


def dumb() -> bool:
    """Does the terminal show escape sequences instead of obeying them?"""
    if os.name == "nt":  # the old console does
        return not {"WT_SESSION", "TERM", "ANSICON"} & os.environ.keys()
    return os.environ.get("TERM", "dumb") == "dumb"


def _width(terminal: bool) -> int:
    try:
        return (os.get_terminal_size(sys.stdout.fileno()).columns if terminal else 0) or 80
    except OSError:
        return 80


def _links() -> bool:
    known = os.environ
    if known.get("CI") or dumb():
        return False
    vte = known.get("VTE_VERSION", "")
    return (
        any(name in known for name in _LINKING)
        or known.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or (vte.isdecimal() and int(vte) >= _VTE)
    )


def _pages() -> Page | None:
    """The pages of the rules at the documentation's address, if the distribution names one."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        entries = metadata("notelint").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    for entry in entries:
        label, _, address = entry.partition(", ")
        if label.casefold() == "documentation":
            return lambda rule: f"{address}#{rule}"
    return None


@lru_cache(maxsize=1)  # findings come sorted by path
def lines_of(path: str) -> LineIndex | None:
    """The lines of the file at *path*, None if it cannot be read or is no text."""
    from notelint.text.source import Source
    from notelint.workspace import read_note

    try:
        source = Source.decode(read_note.read(path, path))
    except read_note.FileProblem:
        return None
    # a finding may be of an image
    return None if source.invalid is not None and "\0" in source.text else LineIndex(source.text)
