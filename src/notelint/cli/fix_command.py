"""``notelint fix``: apply fixes in place, then report the remaining findings."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_common
from notelint.cli.console import print_fixed, print_messages, write_changes
from notelint.cli.inputs import add_paths
from notelint.cli.output import add_output, exit_status, print_report
from notelint.cli.run_options import (
    add_filters,
    add_fixing,
    add_running,
    filter_findings,
    given,
    print_cache_use,
    progress,
    run_settings,
)
from notelint.commands.command_settings import FixSettings


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    add_fixing(parser, check=False)
    add_filters(parser, writes=True)
    add_output(parser)
    add_running(parser)
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Fix and report, or print the changes with ``--diff``; return the exit status."""
    from notelint.commands.fix_run import fix

    write = not (options.check or options.diff)
    if not write:  # there is no report
        of_reports = ("output_format", "statistics", "sarif_file", "summary_file")
        mode = "--diff" if options.diff else "--check"
        print_messages(f"{each} has no effect with {mode}" for each in given(options, *of_reports))
    settings = run_settings(options)
    found = fix(
        settings, FixSettings(unsafe=options.unsafe, write=write, force=options.force), progress
    )
    print_cache_use(found)
    if not write:
        print_messages(found.failures)
        write_changes(found, options, lambda path: "fixed", options.output_file)
        if not options.quiet:
            print_fixed(found, "Would fix")
        return exit_status(found, "never", would_change=bool(found.changed))
    if not options.quiet:
        print_fixed(found)
    filter_findings(found, settings)
    return print_report(found, options)
