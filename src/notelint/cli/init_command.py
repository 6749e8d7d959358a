"""``notelint init``: a starter configuration, and the entries that make notelint run."""

from __future__ import annotations

import argparse
from pathlib import Path

from notelint.cli import console


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--pre-commit", action="store_true", help="add hooks for pre-commit, and install them"
    )
    parser.add_argument("--workflow", action="store_true", help="add a workflow for GitHub Actions")
    parser.add_argument(
        "--from-markdownlint",
        action="store_true",
        help="copy the ignored files and the comparable disabled rules of markdownlint",
    )
    parser.add_argument(
        "--schema", action="store_true", help="only print the JSON Schema of the configuration"
    )


def run(options: argparse.Namespace) -> int:
    """Write what is missing in the current folder; return the exit status."""
    if options.schema:
        from notelint.config.schema import render

        console.write_output(render())
        return 0
    from notelint.commands.command_settings import InitSettings
    from notelint.commands.init_run import init

    settings = InitSettings(
        Path.cwd(), options.from_markdownlint, options.pre_commit, options.workflow
    )
    failures = init(settings, console)
    console.print_messages(failures)
    return 2 if failures else 0
