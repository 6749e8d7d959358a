"""A cache of the parsed content of configuration files.

To import the YAML parser takes half as long as a whole run in which nothing changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress

import notelint
from notelint.cache.folder import CacheFolder, cache_folder, write
from notelint.workspace.digests import digest
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import MAX_GIT_FILE_BYTES, read_small


def keep_parsed(path: str, kind: str, data: bytes, parse: Callable[[], object]) -> object:
    """Return the parsed *data* of the file at *path*, of an earlier run if the bytes are the same.

    The content is stored in the user's cache folder, unless it names another such folder. *kind* is
    yaml or toml.
    """
    folder = cache_folder()
    if folder is None:
        return parse()
    where = os.path.dirname(os.path.abspath(path))
    root = repository_root(where) or where
    file = folder.file("configuration", "json", root, os.path.abspath(path))
    about = _about(kind, data)
    with suppress(ValueError, RecursionError):
        check, text = read_small(file).split("\n", 1)
        if check == _check(about, text, folder):
            return json.loads(text)
    parsed = parse()
    with suppress(OSError, ValueError, TypeError, RecursionError):
        text = json.dumps(parsed)
        # JSON has no dates, and no numbers as keys
        same = json.loads(text) == parsed
        if same and not _elsewhere(parsed) and len(text) < MAX_GIT_FILE_BYTES // 2:
            write(file, f"{_check(about, text, folder)}\n{text}")
    return parsed


def _about(kind: str, data: bytes) -> str:
    """The identity of a configuration file for this installation of notelint."""
    installed = f"{notelint.__version__} {os.stat(notelint.__file__).st_mtime_ns}"
    return f"{installed} {kind} {digest(data)}"


def _check(about: str, text: str, folder: CacheFolder) -> str:
    return digest(f"{about}\n{text}".encode("utf-8", "surrogatepass"), 16, folder.key)


def _elsewhere(parsed: object) -> bool:
    return isinstance(parsed, dict) and "cache-dir" in parsed
