"""``notelint check``: report what is broken; writes nothing."""

from __future__ import annotations

import argparse

from notelint.cli import run_options
from notelint.cli.console import print_problems, status
from notelint.cli.inputs import add_paths, add_rules
from notelint.cli.output import add_output, report
from notelint.cli.run_options import add_filters, add_running, progress, run_settings
from notelint.cli.watch import add_watch, watch
from notelint.config.location import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.diagnostics import RunReport


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_paths(parser)
    add_rules(parser)
    add_running(parser, elsewhere=True)
    add_watch(parser)
    add_filters(parser, writes=False)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Report what is broken, once or after every save; return the exit status."""
    return watch(options, _check) if options.watch else _check(options)


def _check(options: argparse.Namespace) -> int:
    from notelint.commands.check_run import check

    settings = run_settings(options)
    found = check(settings, progress)
    run_options.print_cache_use(found)
    if options.write_baseline is not None:
        return _write_baseline(found, options)
    run_options.leave_out(found, settings)
    return run_options.exit_status(report(found, options), options)


def _write_baseline(found: RunReport, options: argparse.Namespace) -> int:
    from notelint.commands.filters import write_baseline

    if options.since is not None:
        raise ConfigError("--write-baseline records all findings; call it without --since")
    print_problems([*found.problems, write_baseline(found, options.write_baseline)])
    return status(False, found.problems)
