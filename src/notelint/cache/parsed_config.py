"""A cache of the parsed content of configuration files.

Importing the YAML parser takes half as long as a whole run in which nothing changed.
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
    """The parsed *data* of the file at *path*, from the cache if an earlier run had the same bytes.

    It is stored in the user's cache folder, unless it names another cache folder itself. *kind* is
    yaml or toml.
    """
    folder = cache_folder()
    if folder is None:
        return parse()
    where = os.path.dirname(os.path.abspath(path))
    root = repository_root(where) or where
    file = folder.file("configuration", "json", root, os.path.abspath(path))
    identity = _identity(kind, data)
    with suppress(ValueError, RecursionError):
        checksum, text = read_small(file).split("\n", 1)
        if checksum == _checksum(identity, text, folder):
            return json.loads(text)
    parsed = parse()
    with suppress(OSError, ValueError, TypeError, RecursionError):
        text = json.dumps(parsed)
        # JSON has no dates, and no numbers as keys
        same = json.loads(text) == parsed
        if same and not _names_a_cache(parsed) and len(text) < MAX_GIT_FILE_BYTES // 2:
            write(file, f"{_checksum(identity, text, folder)}\n{text}")
    return parsed


def _identity(kind: str, data: bytes) -> str:
    """The identity of a configuration file for this installation of notelint."""
    installed = f"{notelint.__version__} {os.stat(notelint.__file__).st_mtime_ns}"
    return f"{installed} {kind} {digest(data)}"


def _checksum(identity: str, text: str, folder: CacheFolder) -> str:
    return digest(f"{identity}\n{text}".encode("utf-8", "surrogatepass"), 16, folder.key)


def _names_a_cache(parsed: object) -> bool:
    return isinstance(parsed, dict) and "cache-dir" in parsed
