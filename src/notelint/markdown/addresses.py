"""Recognition of text that is certainly an address."""

from __future__ import annotations

import re
from collections.abc import Container

from notelint.text.startup import lazy_regex

URL = lazy_regex(r"(?:https?|ftp)://[^\s/]*\w\.\w|mailto:[^\s@]{1,254}@", re.IGNORECASE)
_OTHER_SCHEME = lazy_regex(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_PATH = lazy_regex(r"\.{1,2}/\w|/\w[^/]*/\w")
EXTENSION = lazy_regex(
    r"\.(?:md|markdown|txt|rst|pdf|docx?|pptx?|xlsx?|csv|tsv|jsonl?|ya?ml|toml|xml|html?|ipynb|py"
    r"|[jt]sx?|java|go|rs|sh|c|h|cc|cpp|hpp|sql|tex|bib|png|jpe?g|gif|svg|webp|bmp|ico|mp[34]|mov"
    r"|webm|wav|zip|gz|tgz|tar|7z|epub)(?:[?#].*)?$",
    re.IGNORECASE | re.DOTALL,
)
_TEMPLATE = ("{{", "{%", "<%")
# The start of a remark that names a file: `[sic](see notes.md)`.
_REMARK = lazy_regex(
    r"(?:see|cf\.?|in|from|by|via|per|with|and|or|also|as|at|of|on|to|e\.g\.|i\.e\.)[ \t]", re.I
)


def is_address(text: str, anchors: Container[str]) -> bool:
    """Whether *text* is a URL, the path of a file, or ``#`` and one of the *anchors*."""
    if URL.match(text):
        return True
    if text.startswith("#"):
        return text[1:] in anchors
    if text[:1] in ("", "!", "[") or any(mark in text for mark in "，。；：！？、《》"):
        return False
    if _OTHER_SCHEME.match(text):
        return False
    return bool(EXTENSION.search(text) or _PATH.match(text))


def is_address_with_spaces(text: str) -> bool:
    """Whether *text*, which contains spaces, is certainly an address."""
    if any(mark in text for mark in _TEMPLATE):
        return False  # the spaces may be those of a template, which fills in a part
    if text.startswith("<") or (URL.search(text[1:]) and not URL.match(text)):
        return False
    if text.startswith("#"):
        return bool(re.match(r"#[^\W\d]", text))
    if URL.match(text) or text.startswith(("https://", "http://")):
        return True
    if _OTHER_SCHEME.match(text) or _REMARK.match(text):
        return False
    return bool(EXTENSION.search(text) or text.startswith(("./", "../")))
