"""Text from notes, made harmless for where it is shown."""

from __future__ import annotations

import re

# Control characters move a terminal's cursor or change its state; bidirectional controls show a
# line in another order than it has (Unicode Technical Report 36).
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """*text* on one line, with every control character shown as ``\\xNN`` or ``\\uNNNN``."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def _escape(char: str) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    return named or (f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")
