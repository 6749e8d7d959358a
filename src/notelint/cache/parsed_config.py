"""What is in a configuration file, kept from one run to the next.

To load what reads YAML takes half as long as a run that finds nothing changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress

import notelint
from notelint.cache.folder import CacheFolder, cache_folder
from notelint.workspace.git import repository_root
from notelint.workspace.git_metadata import MAX_GIT_FILE_BYTES, read_small
from notelint.workspace.snapshot import digest

# The content of a file of a kind (yaml, toml), given its bytes and what parses them: parsed now, or
# by an earlier run.
ParseCache = Callable[[str, bytes, Callable[[], object]], object]


def parse_cache(here: str) -> ParseCache:
    """What parses a file, but not one that it parsed the last time.

    What was in it is kept in the user's cache folder, unless it names another such folder.
    """

    def keep(kind: str, data: bytes, parse: Callable[[], object]) -> object:
        folder = cache_folder()
        if folder is None:
            return parse()
        file = folder.file("configuration", "json", repository_root(here) or here)
        about = _about(kind, data)
        with suppress(ValueError, RecursionError):
            check, text = read_small(file).split("\n", 1)
            if check == _check(about, text, folder):
                return json.loads(text)
        parsed = parse()
        with suppress(OSError, ValueError, TypeError, RecursionError):
            text = json.dumps(parsed)
            # dates and numbers as keys, for example, are not what JSON can tell
            same = json.loads(text) == parsed
            if same and not _elsewhere(parsed) and len(text) < MAX_GIT_FILE_BYTES // 2:
                _write(file, f"{_check(about, text, folder)}\n{text}")
        return parsed

    return keep


def _write(file: str, text: str) -> None:
    """Write a file of ours, or over one; not to what another file in its place leads to."""
    if os.path.lexists(file) and not os.path.isfile(file):
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(file, flags, 0o600), "wb") as opened:
        opened.write(text.encode())


def _about(kind: str, data: bytes) -> str:
    """What a file is known by, to the notelint that is installed here: no other could write it."""
    installed = f"{notelint.__version__} {os.stat(notelint.__file__).st_mtime_ns}"
    return f"{installed} {kind} {digest(data)}"


def _check(about: str, text: str, folder: CacheFolder) -> str:
    return digest(f"{about}\n{text}".encode("utf-8", "surrogatepass"), 16, folder.key)


def _elsewhere(parsed: object) -> bool:
    return isinstance(parsed, dict) and "cache-dir" in parsed
