"""``notelint check``: report what is broken; writes nothing but with ``--fix``."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_common, add_switches
from notelint.cli.console import print_messages
from notelint.cli.inputs import add_paths
from notelint.cli.output import add_output, exit_status, print_report
from notelint.cli.run_options import (
    add_filters,
    add_fixing,
    add_running,
    filter_findings,
    print_cache_use,
    progress,
    refuse_beside,
    run_settings,
)
from notelint.cli.watch import watch
from notelint.config.errors import ConfigError


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    add_fixing(parser, check=True)
    add_switches(parser, {"--watch": "report again whenever a note is saved, until Ctrl-C"})
    add_filters(parser, writes=False)
    add_output(parser)
    add_running(parser, elsewhere=True)
    add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Report what is broken, once or after every save; return the exit status."""
    if options.fix or options.diff:
        from notelint.cli.fix_command import run as fix

        given = "--fix" if options.fix else "--diff"
        refuse_beside(given, options, "watch", "write_baseline", "executor")
        return fix(options)
    if options.write_baseline is not None:
        refuse_beside("--write-baseline", options, "since")
    for name in ("unsafe", "force"):
        if vars(options)[name]:
            raise ConfigError(f"--{name} needs --fix or --diff")
    return watch(options, _check) if options.watch else _check(options)


def _check(options: argparse.Namespace) -> int:
    from notelint.commands.check_run import check

    settings = run_settings(options)
    found = check(settings, progress)
    print_cache_use(found)
    if options.write_baseline is not None:
        from notelint.commands.filters import write_baseline

        print_messages([*found.failures, write_baseline(found, options.write_baseline)])
        return exit_status(found, "never")
    filter_findings(found, settings)
    return print_report(found, options)
