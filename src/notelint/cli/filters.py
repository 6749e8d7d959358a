"""The options ``--baseline``, ``--write-baseline``, ``--since`` and ``--exit-zero``."""

from __future__ import annotations

import argparse

from notelint.cli import common

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.commands.settings import Filters, RunSettings
    from notelint.diagnostics import RunReport


def add_filters(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Arguments that leave findings out; a command that *writes* repairs them nevertheless."""
    group = parser.add_argument_group("adoption")
    left = " of what is left" if writes else ""
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--baseline", metavar="FILE", help=f"report only what{left} FILE does not record"
    )
    if not writes:
        either.add_argument(
            "--write-baseline", metavar="FILE", help="record all findings in FILE; report none"
        )
        group.add_argument(
            "--since",
            metavar="REF",
            help="only findings on lines changed since the work left this git revision",
        )
    group.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 also when there are findings"
    )


def filters(options: argparse.Namespace) -> Filters:
    """The filters that *options* ask for."""
    from notelint.commands.settings import Filters

    return Filters(options.baseline, vars(options).get("since"))


def apply(found: RunReport, settings: RunSettings, options: argparse.Namespace) -> None:
    """Take from *found* what is not to be reported. Raises :class:`ConfigError`."""
    wanted = filters(options)
    if wanted != (None, None):
        from notelint.commands.filters import leave_out

        common.tell(leave_out(found, settings, wanted))


def status(code: int, options: argparse.Namespace) -> int:
    """The exit status in place of *code*: findings alone need not fail."""
    return 0 if options.exit_zero and code == 1 else code
