"""Options of a run over notes, and the settings that they and the configuration come to."""

from __future__ import annotations

import argparse

from notelint.cli import common, stdin
from notelint.cli.common import Inputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cli.progress import Progress
    from notelint.commands.settings import RunSettings
    from notelint.diagnostics import RunReport


def add_running(parser: argparse.ArgumentParser, *, elsewhere: bool = False) -> None:
    """Arguments about how a run is done, *elsewhere* too, and not what comes of it."""
    group = parser.add_argument_group("running")
    group.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep what runs found"
    )
    group.add_argument(
        "--explain-cache",
        action="store_true",
        help="say on standard error of each note whether the cache had its findings, or why not",
    )
    group.add_argument(
        "--jobs", type=_number, default=0, metavar="N", help="processes at most (one a processor)"
    )
    if elsewhere:
        group.add_argument(
            "--executor",
            type=_address,
            metavar="dask://HOST:PORT",
            help="look at notes on the Dask cluster with this scheduler (needs notelint[dask])",
        )


def _address(text: str) -> str:
    host, _, port = text.removeprefix("dask://").rpartition(":")
    if not (text.startswith("dask://") and host and port.isdigit()):
        raise argparse.ArgumentTypeError("an executor has the form dask://HOST:PORT")
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {text!r}")
    return int(text)


def run_settings(options: argparse.Namespace) -> RunSettings:
    """The settings of a run over the notes of the call. Raises :class:`ConfigError`."""
    return settings_of(options, common.inputs(options))


def settings_of(options: argparse.Namespace, inputs: Inputs) -> RunSettings:
    """The settings of a run over *inputs*."""
    from notelint.commands.settings import RunSettings

    cached = not options.no_cache and not stdin.asked(options)
    given = vars(options)
    return RunSettings(
        tuple(inputs.files),
        tuple(inputs.problems),
        inputs.config,
        common.layer(options),
        common.cache_folder(inputs.config) if cached else None,
        given.get("jobs", 0),
        given.get("executor"),
        given.get("explain_cache", False),
    )


def progress() -> Progress:
    """The bar of a run that takes long."""
    from notelint.cli.progress import Progress

    return Progress()


def tell_cache_use(found: RunReport) -> None:
    """Say of each note whether the cache had its findings, if that was asked for."""
    common.tell_lines(f"{path}: {use}" for path, use in found.cache_use)
