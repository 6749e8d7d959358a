"""Characters of which nothing is to be seen."""

from __future__ import annotations

import re

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
"""Zero width space, non-joiner, joiner, word joiner, and the byte order mark inside a text."""

DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that tell which way letters run, as the inside of a character class."""

TAGS = "\U000e0000-\U000e007f"
"""Letters that only spell the name of a flag, as the inside of a character class."""

WIDE = "\u00a0\u3000"
"""Spaces that look like one and that Markdown does not take for one."""

_ALL = re.compile(f"[{ZERO_WIDTH}{DIRECTION}{TAGS}\\s]+")


def without(text: str) -> str:
    """*text* less what is invisible in it, white space and all."""
    return _ALL.sub("", text)
