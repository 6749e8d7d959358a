"""Standard input as a note: how an editor asks about a text that is not saved."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from notelint.config.location import ConfigError
from notelint.workspace import read_note

_CHANGE = ("fix", "toc", "fmt")  # these change notes, and others do with --fix


def asked(options: argparse.Namespace) -> bool:
    """Whether ``-`` is among the PATH arguments. Raises ConfigError for more beside it."""
    if "-" not in options.paths:
        if options.stdin_filename is not None:
            raise ConfigError("--stdin-filename is for the path `-`")
        return False
    if len(options.paths) > 1:
        raise ConfigError("`-`, standard input, must be the only path")
    return True


def path(options: argparse.Namespace) -> str:
    """Where the text would be; it decides which repository and configuration are meant."""
    given: str = options.stdin_filename or "-"
    return given


def take(options: argparse.Namespace) -> str:
    """Read standard input; from now on it is what is in the file at the path returned."""
    note = path(options)
    read_note.give(note, sys.stdin.buffer.read())
    return note


@contextmanager
def result(options: argparse.Namespace) -> Iterator[None]:
    """Around a command: where it changes standard input, standard output is for the new text, and
    what the command reports goes to standard error."""
    given = vars(options)
    changes = options.command in _CHANGE or given.get("fix")
    if not changes or given.get("check") or given.get("diff") or not asked(options):
        yield
        return
    with redirect_stdout(sys.stderr):
        yield
    _put(options)


def _put(options: argparse.Namespace) -> None:
    """Print what has become of the text, or the text as it was."""
    from notelint.cli.common import put

    put(read_note.given(path(options)))
