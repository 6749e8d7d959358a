"""Glob patterns as ``.gitignore`` and editors understand them."""

from __future__ import annotations

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether *path* (with ``/``) matches: ``*`` within a name, ``**`` across folders.

    A pattern without ``/`` matches a name at any depth; one that names a folder, all below it.
    """
    return _compiled(pattern).fullmatch(path) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern.rstrip("/")
    pattern = pattern.removeprefix("./").strip("/")
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]+\])", pattern)
    body = "".join(_TRANSLATION.get(part) or _literal(part) for part in parts)
    return re.compile(("" if anchored else "(?:.*/)?") + body + "(?:/.*)?", re.DOTALL)


_TRANSLATION = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _literal(part: str) -> str:
    if part.startswith("[") and part.endswith("]") and len(part) > 2:
        chars = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return "[" + (f"^{chars[1:]}" if chars.startswith("!") else chars) + "]"
    return re.escape(part)
