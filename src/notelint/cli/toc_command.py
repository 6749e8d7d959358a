"""``notelint toc``: create or refresh tables of contents in place."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from notelint.cli.console import diff, print_problems, status, write_diffs
from notelint.cli.inputs import add_force, add_mode, add_paths, inputs

if TYPE_CHECKING:
    from notelint.commands.command_settings import TocSettings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_paths(parser)
    add_mode(parser)
    add_force(parser)
    group = parser.add_argument_group("table of contents")
    group.add_argument("--title", help="the line above the list (default: the existing one)")
    group.add_argument("--min-level", type=int, metavar="N", help="highest heading listed (1)")
    group.add_argument("--max-level", type=int, metavar="N", help="lowest heading listed (6)")
    group.add_argument("--bullet", choices=("-", "*", "+"))
    group.add_argument("--indent", type=int, metavar="N", help="spaces a level (2)")
    group.add_argument(
        "--min-headings", type=int, metavar="N", help="no new table for fewer headings"
    )
    group.add_argument("--flavor", choices=("github", "gitlab", "bitbucket"))
    for name, help_text in (
        ("--no-title", "no line above the list"),
        ("--all", "also headings above the table"),
        ("--update-only", "only refresh; create no tables"),
        ("--ordered", "numbered entries"),
    ):
        group.add_argument(name, action="store_true", default=None, help=help_text)


def run(options: argparse.Namespace) -> int:
    """Refresh, or print what would change; return the exit status."""
    from notelint.commands.toc_run import refresh_all
    from notelint.report.escape import printable
    from notelint.report.plain_text import line

    settings = _settings(options)
    report = refresh_all(settings)
    print_problems(report.problems)
    verb = "would change" if options.check else "refreshed"
    changes = (
        diff(path, before, after) if options.diff else f"{printable(path)}: {verb}\n"
        for path, before, after in report.changed
    )
    write_diffs([*(f"{line(each)}\n" for each in report.diagnostics), *changes])
    dirty = bool(report.diagnostics) or (bool(report.changed) and not settings.write)
    return status(dirty, report.problems)


def _settings(options: argparse.Namespace) -> TocSettings:
    from dataclasses import fields

    from notelint.commands.command_settings import TocSettings
    from notelint.config.model import Layer
    from notelint.toc.options import TocOptions

    found = inputs(options)
    toc = {each.name: getattr(options, each.name) for each in fields(TocOptions)}
    given = Layer(toc={name: value for name, value in toc.items() if value is not None})
    return TocSettings(*found, given, not (options.check or options.diff), options.force)
