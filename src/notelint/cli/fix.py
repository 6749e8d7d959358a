"""``notelint fix``: apply fixes in place, then report what is left."""

from __future__ import annotations

import argparse

from notelint.cli import common, filters
from notelint.cli.output import add_output, report
from notelint.cli.run_options import add_running, progress, run_settings, tell_cache_use


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    parser.add_argument("--unsafe", action="store_true", help="apply the unsafe fixes as well")
    parser.add_argument(
        "--diff", action="store_true", help="print what would change; write nothing"
    )
    common.add_force(parser)
    common.add_rules(parser)
    add_running(parser)
    filters.add_filters(parser, writes=True)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Fix, then report what is left; with ``--diff`` only show it. The exit status."""
    from notelint.commands.fix import fix
    from notelint.commands.settings import FixSettings

    settings = run_settings(options)
    how = FixSettings(options.unsafe, not options.diff, options.force)
    found = fix(settings, how, progress)
    tell_cache_use(found)
    if options.diff:
        common.tell(found.problems)
        diffs = (common.diff(*each) for each in found.changed)
        common.emit_diffs("".join(diffs), options.output_file)
        return common.status(found.changed, found.problems)
    common.tell_fixed(found)
    filters.apply(found, settings, options)
    return filters.status(report(found, options), options)
