"""``notelint mv``: move or rename files and folders; every link follows."""

from __future__ import annotations

import argparse
import os

from notelint.cli.common_options import add_switches
from notelint.cli.refactoring import add_refactoring, conclude, recover, refactor_settings
from notelint.config.errors import ConfigError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names",
        nargs="*",
        metavar="SOURCE… TARGET",
        help="what to move, and its new name or the folder to move it into, which may be new",
    )
    about = "update links after moves that were made with git or a file manager"
    add_switches(parser, {"--repair": about})
    parser.add_argument(
        "--since",
        metavar="REF",
        help="with --repair: moves made since this git revision (default: since the last commit)",
    )
    add_refactoring(parser)
    parser.epilog = (
        "Links in all notes and HTML files of the repository follow (without git: of the current "
        "folder), also in those that the configuration excludes. They keep their spelling, and "
        "those that need not change are not touched. Nothing is written if a link would lead "
        "elsewhere. Exit status: 0 done, 1 with --check or --diff if something would change, 2 "
        "refused."
    )


def run(options: argparse.Namespace) -> int:
    """Move, or say what would change; return the exit status."""
    from notelint.commands.refactor_run import check_names, move, repair, root_of, targets

    if options.repair and options.names:
        raise ConfigError("`mv --repair` takes no names")
    if options.since is not None and not options.repair:
        raise ConfigError("`--since` needs `--repair`")
    if not options.repair and len(options.names) < 2:
        raise ConfigError("`mv` needs a source and a target")
    *sources, target = options.names or [os.curdir]
    check_names(sources, target)
    root = root_of(sources[0] if sources else os.path.join(os.curdir, "_"))
    recover(options, root)
    settings = refactor_settings(options, root)
    if options.repair:
        return conclude(options, repair(settings, options.since))
    return conclude(options, move(settings, targets(sources, target)))
