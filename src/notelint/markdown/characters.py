"""The characters of a piece of a note, each as it is read and as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.text.startup import lazy_regex

_UNIT = lazy_regex(
    r"\\[!-/:-@\[-`{-~]|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});|.",
    re.DOTALL,
)

Character = tuple[str, str]
"""A character as written, which may be an escape or a character reference, and as read."""


def characters(raw: str, *, escapes: bool) -> list[Character] | None:
    """The characters of *raw*, which is the value of an attribute or, with *escapes*, Markdown.

    None if a character reference stands for more than one character.
    """
    if "&" not in raw and "\\" not in raw:
        return [(each, each) for each in raw]
    from html import unescape

    found: list[Character] = []
    for match in _UNIT.finditer(raw):
        written = match[0]
        read = unescape(written) if written[0] == "&" else written
        if len(written) == 2 and written[0] == "\\":
            found += [(written, written[1])] if escapes else [*zip(written, written, strict=True)]
        elif read == written:  # also for text that only looks like a reference
            found += [(each, each) for each in written]
        elif len(read) == 1:
            found.append((written, read))
        else:
            return None
    return found


def as_written(found: Sequence[Character]) -> str:
    """*found* as written."""
    return "".join(written for written, _ in found)


def as_read(found: Sequence[Character]) -> str:
    """*found* as read."""
    return "".join(read for _, read in found)
