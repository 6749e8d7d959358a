"""``notelint mv``: move or rename files and folders; every link follows."""

from __future__ import annotations

import argparse

from notelint.cli.refactoring import add_refactoring, refactor, refactor_settings
from notelint.config.location import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.commands.refactor_run import RefactorReport


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "names",
        nargs="+",
        metavar="SOURCE… TARGET",
        help="what to move, and the new name of it or the folder to move it into",
    )
    add_refactoring(parser)
    parser.epilog = (
        "Links keep their spelling, and those that need not change are not touched. Nothing is "
        "written if a link would lead elsewhere."
    )


def run(options: argparse.Namespace) -> int:
    """Move, or say what would change; return the exit status."""

    def make() -> RefactorReport:
        from notelint.commands.refactor_run import move, root_of, targets

        *sources, target = options.names
        if not sources:
            raise ConfigError("`mv` needs a source and a target")
        pairs = targets(sources, target)
        return move(refactor_settings(options, root_of(pairs[0][0])), pairs)

    return refactor(options, make)
