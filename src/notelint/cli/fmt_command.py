"""``notelint fmt``: lay out with mdformat, keeping the rendered page."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_common
from notelint.cli.console import print_messages, write_changes, write_diffs
from notelint.cli.inputs import add_force, add_mode, add_paths, cache_folder, inputs, reads_stdin
from notelint.cli.output import exit_status
from notelint.commands.command_settings import FmtSettings


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    add_mode(parser)
    add_force(parser)
    add_common(parser, rules=False)
    parser.epilog = (
        "The nearest .mdformat.toml has the options: wrap, number, end_of_line, exclude, plugin, "
        "extensions, codeformatters. A note whose page would change is reported and left unchanged."
    )


def run(options: argparse.Namespace) -> int:
    """Lay out, or print what would change; return the exit status."""
    from notelint.commands.fmt_run import lay_out_all

    found, write = inputs(options), not (options.check or options.diff)
    settings = FmtSettings(
        *found[:2],
        paths=tuple(options.paths),
        write=write,
        force=options.force,
        cache=None if reads_stdin(options) else cache_folder(options, found.configs.main),
        jobs=options.jobs,
    )
    report = lay_out_all(settings)
    print_messages(report.failures)
    write_diffs(f"{each}\n" for each in report.diagnostics)
    write_changes(report, options, lambda path: "formatted")
    return exit_status(report, would_change=bool(report.changed) and not write)
