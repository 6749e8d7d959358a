"""Invisible characters, and the places where they have a purpose."""

from __future__ import annotations

import unicodedata

from notelint.text.startup import lazy_regex

WIDE = "\u00a0\u3000"
"""Characters that look like a space, but are not a space in Markdown."""

_NAMED = (
    "\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
    "\u3000\ufeff"
)
NAMES = {each: unicodedata.name(each).lower() for each in _NAMED} | {
    "\u202c": "end of a direction",
    "\u2069": "end of an isolate",
    "\ufeff": "byte order mark",
}

_DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0000-\U000e007f"  # letters that only spell the name of a flag
RUN = lazy_regex(f"[\u200b-\u200d\u2060\ufeff{_DIRECTION}{_TAGS}]+")
"""Characters without width, one or more."""
_ASCII = bytes(range(128))

_ALL = lazy_regex(f"(?:{RUN.pattern}|\\s)+")
# Hebrew, Arabic and the other scripts that run from right to left, with their presentation forms.
_RIGHT_TO_LEFT = lazy_regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
# Thai, Lao, Tibetan, Burmese, Khmer and others have no spaces between words, and in Arabic and
# Indic scripts a break shapes the letters beside it.
_UNSPACED = lazy_regex("[\u0590-\u109f\u1700-\u1c7f\ua800-\uaaff\uabc0-\uabff\ufb1d-\ufefc]")
# Whitespace, ASCII punctuation, and Chinese, Japanese and Korean: never joined.
_UNJOINED = lazy_regex(
    "[\\s!-/:-@\\[-`{-~\u2000-\u206f\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]?"
)
# Beside these, a zero width space allows a line break, or disables markup, a mention or an address.
_BROKEN_UP = frozenset("@#*_~`/\\._-=&?:,|<")
_BROKEN_OFF = frozenset("@#*_~`")
_FLAG = "\U0001f3f4"


def has_run(text: str) -> bool:
    """Whether there is a :data:`RUN` in *text*; searches only what is not ASCII, for speed."""
    rare = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return RUN.search(rare.decode("utf-8", "surrogatepass")) is not None


def without_invisible(text: str) -> str:
    """*text* without invisible characters and whitespace."""
    return _ALL.sub("", text)


def runs_right_to_left(text: str) -> bool:
    """Whether *text* has a letter of a script that runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def is_needed(char: str, before: str, after: str, *, directed: bool) -> bool:
    """Whether the zero-width *char* may have a purpose.

    *before* and *after* are the nearest characters with a width, or empty; *directed*: the text
    has letters that run from right to left. Joiners shape Arabic, Indic scripts and emoji, and keep
    the letters of a ligature apart.
    """
    if char == "\u200b":
        return _may_break(before, after)
    if char in "\u200c\u200d":
        return not (_UNJOINED.fullmatch(before) and _UNJOINED.fullmatch(after))
    if char == "\u2060":
        return bool(before.strip() and after.strip())
    if char >= "\U000e0000":
        return before == _FLAG
    return char != "\ufeff" and directed


def _may_break(before: str, after: str) -> bool:
    if after == "@" or _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    if not before.strip() or not after.strip():
        return False
    return after in _BROKEN_OFF or (before in _BROKEN_UP and after.isascii())
