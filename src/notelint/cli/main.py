"""``notelint``: parses the arguments and runs the command that they name."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module

from notelint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

# At every start, argparse would search the disk for translations of its messages; there are none.
vars(argparse)["_"] = str

COMMANDS = {
    "check": "report what is broken; writes nothing",
    "fix": "apply safe fixes in place, then report what is left",
    "toc": "create or refresh tables of contents in place",
    "links": "request the external links; report the dead and the moved",
    "fmt": "lay out with mdformat, keeping the rendered page and tables of contents",
    "rules": "list the rules, or explain one",
    "init": "write a starter configuration, and entries for hooks and workflows",
    "clean": "remove what is cached",
    "completion": "print a shell script that completes commands and options",
}


def parser(*, arguments: bool = True) -> argparse.ArgumentParser:
    """The parser of all commands; without *arguments*, only of their names.

    The arguments of a command are in its own module, which takes time to load.
    """
    top = _Parser(
        prog="notelint",
        description="Find and repair what is broken for a reader of hand-written Markdown notes.",
        epilog="Exit status: 0 nothing to report, 1 findings, 2 usage error or unreadable file.",
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    top.add_argument("--version", action="version", version=f"notelint {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, **_about(name))
        if arguments:
            command.set_defaults(run=_add_arguments(command, name))
    return top


def _command(name: str) -> argparse.ArgumentParser:
    """The parser of the arguments of the command *name* only."""
    command = _Parser(prog=f"notelint {name}", **_about(name))
    command.set_defaults(command=name, run=_add_arguments(command, name))
    return command


def _about(name: str) -> dict[str, Any]:
    summary = COMMANDS[name]
    return {
        "description": f"{summary[0].upper()}{summary[1:]}.",
        "allow_abbrev": False,
        "formatter_class": _formatter,
    }


def _add_arguments(command: argparse.ArgumentParser, name: str) -> Callable[..., int]:
    """Add the arguments of the command *name* to its parser; return the function that runs it."""
    module = import_module(f"notelint.cli.{name}_command")
    module.arguments(command)
    run: Callable[..., int] = module.run
    return run


class _Parser(argparse.ArgumentParser):
    """Escapes control characters in error messages: a hook passes file names of any kind."""

    def error(self, message: str) -> NoReturn:
        from notelint.cli.console import for_log
        from notelint.report.escape import printable

        super().error(for_log(printable(message)))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """The formatter of help, with the width given: argparse would load shutil to find it."""
    return argparse.HelpFormatter(prog, width=_columns() - 2)


@cache
def _columns() -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given):
        return int(given)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name; return the exit status."""
    given = [*map(_protected, sys.argv[1:] if arguments is None else arguments)]
    if given and given[0] in COMMANDS:
        options = _command(given[0]).parse_args(given[1:])
    else:
        # no command comes first: help is wanted, or an error follows
        options = parser(arguments=not COMMANDS.keys().isdisjoint(given)).parse_args(given)

    from notelint.cli.console import print_problems
    from notelint.cli.inputs import stdin_result
    from notelint.config.location import ConfigError

    try:
        with stdin_result(options):
            status: int = options.run(options)
    except ConfigError as error:
        print_problems([str(error)])
        return 2
    return status


def _complete() -> int:
    """Print completions of the command line for the shell; return the exit status."""
    from notelint.cli.completion_command import answer
    from notelint.cli.console import print_problems
    from notelint.config.location import ConfigError

    try:
        answer(parser())
    except ConfigError as error:
        print_problems([str(error)])
        return 2
    return 0


def _protected(argument: str) -> str:
    """*argument*, behind ``./`` if it is the name of a note that looks like an option.

    A hook passes the names of files, and a stranger may have named a note
    ``--output-file=README.md``. Other files do not count: ``--check`` stays an option.
    """
    is_note = argument.startswith("-") and argument.lower().endswith((".md", ".markdown"))
    return f"./{argument}" if is_note and os.path.lexists(argument) else argument


def entry() -> None:
    """Run the console script."""
    # Documents are large and have no cycles; to look for these takes a fifth of a run.
    gc.set_threshold(1_000_000, 50, 100)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, "r" if name == "stdin" else "w"))
    try:
        status = _complete() if "_ARGCOMPLETE" in os.environ else main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Freeing all objects takes a tenth of a run, and nothing needs it.
    os._exit(status)
