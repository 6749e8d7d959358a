"""Backslashes in destinations: those that separate folders, and those that escape a character."""

from __future__ import annotations

import re
from urllib.parse import quote

from notelint.text.startup import lazy_regex
from notelint.workspace.facts import LinkFact
from notelint.workspace.workspace import Workspace

_NO_PATH = lazy_regex(r"\\[a-zA-Z]+(?:\{|$)|.*(?:\\[a-zA-Z]+\{|://)")  # LaTeX, an address
_PIECE = lazy_regex(r"\\\\|\\[!-/:-@\[-`{-~]|\\|[^\\]+")
_PATH = lazy_regex(r"(?:\\.|[^\\?#])*", re.DOTALL)
_PATH_IN_HTML = lazy_regex("[^?#]*")
_AS_IT_IS = frozenset("_.-~!$*+,;=:@/")


def separated(link: LinkFact, note: str, workspace: Workspace) -> str | None:
    """The destination of *link* with ``/`` for its backslashes that part folders; None without any.

    The link is in the note at *note*. A backslash before punctuation may be an escape. It parts
    folders where a file is there then, or where the path has backslashes that can be nothing else.
    """
    if not link.written or _NO_PATH.match(link.written):
        return None
    escaping = link.kind != "html"
    path = (_PATH if escaping else _PATH_IN_HTML).match(link.written)
    end = path.end() if path else 0
    pieces = _PIECE.findall(link.written[:end])
    every = frozenset(at for at, each in enumerate(pieces) if each[0] == "\\")
    escapes = [at for at in sorted(every) if escaping and pieces[at] not in ("\\", "\\\\")]

    def read(parts: frozenset[int]) -> str:
        path = "".join(_read(each, at in parts) for at, each in enumerate(pieces))
        return path + link.written[end:]

    plain = read(every.difference(escapes))
    readings = (read(every), plain)  # first all, then those that can be nothing else
    there = next((each for each in readings if leads(each, note, workspace)), None)
    if len(every) > len(escapes):
        return there or read(every)
    return None if there is None or leads(plain, note, workspace) else there


def _read(piece: str, parts: bool) -> str:
    """*piece* as part of a destination; with *parts*, its backslash is a ``/``."""
    if piece[0] != "\\":
        return piece
    char = piece[1:].removeprefix("\\")
    if char and char not in _AS_IT_IS:
        char = quote(char, safe="")
    return ("/" if parts else "") + char


def leads(destination: str, note: str, workspace: Workspace) -> bool:
    """Whether there is a file where *destination* leads, if letter case does not count."""
    found = workspace.resolve(destination, note)
    if found.kind != "local":
        return False
    return workspace.page(found.path) is not None or bool(workspace.tree.other_case(found.path))
