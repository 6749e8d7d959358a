"""``notelint completion``: a script that completes the commands and options in a shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from notelint.cli import common
from notelint.text.named import NamedTuple

SHELLS = ("bash", "zsh", "fish")
_FILES = ("FILE", "PATH")
_RULES = ("NAME", "NAMES")


class Option(NamedTuple):
    """An option, or with no flags an argument by place.

    ``values`` are the words that it takes; ``takes`` says whether it takes any, ``listed`` that
    it takes several with commas between, ``files`` that it takes names of files.
    """

    flags: tuple[str, ...]
    help: str
    takes: bool
    values: tuple[str, ...] = ()
    listed: bool = False
    files: bool = False


class Command(NamedTuple):
    """A command with its options and the arguments that it takes by place."""

    name: str
    help: str
    options: tuple[Option, ...]
    places: tuple[Option, ...]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("shell", choices=SHELLS)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        'bash:  eval "$(notelint completion bash)" in ~/.bashrc\n'
        "zsh:   notelint completion zsh > a folder of $fpath/_notelint\n"
        "fish:  notelint completion fish > ~/.config/fish/completions/notelint.fish"
    )


def run(options: argparse.Namespace) -> int:
    """Print the script; the exit status."""
    from notelint.cli import shells
    from notelint.cli.main import parser

    script: str = getattr(shells, options.shell)(commands(parser()))
    common.emit(script)
    return 0


def commands(parser: argparse.ArgumentParser) -> list[Command]:
    """What *parser* takes, by command."""
    from notelint.cli.main import COMMANDS

    subparsers = next(
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    return [
        Command(name, COMMANDS[name], tuple(_options(each, True)), tuple(_options(each, False)))
        for name, each in subparsers.choices.items()
    ]


def _options(parser: argparse.ArgumentParser, flags: bool) -> Iterator[Option]:
    for action in parser._actions:
        if bool(action.option_strings) == flags:
            metavar = action.metavar if isinstance(action.metavar, str) else ""
            help_text = (action.help or "") % {**vars(action), "prog": parser.prog}
            yield Option(
                flags=tuple(action.option_strings),
                help=help_text,
                takes=action.nargs != 0,
                values=_values(action, metavar),
                listed=metavar == "NAMES",
                files=metavar in _FILES,
            )


def _values(action: argparse.Action, metavar: str) -> tuple[str, ...]:
    if action.choices is not None:
        return tuple(map(str, action.choices))
    if metavar not in _RULES:
        return ()
    from notelint import rules

    return (*rules.CATALOG, *(rules.CATEGORIES if metavar == "NAMES" else ()))
