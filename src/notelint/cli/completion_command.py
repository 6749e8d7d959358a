"""``notelint completion``: shell completion of commands, options and names, by argcomplete."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from notelint.cli.console import write_output
from notelint.text.suggest import listed

SHELLS = ("bash", "zsh", "fish")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=listed(SHELLS, "or"))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        'bash:  eval "$(notelint completion bash)" in ~/.bashrc\n'
        "zsh:   notelint completion zsh > a folder of $fpath/_notelint\n"
        "fish:  notelint completion fish > ~/.config/fish/completions/notelint.fish\n"
        "Needs notelint[completion]."
    )


def run(options: argparse.Namespace) -> int:
    """Print the script for the shell; return the exit status."""
    script: str = _argcomplete().shellcode(["notelint"], shell=options.shell)
    write_output(script.lstrip("\n"))
    return 0


def answer(parser: argparse.ArgumentParser) -> None:
    """Print the completions of the command line in COMP_LINE, and exit.

    Raises :class:`ConfigError` if argcomplete is not installed.
    """
    _argcomplete().autocomplete(parser, always_complete_options=False, default_completer=_values)


def _argcomplete() -> Any:
    try:
        return import_module("argcomplete")
    except ImportError:
        from notelint.config.extras import not_installed

        raise not_installed("argcomplete", "completion") from None


def _values(prefix: str, action: argparse.Action, **_: object) -> Iterable[str]:
    """The values of *action*, which has no choices, that begin with *prefix*."""
    if action.metavar in ("FILE", "PATH"):
        return _files(prefix)
    if action.metavar not in ("NAME", "NAMES"):
        return ()
    import notelint.rules as rules

    if action.metavar == "NAME":
        return [*rules.CATALOG, *rules.CATEGORIES]
    given = prefix[: prefix.rfind(",") + 1]  # a list: complete what is after its last comma
    return [given + name for name in (*rules.CATALOG, *rules.CATEGORIES)]


def _files(prefix: str) -> Iterable[str]:
    """Files and folders; none for bash, which completes them itself."""
    if os.environ.get("_ARGCOMPLETE_SHELL") == "bash":
        return ()
    folder = os.path.dirname(prefix)
    try:
        entries = list(os.scandir(os.path.expanduser(folder) or "."))
    except OSError:
        return ()
    return [os.path.join(folder, each.name) + "/" * each.is_dir() for each in entries]
