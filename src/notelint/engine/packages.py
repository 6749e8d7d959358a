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

# Each as its import name and the name of its distribution. Findings depend on:
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
    """The identity of the code that runs: notelint, *packages* and Python.

    Cached results are valid for an equal identity. Packages that are installed again are equal,
    since CI keeps a cache from one machine to the next.
    """
    installed = (_installed(*each) for each in packages)
    return notelint.__version__, _code(), *installed, sys.version_info[:3]


def _installed(name: str, distribution: str) -> tuple[str, object] | None:
    """The identity of the installed package *name*, found without importing it.

    The record of an installation has a digest of every file. Without a record, it is the path of
    the package and its modification time.
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
                suppress(OSError),  # packages of Linux distributions may lack it
                open(os.path.join(folder, each, "RECORD"), "rb") as record,
            ):
                return each, digest(record.read())
    return file, os.stat(file).st_mtime_ns


@cache
def _names(folder: str) -> list[str]:
    return sorted(os.listdir(folder))


def _code() -> int:
    """The time of the last change of the code in a working tree of notelint; 0 if installed."""
    package = os.path.dirname(notelint.__file__)
    if os.path.basename(os.path.dirname(package)) != "src":
        return 0
    return max(
        entry.stat().st_mtime_ns
        for folder, _, _ in os.walk(package)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
