"""``notelint check``: report; writes nothing."""

from __future__ import annotations

import argparse

from notelint.cli import adopt, common
from notelint.cli.output import add_output, report
from notelint.cli.running import add_running, checked
from notelint.cli.watch import add_watch, watch


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    common.add_rules(parser)
    add_running(parser, elsewhere=True)
    add_watch(parser)
    adopt.add_adoption(parser, writes=False)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Report what is broken, once or after every save; the exit status."""
    return watch(options, _check) if options.watch else _check(options)


def _check(options: argparse.Namespace) -> int:
    files, problems = common.notes(options)
    found = checked(options, files)
    found.problems[:0] = problems
    if options.write_baseline is not None:
        return adopt.write_baseline(found, options)
    adopt.leave_out(found, files, options)
    return adopt.status(report(found, options), options)
