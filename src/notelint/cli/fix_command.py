"""``notelint fix``: apply fixes in place, then report the remaining findings."""

from __future__ import annotations

import argparse

from notelint.cli import run_options
from notelint.cli.console import diff, print_fixed, print_problems, status, write_diffs
from notelint.cli.inputs import add_diff, add_force, add_paths, add_rules
from notelint.cli.output import add_output, report
from notelint.cli.run_options import add_filters, add_running, progress, run_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_paths(parser)
    parser.add_argument("--unsafe", action="store_true", help="apply unsafe fixes, too")
    add_diff(parser)
    add_force(parser)
    add_rules(parser)
    add_running(parser)
    add_filters(parser, writes=True)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Fix and report, or print the changes with ``--diff``; return the exit status."""
    from notelint.commands.command_settings import FixSettings
    from notelint.commands.fix_run import fix

    settings = run_settings(options)
    found = fix(settings, FixSettings(options.unsafe, not options.diff, options.force), progress)
    run_options.print_cache_use(found)
    if options.diff:
        print_problems(found.problems)
        write_diffs((diff(*each) for each in found.changed), options.output_file)
        return status(bool(found.changed), found.problems)
    print_fixed(found)
    run_options.leave_out(found, settings)
    return run_options.exit_status(report(found, options), options)
