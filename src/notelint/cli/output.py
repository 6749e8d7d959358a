"""Where and how findings are printed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from notelint.cli import common
from notelint.config.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.engine.outcome import Report
    from notelint.finding import Diagnostic

FORMATS = ("text", "json", "jsonl", "github", "sarif", "gitlab", "junit")
_FROM_ROOT = ("github", "sarif", "gitlab")  # these look at a repository, whatever the folder


def add_output(parser: argparse.ArgumentParser) -> None:
    """Arguments about the form of the report."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=FORMATS, default="text", help="default: %(default)s"
    )
    group.add_argument("--output-file", metavar="FILE", help="instead of standard output")
    group.add_argument("--sarif-file", metavar="FILE", help="write SARIF there as well")
    group.add_argument(
        "--summary-file",
        metavar="FILE",
        help="append a Markdown table of the findings there as well; "
        "with --output-format github by default the step's summary",
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set",
    )
    group.add_argument("--quiet", action="store_true", help="no counts at the end")
    group.add_argument(
        "--statistics",
        action="store_true",
        help="how often each rule fired: in place of text, or on standard error",
    )


def report(found: Report, options: argparse.Namespace) -> int:
    """Print *found* as *options* ask; the exit status."""
    from notelint.report import text

    summary = _write_beside(found, options)
    common.tell(found.problems)
    if options.statistics and options.output_format != "text":
        print(text.statistics(found.diagnostics), end="", file=sys.stderr)
    if options.output_format == "text":
        shown = _text(found, options)
        common.emit(shown if options.output_file else common.for_log(shown), options.output_file)
    elif options.output_format == "github":
        common.emit(_annotations(found, summary, not options.quiet), options.output_file)
    else:
        common.emit(_formatted(options.output_format, found), options.output_file)
    return common.status(found.diagnostics, found.problems)


def _write_beside(found: Report, options: argparse.Namespace) -> bool:
    """Write what is wanted beside the report; was there a summary? Failures become problems."""
    summary = _summary_file(options)
    written = False
    try:
        if options.sarif_file:
            common.emit(_formatted("sarif", found), options.sarif_file)
        if summary:
            _append_summary(summary, found)
            written = True
    except ConfigError as error:
        found.problems.append(str(error))
    return written


def _text(found: Report, options: argparse.Namespace) -> str:
    from notelint.report import text

    counts = not options.quiet
    if options.statistics:
        shown = text.statistics(found.diagnostics)
        return shown + (text.totals(found.diagnostics, found.files) + "\n" if counts else "")
    if not options.output_file and (sys.stdout.isatty() or options.color == "always"):
        from notelint.cli.screen import lines_of, screen
        from notelint.report import terminal

        return terminal.render(
            found.diagnostics, found.files, screen(options.color), lines_of, counts=counts
        )
    return text.render(found.diagnostics, found.files, counts=counts)


def _formatted(form: str, found: Report) -> str:
    module = import_module(f"notelint.report.{form}")
    diagnostics = _from_root(found) if form in _FROM_ROOT else found.diagnostics
    rendered: str = module.render(diagnostics, found.files)
    return rendered


def _annotations(found: Report, summary: bool, counts: bool) -> str:
    from notelint.report import github

    elsewhere = "the summary of this step lists all" if summary else ""
    diagnostics = _from_root(found)
    return github.render(diagnostics, found.files, elsewhere=elsewhere, counts=counts)


def _from_root(found: Report) -> Sequence[Diagnostic]:
    from notelint.report.place import from_root
    from notelint.workspace.git import repository_root

    here = os.getcwd()
    return from_root(found.diagnostics, repository_root(here) or here)


def _summary_file(options: argparse.Namespace) -> str | None:
    given: str | None = options.summary_file
    if given is None and options.output_format == "github":
        return os.environ.get("GITHUB_STEP_SUMMARY")
    return given


def _append_summary(file: str, found: Report) -> None:
    from notelint.engine import files, output_files
    from notelint.report import summary

    def table(size: int) -> bytes:
        lead = "\n" if size else ""  # what is there may lack its last line end
        room = summary.LIMIT - size - len(lead)  # all that a step appends counts
        text = summary.render(_from_root(found), found.files, room, found.problems)
        return (lead + text).encode("utf-8") if text else b""

    try:
        output_files.append(file, table)
    except files.FileProblem as problem:
        raise ConfigError(str(problem)) from None
