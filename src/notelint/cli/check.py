"""``notelint check``: report; writes nothing."""

from __future__ import annotations

import argparse

from notelint.cli import common, filters
from notelint.cli.output import add_output, report
from notelint.cli.run_options import add_running, progress, run_settings, tell_cache_use
from notelint.cli.watch import add_watch, watch
from notelint.config.location import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.diagnostics import RunReport


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    common.add_rules(parser)
    add_running(parser, elsewhere=True)
    add_watch(parser)
    filters.add_filters(parser, writes=False)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Report what is broken, once or after every save; the exit status."""
    return watch(options, _check) if options.watch else _check(options)


def _check(options: argparse.Namespace) -> int:
    from notelint.commands.check import check

    settings = run_settings(options)
    found = check(settings, progress)
    tell_cache_use(found)
    if options.write_baseline is not None:
        return _write_baseline(found, options)
    filters.apply(found, settings, options)
    return filters.status(report(found, options), options)


def _write_baseline(found: RunReport, options: argparse.Namespace) -> int:
    from notelint.commands.filters import write_baseline

    if options.since is not None:
        raise ConfigError("--write-baseline records all findings; call it without --since")
    common.tell([*found.problems, write_baseline(found, options.write_baseline)])
    return common.status(False, found.problems)
