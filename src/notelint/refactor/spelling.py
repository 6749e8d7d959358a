"""Destinations written anew, in the spelling that they have: prefix, escapes, query, fragment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote

from notelint.markdown.characters import Character, as_read, as_written, characters
from notelint.rules.shared.checked_link import balanced
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.urls import unquote

Context = Literal["plain", "angle", "url", '"', "'", "unquoted", "srcset"]
"""The marks around a destination: none or `<>` in Markdown, a quote or none in HTML. ``url``
is an address that is a link by itself."""

_MARKDOWN = ("plain", "angle")
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
_NEVER = frozenset('%?#\\<>"`|^')  # raw in a name that is written anew
_ESCAPED = lazy_regex(r"%[0-9A-Fa-f]{2}")


class Written(NamedTuple):
    """A destination in pieces, each as written.

    ``head`` is what comes before the path in an address of this repository. ``segments`` are those
    of the path, each with its decoded name. ``rest`` is what follows the path up to the fragment,
    ``fragment`` that with its ``#``.
    """

    head: str
    segments: tuple[tuple[str, str], ...]
    rest: str
    fragment: str

    @property
    def path(self) -> str:
        """The path as written."""
        return "/".join(raw for raw, _ in self.segments)


def take_apart(raw: str, destination: str, context: Context, head: int = 0) -> Written | None:
    """The pieces of *raw*, which reads as *destination*; None if they are not certain.

    *head* is the length of the address in front of the path.
    """
    units = [(each, each) for each in raw] if raw == destination else _characters(raw, context)
    if units is None or as_read(units) != destination:
        return None
    at = head
    while at < len(units) and units[at][1] not in "?#":
        at += 1
    stop = at
    while stop < len(units) and units[stop][1] != "#":
        stop += 1
    segments: list[list[tuple[str, str]]] = [[]]
    for unit in units[head:at]:
        if unit[1] == "/":
            segments.append([])
        else:
            segments[-1].append(unit)
    return Written(
        as_written(units[:head]),
        tuple((as_written(each), unquote(as_read(each))) for each in segments),
        as_written(units[at:stop]),
        as_written(units[stop:]),
    )


def read(raw: str, context: Context) -> str | None:
    """The destination that *raw* is in *context*; None if that is not certain."""
    found = _characters(raw, context)
    return None if found is None else as_read(found)


def _characters(raw: str, context: Context) -> list[Character] | None:
    if context == "url":
        return [(each, each) for each in raw]
    return characters(raw, escapes=context in _MARKDOWN)


class NameStyle:
    """The way to write names in place of *written*, which is in *context*.

    *strict*: encode all that can be percent-encoded, since the usual way was misread.
    *encoded*: encode what is not ASCII, unless *written* has such characters.
    """

    def __init__(
        self, written: Written, context: Context, *, strict: bool = False, encoded: bool = False
    ) -> None:
        self._context = context
        self._strict = strict
        path = written.path + written.fragment
        self._head = written.head
        self._known = {name: raw for raw, name in written.segments if name}
        escapes = {each.upper() for each in _ESCAPED.findall(path)}
        self._encodes_wide = encoded or context == "url" or any(each > "%7F" for each in escapes)
        self._encodes_wide &= path.isascii()
        spaced = context == "angle" or (context in ('"', "'") and " " in path)
        self._raw_space = spaced and not escapes
        self._encodes_brackets = context == "url" or not escapes.isdisjoint({"%28", "%29"})
        self._entities = context not in (*_MARKDOWN, "url") and "&amp;" in path

    def segments(self, names: Sequence[str]) -> str:
        """The path of *names*; those that *written* has stay as they are there."""
        first, *others = (self._segment(name) for name in names)
        if not self._head:  # else a browser takes `c:` for a scheme
            first = first.replace(":", "%3A")
        path = "/".join((first, *others))
        if self._context == "plain" and not balanced(path):
            path = path.replace("\\(", "%28").replace("\\)", "%29")
            path = path.replace("(", "%28").replace(")", "%29")
        return path

    def _segment(self, name: str) -> str:
        if name in ("", ".", ".."):
            return name
        if not self._strict and name in self._known:
            return self._known[name]
        return self.encoded(name)

    def encoded(self, name: str) -> str:
        """*name*, of a file or an anchor, with the escapes that it needs here."""
        edge = len(name) - len(name.rstrip()), len(name) - len(name.lstrip())
        pieces = [
            self._character(char, edge=number < edge[1] or number >= len(name) - edge[0])
            for number, char in enumerate(name)
        ]
        text = "".join(pieces)
        return self._without_references(text) if "&" in text else text

    def _character(self, char: str, *, edge: bool) -> str:
        if char in _SAFE:
            return char
        if not char.isascii() and char.isprintable():
            return _percent(char) if self._encodes_wide else char
        if char == " ":
            return " " if self._raw_space and not edge and not self._strict else "%20"
        encodes = (
            self._strict
            or char in _NEVER
            or char.isspace()
            or not char.isprintable()
            or (char in "()" and self._encodes_brackets)
            or (char == "'" and self._context in ("'", "unquoted", "url"))
            or (char == "=" and self._context == "unquoted")
            or (char == "," and self._context == "srcset")
            or (char == "&" and self._context == "url")
        )
        return _percent(char) if encodes else char

    def _without_references(self, text: str) -> str:
        from html import unescape

        return text.replace("&", "&amp;") if self._entities or unescape(text) != text else text


def _percent(char: str) -> str:
    return quote(char, safe="", errors="surrogateescape")


def relative(written: Sequence[str], old: tuple[str, str], new: tuple[str, str]) -> list[str]:
    """The names of a path from one folder to a file or folder, in the form of *written*.

    *old* are the folder of the note and the target that *written* leads to, *new* those that the
    path is to lead from and to. What *written* has more than it needs stays: `./`, `d/../`, and
    a way up and down again.
    """
    around, rest = _detour(written)
    target = _parts(old[1])
    up = next((at for at, name in enumerate(rest) if name != ".."), len(rest))
    more = 0
    if not any(name in (".", "..", "") for name in rest[up:]):
        more = max(up - len(_steps(_parts(old[0]), target)[0]), 0)
    folder, target = _parts(new[0]), _parts(new[1])
    ups, names = _steps(folder, target)
    more = min(more, len(folder) - len(ups)) if target[:1] != [".."] else 0
    if more > 0:
        names = [*folder[len(folder) - len(ups) - more : len(folder) - len(ups)], *names]
        ups = [".."] * (len(ups) + more)
    found = [*around, *ups, *names]
    return found or ["."]


def is_shortest(written: Sequence[str], folder: str, target: str) -> bool:
    """Whether *written*, a path from *folder* to *target*, has no way up and down again."""
    _, rest = _detour(written)
    ups, names = _steps(_parts(folder), _parts(target))
    return rest == ([*ups, *names] or ["."])


def _detour(written: Sequence[str]) -> tuple[list[str], list[str]]:
    """*written* in two: the first names, if they lead back to where they start, and the others."""
    at: list[str] = []
    end = 0
    for number, name in enumerate(written, 1):
        if name == "..":
            if not at:
                break
            at.pop()
        elif name not in (".", ""):
            at.append(name)
        if not at and number < len(written):
            end = number
    return [*written[:end]], [*written[end:]]


def _parts(path: str) -> list[str]:
    return path.split("/") if path else []


def _steps(folder: list[str], target: list[str]) -> tuple[list[str], list[str]]:
    """The steps up from *folder*, and the names from there to *target*."""
    same = 0
    while same < min(len(folder), len(target)) and folder[same] == target[same]:
        same += 1
    return [".."] * (len(folder) - same), target[same:]
