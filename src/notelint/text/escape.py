"""Escape text from notes for terminals, logs and JSON."""

from __future__ import annotations

import re

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Control characters move the cursor of a terminal or change its state; bidirectional controls
# change the order in which a line is shown (Unicode Technical Report 36).
_ACTIVE = "\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = lazy_regex(f"[\x00-\x1f{_ACTIVE}]")
_UNSAFE_IN_LINES = lazy_regex(f"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f{_ACTIVE}]")
_UNSAFE_IN_JSON = lazy_regex(f"[{_ACTIVE}]")  # JSON escapes the others itself

# A GitHub runner obeys `::name::` at the start of a line, after spaces, and `##[name]` anywhere in
# it (actions/runner, ActionCommand.cs); Azure Pipelines obeys `##vso[name]`, TeamCity
# `##teamcity[name]`.
_MARK = lazy_regex(r"##(vso|teamcity)?\[")
_COMMAND = lazy_regex(r"^([^\S\n]*):(?=:)", re.MULTILINE)


def printable(text: str) -> str:
    """*text* on one line, with every control character shown as ``\\xNN`` or ``\\uNNNN``."""
    if text.isascii() and text.isprintable():
        return text  # the usual case
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def visible(text: str) -> str:
    """:func:`printable` for text of many lines: line ends and tabs stay."""
    return _UNSAFE_IN_LINES.sub(lambda match: _escape(match[0]), text)


def _escape(char: str) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    return named or (f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")


def inert(text: str) -> str:
    """*text* with a backslash in every part that a runner would take for a command."""
    return _COMMAND.sub(r"\1:\\", _MARK.sub(lambda match: f"{match[0][:-1]}\\[", text))


def without_marks(text: str, sharp: str) -> str:
    """*text* with *sharp*, an escape of ``#``, in every part that begins a command of a runner."""
    return _MARK.sub(lambda match: sharp + match[0][1:], text) if "##" in text else text


def to_json(value: Any, indent: int | None = None) -> str:
    """*value* as JSON in which a terminal or runner finds no command; it reads back the same."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return without_marks(text, "\\u0023")
