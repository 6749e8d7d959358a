"""The packages that results depend on, and which of them are installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder

import notelint
from notelint.workspace.digests import digest

# Each by the name that it is imported by, and by that of its distribution. Findings depend on:
PACKAGES = (
    ("notelint", "notelint"),
    ("markdown_it", "markdown-it-py"),
    ("mdit_py_plugins", "mdit-py-plugins"),
    ("yaml", "pyyaml"),
)
# Layouts depend on:
LAYOUT_PACKAGES = (
    *PACKAGES[:3],
    ("mdformat", "mdformat"),
    ("mdformat_gfm", "mdformat-gfm"),
    ("wcwidth", "wcwidth"),
)


def program(packages: Iterable[tuple[str, str]]) -> tuple[object, ...]:
    """The code that runs: notelint with *packages* and Python. Results are kept for equal ones.

    The same packages installed anew are equal: CI keeps a cache from one machine to the next.
    """
    installed = (_installed(*each) for each in packages)
    return notelint.__version__, _code(), *installed, sys.version_info[:3]


def _installed(name: str, distribution: str) -> tuple[str, object] | None:
    """The distribution of the package *name* with its files, without importing it.

    The record of an installation has the digest of every file. Without one, the file of the package
    and its time must do.
    """
    found = PathFinder.find_spec(name)
    file = found.origin if found else None
    if not file or not os.path.exists(file):
        return None
    folder = os.path.dirname(os.path.dirname(file))
    start = distribution.replace("-", "_").lower() + "-"
    for each in _names(folder):
        if each.lower().startswith(start) and each.endswith(".dist-info"):
            with (
                suppress(OSError),  # distributions of Linux leave it out
                open(os.path.join(folder, each, "RECORD"), "rb") as record,
            ):
                return each, digest(record.read())
    return file, os.stat(file).st_mtime_ns


@cache
def _names(folder: str) -> list[str]:
    return sorted(os.listdir(folder))


def _code() -> int:
    """The time of the last change of the code in a working tree of notelint; else 0."""
    package = os.path.dirname(notelint.__file__)
    if os.path.basename(os.path.dirname(package)) != "src":
        return 0
    return max(
        entry.stat().st_mtime_ns
        for folder, _, _ in os.walk(package)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
