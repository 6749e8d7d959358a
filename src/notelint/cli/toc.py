"""``notelint toc``: create or refresh tables of contents in place."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from notelint.cli import common
from notelint.config.errors import ConfigError

if TYPE_CHECKING:
    from notelint.cli.common import Inputs
    from notelint.toc.options import TocOptions


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="name what would change; write nothing")
    mode.add_argument("--diff", action="store_true", help="print what would change; write nothing")
    common.add_force(parser)
    group = parser.add_argument_group("table of contents")
    group.add_argument("--title", help="the line above the list; by default the one that is there")
    group.add_argument("--no-title", action="store_true", default=None)
    group.add_argument("--min-level", type=int, metavar="N", help="highest heading listed (1)")
    group.add_argument("--max-level", type=int, metavar="N", help="lowest heading listed (6)")
    group.add_argument(
        "--all", action="store_true", default=None, help="also headings above the table"
    )
    group.add_argument(
        "--update-only", action="store_true", default=None, help="no new tables, only refresh"
    )
    group.add_argument("--ordered", action="store_true", default=None, help="numbered entries")
    group.add_argument("--bullet", choices=("-", "*", "+"))
    group.add_argument("--indent", type=int, metavar="N", help="spaces a level (2)")
    group.add_argument(
        "--min-headings", type=int, metavar="N", help="no new table for fewer headings"
    )
    group.add_argument("--flavor", choices=("github", "gitlab", "bitbucket"))


def run(options: argparse.Namespace) -> int:
    """Refresh, or say what would change; the exit status."""
    from notelint.commands.toc import refresh_all
    from notelint.report.escape import printable
    from notelint.report.plain_text import line

    inputs = common.inputs(options)
    wanted = _wanted(inputs, options)
    write = not (options.check or options.diff)
    found = refresh_all(wanted, write=write, force=options.force)
    common.tell([*inputs.problems, *found.problems])
    verb = "would change" if options.check else "refreshed"
    shown = [line(each) + "\n" for each in found.diagnostics]
    for path, before, after in found.changed:
        shown.append(
            common.diff(path, before, after) if options.diff else f"{printable(path)}: {verb}\n"
        )
    common.emit_diffs("".join(shown))
    dirty = bool(found.diagnostics) or (bool(found.changed) and (options.check or options.diff))
    return common.status(dirty, [*inputs.problems, *found.problems])


def _wanted(inputs: Inputs, options: argparse.Namespace) -> list[tuple[str, TocOptions]]:
    """Each note with the options that arguments and configuration give it."""
    from dataclasses import fields

    from notelint.config.model import Layer
    from notelint.config.settle import settled
    from notelint.toc.options import TocOptions

    config, here = settled(inputs.config), os.getcwd()
    arguments = {each.name: getattr(options, each.name) for each in fields(TocOptions)}
    given = Layer(toc={name: value for name, value in arguments.items() if value is not None})
    try:
        return [
            (file, TocOptions(**config.layer(config.special(os.path.join(here, file)), given).toc))
            for file in inputs.files
        ]
    except ValueError as error:
        raise ConfigError(str(error)) from None
