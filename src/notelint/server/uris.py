"""Addresses of documents, as an editor writes them, and paths."""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote, urlsplit

_DRIVE = re.compile(r"/[A-Za-z]:(?=/|\Z)")


def path_of(uri: str) -> str | None:
    """The absolute path of the file at *uri*, however that is encoded; None if it is no file."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(parts.path, errors="surrogateescape")
    if parts.scheme.lower() != "file" or not path.startswith("/") or "\0" in path:
        return None
    if _DRIVE.match(path):  # `c:` and `C:` are one drive
        path = f"/{path[1].lower()}{path[2:]}"
        path = path[1:] if os.sep == "\\" else path
    elif parts.netloc.lower() not in ("", "localhost"):
        path = f"//{parts.netloc}{path}"
    elif os.sep == "/":
        path = f"/{path.lstrip('/')}"  # to POSIX, two slashes may begin something else
    return os.path.normpath(path)


def key_of(uri: str) -> str:
    """The key of the document at *uri*: the path of its file; without a file, *uri*."""
    return path_of(uri) or uri


def uri_of(path: str) -> str:
    """The address of the file at the absolute *path*."""
    written = path.replace(os.sep, "/")
    start = "file://" if written.startswith("/") else "file:///"
    return start + quote(written, safe="/!$&'()*+,;=@~", errors="surrogateescape")
