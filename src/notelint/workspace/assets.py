"""The images of a tree that no note shows and no text file names."""

from __future__ import annotations

import os
import posixpath
import re

from notelint.text.startup import lazy_regex
from notelint.workspace.resolve import resolve
from notelint.workspace.urls import unquote
from notelint.workspace.workspace import Workspace

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff")

_MAX_TEXT_BYTES = 4 * 1024 * 1024  # longer files are not searched
_END = lazy_regex(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)\b", re.IGNORECASE)
_DELIMITER = lazy_regex(r"[\s\"'`()<>\[\]{}|,;=*]")
_MAX_PATH_CHARACTERS = 300
# Browsers and hosts request these by their names.
_BY_NAME = lazy_regex(r"favicon|apple-touch-icon|android-chrome|mstile|social-preview|og-image")


def unused_images(workspace: Workspace) -> list[str]:
    """The images that no note shows and no text file of the tree names, sorted by path.

    Images in hidden folders, and icons that are found by their name, are left out.
    """
    tree = workspace.tree
    images = {path for path in tree.files if path.lower().endswith(IMAGES)}
    left = {path for path in images if _may_be_asset(path)}
    for note in workspace.notes if left else ():
        if facts := workspace.facts(note):
            left -= {resolve(link.destination, note).path for link in facts.links}
    by_name: dict[str, list[str]] = {}
    for path in left:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    for path in tree.files if left else ():
        if path not in images:
            text = _text(os.path.join(tree.root, path))
            for name in {_mention(text, match) for match in _END.finditer(text)}:
                left -= _candidates(name, path, images, by_name)
    return sorted(left)


def _may_be_asset(path: str) -> bool:
    return (
        not path.startswith(".")
        and "/." not in path
        and not _BY_NAME.match(posixpath.basename(path).lower())
    )


def _text(file: str) -> str:
    """The text of *file*; empty if it is not a text file or cannot be read."""
    try:
        if not os.path.isfile(file) or os.path.getsize(file) > _MAX_TEXT_BYTES:
            return ""
        with open(file, "rb") as opened:
            data = opened.read()
    except OSError:
        return ""
    return "" if b"\0" in data[:8192] else data.decode("utf-8", "ignore")


def _candidates(name: str, file: str, images: set[str], by_name: dict[str, list[str]]) -> set[str]:
    """The images that *name*, in the text file at *file*, can stand for."""
    named = by_name.get(posixpath.basename(name), [])
    if not named:
        return set()
    found = {_normal(posixpath.join(posixpath.dirname(file), name)), _normal(name)} & images
    # a program may resolve it from any folder
    return found or {each for each in named if _ends_alike(each, name)}


def _mention(text: str, end: re.Match[str]) -> str:
    """The path, or the last part of a path with spaces, that ends with *end*."""
    before = text[max(end.start() - _MAX_PATH_CHARACTERS, 0) : end.start()]
    return unquote(_DELIMITER.split(before)[-1] + end[0]).replace("\\", "/")


def _normal(path: str) -> str:
    return posixpath.normpath(path.lstrip("/"))


def _ends_alike(asset: str, name: str) -> bool:
    """Whether one of the two paths ends with the other; of an address, only the name counts."""
    if "//" in name:  # the images may be served from that address
        return posixpath.basename(asset) == posixpath.basename(name)
    ending = "/" + "/".join(part for part in name.split("/") if part not in ("", ".", ".."))
    return f"/{asset}".endswith(ending) or ending.endswith(f"/{asset}")
