"""``notelint clean``: remove what is cached."""

from __future__ import annotations

import argparse
import os

from notelint.cli import console
from notelint.cli.common_options import add_configuration, add_messages
from notelint.cli.inputs import configurations
from notelint.report.plain_text import count


def arguments(parser: argparse.ArgumentParser) -> None:
    add_configuration(parser)
    add_messages(parser)
    parser.set_defaults(paths=[], exclude=[])


def run(options: argparse.Namespace) -> int:
    """Empty the user's cache folder and `cache-dir`; return the exit status."""
    from notelint.cache.maintenance import clean, known_folders, own_files

    removed = size = 0
    failures, cleaned = [], []
    configs = configurations(options)
    configs.find([], os.getcwd())
    for folder in known_folders(configs.main.cache_dir):
        files, of_files = clean(folder)
        removed, size = removed + files, size + of_files
        cleaned += [folder.path] * bool(files)
        if any(os.path.lexists(os.path.join(folder.path, name)) for name in own_files(folder)):
            failures.append(f"{folder.path}: not all of it can be removed")
    result = "Nothing is cached."
    if cleaned:
        shown = f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{-(-size // 1000)} KB"
        result = f"Removed {count(removed, 'file')} ({shown}) from {' and '.join(cleaned)}."
    if not options.quiet:
        console.print_lines([result])
    console.print_messages(failures)
    return 2 if failures else 0
