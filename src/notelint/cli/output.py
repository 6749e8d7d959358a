"""Where and how findings are printed."""

from __future__ import annotations

import argparse
from importlib import import_module

from notelint.cli import common
from notelint.engine.run import Report

FORMATS = ("text", "json")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Arguments about the form of the report."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=FORMATS, default="text", help="default: %(default)s"
    )
    group.add_argument("--output-file", metavar="FILE", help="instead of standard output")
    group.add_argument("--quiet", action="store_true", help="no counts at the end")
    group.add_argument("--statistics", action="store_true", help="how often each rule fired")


def report(found: Report, options: argparse.Namespace) -> int:
    """Print *found* as *options* ask; the exit status."""
    common.tell(found.problems)
    common.emit(_rendered(found, options), options.output_file)
    return common.status(found.diagnostics, found.problems)


def _rendered(found: Report, options: argparse.Namespace) -> str:
    from notelint.report import text

    if options.statistics and options.output_format == "text":
        counts = "" if options.quiet else text.totals(found.diagnostics, found.files) + "\n"
        return text.statistics(found.diagnostics) + counts
    if options.quiet and options.output_format == "text":
        return "".join(text.line(each) + "\n" for each in found.diagnostics)
    form = import_module(f"notelint.report.{options.output_format}")
    rendered: str = form.render(found.diagnostics, found.files)
    return rendered
