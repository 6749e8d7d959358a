"""The length of a text in words."""

from __future__ import annotations

from notelint.text.startup import lazy_regex

# Scripts without spaces between words: each character counts.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = lazy_regex(rf"[{_CJK}]|[^\W{_CJK}][^\s{_CJK}]*")


def count_words(text: str) -> int:
    """The words of *text*; of Chinese, Japanese and Korean every character is one."""
    return len(_WORD.findall(text))
