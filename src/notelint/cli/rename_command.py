"""``notelint rename``: give a heading another text; every link to it follows."""

from __future__ import annotations

import argparse
import os

from notelint.cli.refactoring import add_refactoring, conclude, recover, refactor_settings
from notelint.config.errors import ConfigError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "heading",
        metavar="NOTE#ANCHOR",
        help="the heading, as in a link to it: docs/a.md#install",
    )
    parser.add_argument(
        "text",
        metavar="TEXT",
        help="its new text, in Markdown; if it begins with a hyphen, write `--` before it",
    )
    add_refactoring(parser)
    parser.epilog = (
        "Entries of tables of contents follow, and links to other headings of the same text, whose "
        "numbers shift. Nothing is written if a link would lead elsewhere. Exit status: 0 done, 1 "
        "with --check or --diff if something would change, 2 refused."
    )


def run(options: argparse.Namespace) -> int:
    """Rename, or say what would change; return the exit status."""
    from notelint.commands.refactor_run import rename, root_of

    note, mark, anchor = options.heading.rpartition("#")
    if not mark:
        raise ConfigError(f"`{options.heading}` names no heading; write NOTE#ANCHOR")
    recover(options, root := root_of(note))
    if not os.path.isfile(note):
        raise ConfigError(f"{note}: no such file")
    settings = refactor_settings(options, root)
    found = rename(settings, os.path.abspath(note), anchor, options.text)
    return conclude(options, found)
