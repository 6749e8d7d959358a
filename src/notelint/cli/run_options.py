"""Options of a run over notes: rules, cache, processes, and findings to leave out."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_files, add_switches
from notelint.cli.console import print_lines, print_messages
from notelint.cli.inputs import (
    add_force,
    add_mode,
    add_since,
    cache_folder,
    inputs,
    layer,
    reads_stdin,
)
from notelint.commands.command_settings import RunSettings
from notelint.config.errors import ConfigError

_ONLINE = ("dead-link", "moved-link")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cli.tty import Progress
    from notelint.diagnostics import RunReport


def add_running(parser: argparse.ArgumentParser, *, elsewhere: bool = False) -> None:
    """Add options for the way a run is done; *elsewhere*: also on other machines."""
    group = parser.add_argument_group("cache and cluster" if elsewhere else "cache")
    about = "print on standard error for each note whether the cache was used, or why not"
    add_switches(group, {"--explain-cache": about})
    if elsewhere:
        group.add_argument(
            "--executor",
            type=_address,
            metavar="dask://HOST:PORT",
            help="analyze notes on the Dask cluster with this scheduler (needs notelint[dask])",
        )


def add_fixing(parser: argparse.ArgumentParser, *, check: bool) -> None:
    """Add the options of fixing: for ``fix``, or with ``--fix`` for *check*."""
    if check:
        about = {
            "--fix": "apply safe fixes, as `notelint fix` does",
            "--diff": "print what `notelint fix` would change; write nothing",
        }
        add_switches(parser, about)
        parser.set_defaults(check=False)
    else:
        add_mode(parser)
    more = "also apply unsafe fixes" + " (with --fix or --diff)" * check
    add_switches(parser, {"--unsafe": more})
    add_force(parser)


def refuse_beside(option: str, options: argparse.Namespace, *names: str) -> None:
    """Raise :class:`ConfigError` if one of the options *names* is given beside *option*."""
    for other in given(options, *names):
        raise ConfigError(f"{option} and {other} cannot be combined")


def given(options: argparse.Namespace, *names: str) -> list[str]:
    """Those of the options *names* that do not have their default, as they are written."""
    values = vars(options)
    return [
        f"--{name.replace('_', '-')}" for name in names if values[name] not in (None, False, "text")
    ]


def add_filters(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Add options that leave findings out; a command that *writes* does not fix these either."""
    group = parser.add_argument_group("adoption")
    either = group.add_mutually_exclusive_group()
    about = f"{'fix and ' * writes}report only problems that are not in FILE"
    add_files(either, {"--baseline": about})
    if not writes:
        add_files(either, {"--write-baseline": "record all problems in FILE; report none"})
    add_since(group, "problems")


def _address(text: str) -> str:
    host, _, port = text.removeprefix("dask://").rpartition(":")
    if not (text.startswith("dask://") and host and port.isdigit()):
        raise argparse.ArgumentTypeError("must have the form dask://HOST:PORT")
    return text


def run_settings(options: argparse.Namespace) -> RunSettings:
    """The settings of a run over the notes of a call. Raises :class:`ConfigError`."""
    found = inputs(options)
    online = [each for each in (*(options.select or ()), *options.extend_select) if each in _ONLINE]
    if online and not options.quiet:
        names = " and ".join(f"`{each}`" for each in online)
        print_messages([f"only `notelint links` looks for {names}"])
    return RunSettings(
        *found,
        cli_layer=layer(options),
        cache=None if reads_stdin(options) else cache_folder(options, found.configs.main),
        jobs=options.jobs,
        executor=vars(options).get("executor"),
        explain_cache=vars(options).get("explain_cache", False),
        baseline=options.baseline,
        since=vars(options).get("since"),
    )


def progress() -> Progress:
    """A progress bar for a long run."""
    from notelint.cli.tty import Progress

    return Progress()


def print_cache_use(report: RunReport) -> None:
    """Print whether the cache had the findings of each note, if the report says so."""
    print_lines(f"{path}: {use}" for path, use in report.cache_use)


def filter_findings(report: RunReport, settings: RunSettings) -> None:
    """Remove the findings from *report* that the settings leave out. Raises ConfigError."""
    if settings.leaves_out:
        from notelint.commands import filters

        print_messages(filters.filter_findings(report, settings))
