"""``notelint init``: a starter configuration, and the entries that make notelint run."""

from __future__ import annotations

import argparse
from pathlib import Path

from notelint.cli import console
from notelint.cli.common_options import add_switches
from notelint.commands.command_settings import InitSettings


def arguments(parser: argparse.ArgumentParser) -> None:
    switches = {
        "--pre-commit": "add hooks for pre-commit, and install them",
        "--workflow": "add a workflow for GitHub Actions",
        "--from-markdownlint": "copy the ignored files and the comparable disabled rules of "
        "markdownlint",
        "--schema": "only print the JSON Schema of the configuration",
    }
    add_switches(parser, switches)


def run(options: argparse.Namespace) -> int:
    """Write what is missing in the current folder; return the exit status."""
    if options.schema:
        from notelint.config.schema import render

        console.write_output(render())
        return 0
    from notelint.commands.init_run import init

    settings = InitSettings(
        Path.cwd(), options.from_markdownlint, options.pre_commit, options.workflow
    )
    failures = init(settings, console)
    console.print_messages(failures)
    return 2 if failures else 0
