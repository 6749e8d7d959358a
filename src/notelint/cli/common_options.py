"""Options that are the same for every command; `cli/main.py` lets them stand before it, too."""

from __future__ import annotations

import argparse
from collections.abc import Mapping


def add_switches(group: argparse._ActionsContainer, switches: Mapping[str, str]) -> None:
    """Add options that take no value, each with its help."""
    for option, about in switches.items():
        group.add_argument(option, action="store_true", help=about)


def add_files(group: argparse._ActionsContainer, options: Mapping[str, str]) -> None:
    """Add options that take the path of a file, each with its help."""
    for option, about in options.items():
        group.add_argument(option, type=_file_name, metavar="FILE", help=about)


def _file_name(text: str) -> str:
    """*text*, unless it is empty, as that of an unset variable is."""
    if not text:
        raise argparse.ArgumentTypeError("must be the name of a file")
    return text


def add_common(
    parser: argparse.ArgumentParser,
    *,
    rules: bool = True,
    exclude: bool = True,
    cache: bool = True,
    jobs: bool = True,
) -> None:
    """Add the common options.

    *rules* adds those that choose rules; *exclude*, *cache* and *jobs* add ``--exclude``,
    ``--no-cache`` and ``--jobs``, for commands in which they have an effect.
    """
    add_configuration(parser)
    if rules:
        _add_rules(parser)
    group = parser.add_argument_group("running")
    if exclude:
        group.add_argument(
            "--exclude",
            action="extend",
            type=split,
            default=[],
            metavar="GLOBS",
            help="also skip files that match these patterns, relative to the current folder",
        )
    if cache:
        add_switches(group, {"--no-cache": "do not use the cache"})
    if jobs:
        group.add_argument(
            "--jobs",
            type=_number,
            default=0,
            metavar="N",
            help="maximum number of processes (default: one per processor)",
        )
    add_messages(parser)


def add_configuration(parser: argparse.ArgumentParser) -> None:
    """Add ``--config`` and ``--isolated``."""
    group = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    add_files(group, {"--config": "use this configuration file instead of the nearest one"})
    add_switches(group, {"--isolated": "ignore all configuration files"})


def add_messages(parser: argparse.ArgumentParser) -> None:
    """Add ``--color``, ``--quiet`` and ``--verbose``."""
    group = parser.add_argument_group("messages")
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to use color (default: auto: as NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE say, "
        "else on a terminal)",
    )
    either = group.add_mutually_exclusive_group()
    either.add_argument("-q", "--quiet", action="store_true", help="print problems only, no totals")
    either.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="also print which configuration applies, and which patterns match nothing",
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules")
    names = "rule or category names, separated by commas"
    for option, what in (
        ("--select", "run only these"),
        ("--extend-select", "also run these"),
        ("--ignore", "skip these"),
    ):
        group.add_argument(
            option,
            action="extend",
            type=split,
            default=None if option == "--select" else [],
            metavar="NAMES",
            help=f"{what}: {names}",
        )


def split(text: str) -> list[str]:
    """The items of a list with commas; an address is one item, even with a comma in it."""
    if "://" in text:
        return [text]
    return [name for each in text.split(",") if (name := each.strip())]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"must be a whole number, 1 or more, not `{text}`")
    return int(text)
