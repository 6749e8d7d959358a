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
    "check": "report what is broken; write nothing",
    "fix": "apply safe fixes in place, then report what is left",
    "toc": "create or refresh tables of contents in place",
    "links": "request external links; report those that are dead or have moved",
    "fmt": "format with mdformat; keep the rendered page and tables of contents",
    "mv": "move or rename notes, folders and pictures; update every link",
    "rename": "give a heading another text; update every link to it",
    "report": "write the state of the notes, as a page or as data",
    "server": "start a language server for an editor, on standard input and output",
    "rules": "list the rules, or explain one",
    "config": "print the settings that apply to a path, or explain a key",
    "init": "write a starter configuration, pre-commit hooks, a workflow",
    "clean": "delete the cache",
    "completion": "print a script for shell completion",
}

# The common options, which may also stand before the command, and whether a value follows each.
LEADING = {
    "--config": True,
    "--isolated": False,
    "--no-cache": False,
    "--jobs": True,
    "--color": True,
    "--quiet": False,
    "-q": False,
    "--verbose": False,
    "-v": False,
    "--select": True,
    "--extend-select": True,
    "--ignore": True,
    "--exclude": True,
}


def parser(*, arguments: bool = True) -> argparse.ArgumentParser:
    """The parser of all commands; without *arguments*, only of their names.

    The arguments of a command are in its own module, which takes time to load.
    """
    top = _Parser(
        prog="notelint",
        description="Find and repair what is broken for a reader of hand-written Markdown notes.",
        epilog="`notelint PATH` is short for `notelint check PATH`. These options may also stand "
        f"before the command: {', '.join(LEADING)}. Exit status: 0 no problems; 1 problems, or "
        "changes with --check or --diff; 2 usage errors, or a file that cannot be read or written.",
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    version = f"notelint {__version__}"
    top.add_argument("-V", "--version", action="version", version=version)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, **_about(name))
        if arguments:
            command.set_defaults(run=_add_arguments(command, name))
    return top


def _command(name: str) -> _Parser:
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
    """Add the arguments of the command *name* to its parser; return the function that runs it.

    Each module ``cli/<name>_command.py`` has both: ``arguments`` and ``run``.
    """
    module = import_module(f"notelint.cli.{name}_command")
    module.arguments(command)
    run: Callable[..., int] = module.run
    return run


class _Parser(argparse.ArgumentParser):
    """Reports a usage error in one line, with the closest name instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        from notelint.cli.usage_errors import in_words

        _refuse(in_words(message, self.prog))

    def parse(self, given: Sequence[str]) -> argparse.Namespace:
        """Parse *given*, in which options may be between paths, and names only after ``--``."""
        lists = (each for each in self._actions if each.nargs in ("*", "+"))
        many = next((each.dest for each in lists if not each.option_strings), None)
        end = given.index("--") if many and "--" in given else len(given)
        options, more = self.parse_known_args(given[:end])
        for each in more:
            if each[:1] == "-" and each != "-":
                from notelint.cli.usage_errors import unknown_option

                self.error(unknown_option(self, each, parser))
        if more := [*more, *given[end + 1 :]]:
            if many is None:
                self.error(f"unexpected argument `{more[0]}`")
            setattr(options, many, [*getattr(options, many), *more])
        return options

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or the version; argparse would hide that a disk is full."""
        try:
            sys.stdout.write(message)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            from notelint.cli.console import unwritten

            _refuse(str(unwritten(error)))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from notelint.cli.usage_errors import unknown_value

            raise argparse.ArgumentError(action, unknown_value(value, action.choices))


def _refuse(message: str) -> NoReturn:
    """Print a usage error; control characters in it are escaped: a hook passes any file names."""
    from notelint.cli.console import print_messages

    print_messages([message])
    raise SystemExit(2)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """The formatter of help, with the width given: argparse would load shutil to find it."""
    return argparse.HelpFormatter(prog, width=columns() - 2)


@cache
def columns() -> int:
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
    if not given:
        parser(arguments=False).print_help()
        return 0
    name, rest = _split(given)
    if name is None:
        parser(arguments=False).parse_args(rest)  # prints, and exits
        return 0
    options = _command(name).parse(rest)
    if name not in given and not options.paths:
        _refuse(f"no command and no path; did you mean `notelint check {' '.join(given)}`?")

    from notelint.cli.console import print_messages
    from notelint.cli.inputs import stdin_result
    from notelint.config.errors import ConfigError
    from notelint.workspace.read_note import FileProblem

    try:
        with stdin_result(options):
            status: int = options.run(options)
    except (ConfigError, FileProblem) as error:
        print_messages([str(error)])
        return 2
    print_messages(filter(None, [vars(options).get("nothing")]))
    return status


def _split(given: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The command in *given* and its arguments; the command is None for help and the version.

    Common options before the command are among its arguments. Without a command, but with a path,
    it is ``check``.
    """
    at = 0
    while at < len(given) and (name := given[at].partition("=")[0]) in LEADING:
        at += 2 if LEADING[name] and name == given[at] else 1
    word = given[at] if at < len(given) else None
    if word in COMMANDS:
        return word, [*given[:at], *given[at + 1 :]]
    if word in ("-h", "--help", "-V", "--version"):
        return None, [word]
    if word is None or (word != "--" and _is_path(word)):
        return "check", given
    from notelint.cli.usage_errors import no_command

    message = no_command(given, word, COMMANDS, parser)
    return ("check", given) if message is None else _refuse(message)


def _is_path(word: str) -> bool:
    """Whether *word* can only be a path: of something that exists, or by the look of it."""
    if word[:1] == "-":
        return word == "-"
    return not {*"./\\*?["}.isdisjoint(word) or os.path.lexists(word)


def _complete() -> int:
    """Print completions of the command line for the shell; return the exit status."""
    from notelint.cli.completion_command import answer
    from notelint.cli.console import print_messages
    from notelint.config.errors import ConfigError

    try:
        answer(parser())
    except ConfigError as error:
        print_messages([str(error)])
        return 2
    return 0


def _protected(argument: str) -> str:
    """*argument*, after ``./`` if it is the name of a note that looks like an option.

    A hook passes the names of files, and a stranger may have named a note
    ``--output-file=README.md``. Other files do not count: ``--check`` stays an option.
    """
    if not (argument.startswith("-") and os.path.lexists(argument)):
        return argument
    from notelint.text.suffixes import SUFFIXES

    return f"./{argument}" if argument.lower().endswith(SUFFIXES) else argument


def entry() -> None:
    """Run the console script."""
    # Documents are large and have no cycles; to look for these takes a fifth of a run. The largest
    # notes have some ten million objects.
    gc.set_threshold(10_000_000, 50, 100)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            nothing = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nothing, "r" if name == "stdin" else "w"))
    try:
        status = _complete() if "_ARGCOMPLETE" in os.environ else main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has seen enough
        from notelint.cli.console import discard_stdout

        discard_stdout()
        status = 1
    except OSError as error:
        from notelint.cli.console import status_of_failure

        status = status_of_failure(error)
    except KeyboardInterrupt:
        from notelint.cli.console import INTERRUPTED

        status = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Freeing all objects takes a tenth of a run, and nothing needs it.
    os._exit(status)
