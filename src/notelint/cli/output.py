"""Where and how findings are printed."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from notelint.cli import common
from notelint.config.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.run_report import RunReport

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


def report(found: RunReport, options: argparse.Namespace) -> int:
    """Print *found* as *options* ask; the exit status."""
    from notelint.report import plain_text

    _write_beside(found, options)
    common.tell(found.problems)
    if options.output_format == "text":
        shown = _text(found, options)
        common.emit(shown if options.output_file else common.for_log(shown), options.output_file)
    else:
        if options.statistics:
            print(plain_text.statistics(found.diagnostics), end="", file=sys.stderr)
        shown = _formatted(options.output_format, found)
        if options.output_format == "github" and not options.quiet:
            shown += plain_text.totals(found) + "\n"
        common.emit(shown, options.output_file)
    return common.status(found.diagnostics, found.problems)


def _write_beside(found: RunReport, options: argparse.Namespace) -> None:
    """Write the reports wanted in other files; a failure becomes a problem of *found*."""
    summary = _summary_file(options)
    try:
        if options.sarif_file:
            common.emit(_formatted("sarif", found), options.sarif_file)
        if summary:
            _append_summary(summary, found)
            found.in_step_summary = True
    except ConfigError as error:
        found.problems.append(str(error))


def _text(found: RunReport, options: argparse.Namespace) -> str:
    from notelint.report import plain_text

    totals = "" if options.quiet else plain_text.totals(found) + "\n"
    if options.statistics:
        return plain_text.statistics(found.diagnostics) + totals
    if not options.output_file and (sys.stdout.isatty() or options.color == "always"):
        from notelint.cli.screen import lines_of, screen
        from notelint.report import terminal

        shown_on = screen(options.color)
        totals = shown_on.strong(totals.removesuffix("\n")) + totals[-1:]
        return terminal.render(found, shown_on, lines_of) + totals
    return plain_text.render(found) + totals


def _formatted(form: str, found: RunReport) -> str:
    name, function = ("json", "render_lines") if form == "jsonl" else (form, "render")
    render = getattr(import_module(f"notelint.report.{name}"), function)
    rendered: str = render(_from_root(found) if form in _FROM_ROOT else found)
    return rendered


def _from_root(found: RunReport) -> RunReport:
    from notelint.report.identity import from_root
    from notelint.workspace.git import repository_root

    here = os.getcwd()
    return from_root(found, repository_root(here) or here)


def _summary_file(options: argparse.Namespace) -> str | None:
    given: str | None = options.summary_file
    if given is None and options.output_format == "github":
        return os.environ.get("GITHUB_STEP_SUMMARY")
    return given


def _append_summary(file: str, found: RunReport) -> None:
    from notelint.engine import output_files
    from notelint.report.github import MAX_SUMMARY_BYTES, render_summary
    from notelint.workspace import read_note

    def table(size: int) -> bytes:
        lead = "\n" if size else ""  # what is there may lack its last line end
        room = MAX_SUMMARY_BYTES - size - len(lead)  # all that a step appends counts
        text = render_summary(_from_root(found), room)
        return (lead + text).encode("utf-8") if text else b""

    try:
        output_files.append(file, table)
    except read_note.FileProblem as problem:
        raise ConfigError(str(problem)) from None
