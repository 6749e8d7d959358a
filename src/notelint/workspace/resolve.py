"""A destination as it is written, to what it leads to."""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple

from notelint.workspace.urls import split_fragment, unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
# Not for a reader's browser: a template fills these in.
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|\$\{|\$\(|<[^>]*>|%[A-Z_]{2,}%|^\{[^}]*\}|@@|^\[|\]$")

Kind = Literal["external", "anchor", "local", "none"]


class Resolved(NamedTuple):
    """What a destination leads to.

    ``path`` is relative to the root of the workspace, normalised and decoded; it starts with
    ``..`` where it leaves the workspace. ``fragment`` is decoded, None without a ``#``.
    ``rooted`` tells that the destination began with ``/``.
    """

    kind: Kind
    path: str = ""
    fragment: str | None = None
    rooted: bool = False


NOTHING = Resolved("none")


def resolve(destination: str, note: str) -> Resolved:
    """What *destination* leads to from the note at *note* (relative to the root, with ``/``)."""
    if not destination or _PLACEHOLDER.search(destination):
        return NOTHING
    if destination[0] == "#":
        return Resolved("anchor", note, unquote(destination[1:]))
    if destination.startswith("//"):
        return Resolved("external")
    if _SCHEME.match(destination) and not _DRIVE.match(destination):
        return Resolved("external")
    path, fragment = split_fragment(destination)
    path = unquote(path.partition("?")[0]).replace("\\", "/")
    if not path:
        return NOTHING
    rooted = path.startswith("/")
    joined = path.lstrip("/") if rooted else posixpath.join(posixpath.dirname(note), path)
    normal = posixpath.normpath(joined) if joined else "."
    return Resolved(
        "local",
        "" if normal == "." else normal,
        unquote(fragment) if fragment is not None else None,
        rooted,
    )
