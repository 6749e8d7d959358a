"""What is in a configuration file, kept from one run to the next.

To load what reads YAML takes half as long as a run that finds nothing changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress

import notelint
from notelint.config.files import Keep
from notelint.engine.cache_folder import cache_file, default_folder
from notelint.workspace.observe import digest

_NAME = "configuration.json"


def keep_below(here: str) -> Keep:
    """What parses a file, but not one that it parsed the last time.

    What was in it is kept in the cache folder for *here*, unless it names another such folder.
    """

    def keep(kind: str, data: bytes, parse: Callable[[], object]) -> object:
        about = _about(kind, data)
        with suppress(OSError, ValueError, RecursionError):
            with open(os.path.join(default_folder(here), _NAME), encoding="utf-8") as kept:
                check, text = kept.read().split("\n", 1)
            if check == _check(about, text):
                return json.loads(text)
        parsed = parse()
        with suppress(OSError, ValueError, TypeError, RecursionError):
            text = json.dumps(parsed)
            # dates and numbers as keys, for example, are not what JSON can tell
            same = json.loads(text) == parsed
            if same and not _elsewhere(parsed) and (file := cache_file(_NAME, here=here)):
                with open(file, "w", encoding="utf-8") as kept:
                    kept.write(f"{_check(about, text)}\n{text}")
        return parsed

    return keep


def _about(kind: str, data: bytes) -> str:
    """What a file is known by, to the notelint that is installed here: no other could write it."""
    installed = f"{notelint.__version__} {os.stat(notelint.__file__).st_mtime_ns}"
    return f"{installed} {kind} {digest(data)}"


def _check(about: str, text: str) -> str:
    return digest(f"{about}\n{text}".encode())


def _elsewhere(parsed: object) -> bool:
    return isinstance(parsed, dict) and "cache-dir" in parsed
