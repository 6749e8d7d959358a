"""The configuration of a repository, read without calling git.

It may name files for git to read. Git opens any of them: it waits for a FIFO, and reads a device
until memory is full.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from notelint.text.startup import lazy_regex
from notelint.workspace.safe_files import absent_or_regular, beginning

_MAX_BYTES = 1024 * 1024
_MAX_DEPTH = 10  # of files that include others; the limit of git
_READ = frozenset(
    {"core.excludesfile", "core.attributesfile", "mailmap.file", "blame.ignorerevsfile"}
)

# The grammar of git (config.c, git_parse_source).
_TOKEN = lazy_regex(
    r"[ \t\r\n]+|[#;][^\n]*"
    r'|\[(?P<section>[A-Za-z0-9.-]+)(?:[ \t]+"(?P<part>(?:[^"\\\n]|\\[^\n])*)")?\]'
    r"|(?P<key>[A-Za-z][A-Za-z0-9-]*)[ \t]*(?:\n|\Z|="
    r'(?P<value>(?:"(?:[^"\\\n]|\\[\s\S])*"|[^"\\\n#;]|\\[\s\S])*))'
)
_PIECE = lazy_regex(r'"|\\?[\s\S]')
_ESCAPED = lazy_regex(r"\\(.)")
_INCLUDE = lazy_regex(r"include\.path|includeif\..*\.path", re.DOTALL)
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\b": "\b"}


def names_only_files(file: str, top: str, depth: int = 0) -> bool:
    """Whether the configuration *file* makes git read only regular files.

    *top* is the folder that git runs in. False also if git would not understand the file.
    """
    if not os.path.exists(file):
        return True
    path = os.path.realpath(file)
    if depth > _MAX_DEPTH or not absent_or_regular(path):
        return False
    data = beginning(path) or b""
    if len(data) > _MAX_BYTES or b"\0" in data:
        return False
    text = data.decode("utf-8", "surrogateescape")
    return all(
        names_only_files(_absolute(value, os.path.dirname(path)), top, depth + 1)
        if _INCLUDE.fullmatch(name)
        else name != "" and (name not in _READ or absent_or_regular(_absolute(value, top)))
        for name, value in settings(text)
    )


def settings(text: str) -> Iterator[tuple[str, str]]:
    """The names of the settings in *text*, as git lists them, and their values, in order.

    If the text cannot be read further, the last name is empty.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    at, section = 0, ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            yield "", ""
            return
        at = found.end()
        if found["section"]:
            section = found["section"].lower()
            if found["part"] is not None:
                section += "." + _ESCAPED.sub(r"\1", found["part"])
        elif found["value"] is not None:
            yield f"{section}.{found['key'].lower()}", _unquoted(found["value"])


def _unquoted(written: str) -> str:
    """The value of the *written* text, without the whitespace around it."""
    value, kept, quoted = "", 0, False
    for match in _PIECE.finditer(written):
        piece = match[0]
        if piece == "\\\n":  # the line continues
            continue
        if piece == '"':
            quoted = not quoted
        elif not quoted and piece.isspace():
            value += piece if value else ""
            continue
        else:
            value += _ESCAPES.get(piece, piece[-1])
        kept = len(value)
    return value[:kept]


def _absolute(path: str, folder: str) -> str:
    path = path.removeprefix(":(optional)")
    if path.startswith("%("):  # relative to the folder that git is installed in
        return os.devnull
    return os.path.join(folder, os.path.expanduser(path))
