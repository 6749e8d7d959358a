"""``notelint``: the arguments, and which command they call."""

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

# argparse looks on the disk for translations of its words, of which it has none, at every start.
vars(argparse)["_"] = str

COMMANDS = {
    "check": "report what is broken; writes nothing",
    "fix": "apply safe fixes in place, then report what is left",
    "toc": "create or refresh tables of contents in place",
    "links": "request the external links; report the dead and the moved",
    "fmt": "lay out with mdformat, keeping the rendered page and tables of contents",
    "rules": "list the rules, or explain one",
    "init": "write a configuration to start with, and entries for hooks and workflows",
    "clean": "remove what is cached",
    "completion": "print a script that completes commands and options in a shell",
}


def parser(*, arguments: bool = True) -> argparse.ArgumentParser:
    """What takes a command and its arguments; without *arguments* only its name.

    The arguments of a command are in its own module, which takes time to load.
    """
    top = _Parser(
        prog="notelint",
        description="Find and repair what is broken for a reader of hand-written Markdown notes.",
        epilog="Exit status: 0 nothing to report, 1 findings, 2 a wrong call or unreadable file.",
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
    """What takes the arguments of the command *name*, and nothing else."""
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
    """Let *command* take the arguments of the command *name*; what runs it."""
    module = import_module(f"notelint.cli.{name}")
    module.arguments(command)
    run: Callable[..., int] = module.run
    return run


class _Parser(argparse.ArgumentParser):
    """As argparse has it, but that what is wrong is told in harmless characters.

    A hook names the files of a repository, and a file may have any name.
    """

    def error(self, message: str) -> NoReturn:
        from notelint.cli.common import for_log
        from notelint.report.escape import printable

        super().error(for_log(printable(message)))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """As argparse makes it, which would load the packers of archives to know the width."""
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
    """Run the command that *arguments* name; the exit status."""
    given = [*map(_meant, sys.argv[1:] if arguments is None else arguments)]
    if given and given[0] in COMMANDS:
        options = _command(given[0]).parse_args(given[1:])
    else:
        # no command comes first: for help, or to say what is wrong
        options = parser(arguments=not COMMANDS.keys().isdisjoint(given)).parse_args(given)

    from notelint.cli import stdin
    from notelint.cli.common import tell
    from notelint.config.location import ConfigError

    try:
        with stdin.result(options):
            status: int = options.run(options)
    except ConfigError as error:
        tell([str(error)])  # a configuration may come from a stranger, too
        return 2
    return status


def _complete() -> int:
    """Tell the shell how the command line may go on; the exit status."""
    from notelint.cli.common import tell
    from notelint.cli.completion import answer
    from notelint.config.location import ConfigError

    try:
        answer(parser())
    except ConfigError as error:
        tell([str(error)])
        return 2
    return 0


def _meant(argument: str) -> str:
    """*argument*, so that it can't be taken for an option where it is the name of a note.

    A hook gets the names of files behind its options, and a stranger may have named a note
    ``--output-file=README.md``. No other file counts: ``--check`` stays what the caller meant.
    """
    is_note = argument.startswith("-") and argument.lower().endswith((".md", ".markdown"))
    return f"./{argument}" if is_note and os.path.lexists(argument) else argument


def entry() -> None:
    """The console script."""
    # Documents are large and hold no cycles: looking for these again and again is a fifth of a run.
    gc.set_threshold(1_000_000, 50, 100)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever called us closed it
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, "r" if name == "stdin" else "w"))
    try:
        status = _complete() if "_ARGCOMPLETE" in os.environ else main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # To take apart what we hold is a tenth of a run, and nothing waits for that to happen.
    os._exit(status)
