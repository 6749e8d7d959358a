"""``notelint clean``: remove what is cached."""

from __future__ import annotations

import argparse
import os
import sys

from notelint.cli import common
from notelint.report.escape import printable
from notelint.report.plain_text import count


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_configuration(parser)
    parser.set_defaults(paths=[], stdin_filename=None)


def run(options: argparse.Namespace) -> int:
    """Remove what notelint made in the user's cache folder and in `cache-dir`; the exit status."""
    from notelint.cache.maintenance import clean, known_folders, own_files

    removed = size = 0
    problems, cleaned = [], []
    for folder in known_folders(common.configuration(options).cache_dir):
        files, of_files = clean(folder)
        removed, size = removed + files, size + of_files
        cleaned += [folder.path] * bool(files)
        if any(os.path.lexists(os.path.join(folder.path, name)) for name in own_files(folder)):
            problems.append(f"{folder.path}: not all of it can be removed")
    if cleaned:
        where = printable(" and ".join(cleaned))
        told = f"Removed {count(removed, 'file')} ({_size(size)}) from {where}."
    else:
        told = "Nothing is cached."
    print(common.for_log(told), file=sys.stderr)
    common.tell(problems)
    return common.status(False, problems)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{-(-size // 1000)} KB"
