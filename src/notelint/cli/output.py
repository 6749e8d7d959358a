"""Options of the report, and where it goes."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from notelint.cli.common_options import add_files, add_switches
from notelint.cli.console import for_log, print_messages, wants_color, write_output
from notelint.config.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from notelint.diagnostics import RunReport
    from notelint.text.source import LineIndex

TEXT = ("text", "concise", "full", "grouped")
FORMATS = (*TEXT, "json", "jsonl", "github", "sarif", "gitlab", "junit", "checkstyle", "rdjsonl")
_FROM_ROOT = ("github", "sarif", "gitlab")  # paths from the root of the repository


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add options of the report."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        help="default: %(default)s, which is full on a terminal and concise elsewhere",
    )
    files = {
        "--output-file": "write the report to FILE, not to standard output",
        "--sarif-file": "also write SARIF to FILE",
    }
    add_files(group, files)
    group.add_argument(
        "--summary-file",
        metavar="FILE",  # may be empty: then there is no summary
        help="also append a Markdown table of the problems to FILE (default with "
        "--output-format github: the summary of the step)",
    )
    about = "print the number of problems per rule: in place of a text report, or on standard error"
    add_switches(group, {"--statistics": about})
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        help="exit with 1 for errors only, for all problems (default), or never",
    )
    group.add_argument(
        "--exit-zero",
        action="store_const",
        dest="fail_on",
        const="never",
        help="exit with 0 despite problems; the same as --fail-on never",
    )


def print_report(found: RunReport, options: argparse.Namespace) -> int:
    """Print *found* as *options* say; return the exit status."""
    from notelint.report import plain_text

    if any(each.many for each in found.diagnostics):
        from notelint.report.gathered import gathered

        found.diagnostics = gathered(found.diagnostics)
    _write_beside(found, options)
    print_messages(found.failures)
    if options.output_format in TEXT:
        shown = _text(found, options)
        write_output(shown if options.output_file else for_log(shown), options.output_file)
    else:
        if options.statistics:
            print(plain_text.statistics(found.diagnostics), end="", file=sys.stderr)
        shown = _formatted(options.output_format, found)
        if options.output_format == "github" and found.files and not options.quiet:
            shown += plain_text.totals(found) + "\n"
        write_output(shown, options.output_file)
    return exit_status(found, options.fail_on or "warning")


def exit_status(found: RunReport, fail_on: str = "warning", *, would_change: bool = False) -> int:
    """The exit status after a run: 2, 1 or 0.

    2 if a file could not be handled; 1 for a problem of the severity *fail_on* or worse, or if
    a command that writes nothing *would change* a note.
    """
    if found.failures:
        return 2
    if fail_on == "error":
        fails = any(each.severity.value == "error" for each in found.diagnostics)
    else:
        fails = bool(found.diagnostics) and fail_on != "never"
    return int(fails or would_change)


def _write_beside(found: RunReport, options: argparse.Namespace) -> None:
    """Write the additional files; a failure becomes a problem of *found*."""
    summary = options.summary_file
    if summary is None and options.output_format == "github":
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
    try:
        if options.sarif_file:
            write_output(_formatted("sarif", found), options.sarif_file)
        if summary:
            _append_summary(summary, found)
            found.in_step_summary = True
    except ConfigError as error:
        found.failures.append(str(error))


def _text(found: RunReport, options: argparse.Namespace) -> str:
    from notelint.report import plain_text

    new = vars(options).get("baseline") is not None
    totals = plain_text.totals(found, new=new) + "\n" if found.files and not options.quiet else ""
    if options.statistics:
        return plain_text.statistics(found.diagnostics) + totals
    on_terminal = not options.output_file and sys.stdout.isatty()
    form = options.output_format
    if form == "text":
        form = "full" if on_terminal else "concise"
    colored = not options.output_file and wants_color(options.color)
    if form == "concise" and not colored:
        return plain_text.render(found) + totals
    from notelint.cli.tty import screen
    from notelint.report import terminal

    shown = screen("never" if options.output_file else options.color)
    totals = shown.strong(totals.removesuffix("\n")) + totals[-1:]
    if totals and found.diagnostics and on_terminal:
        totals += _LEARN_MORE
    if form == "full":
        return terminal.render(found, shown, _lines()) + totals
    return (terminal.grouped if form == "grouped" else terminal.concise)(found, shown) + totals


_LEARN_MORE = "Learn more about a rule with notelint rules NAME\n"


def _lines() -> Callable[[str], LineIndex | None]:
    """The lines of a file by its path, kept for the next finding: they come sorted by path."""
    from functools import lru_cache

    from notelint.cli.tty import lines_of

    return lru_cache(maxsize=1)(lines_of)


def _formatted(form: str, found: RunReport) -> str:
    if form == "rdjsonl":
        from notelint.report import rdjsonl

        return rdjsonl.render(found, _lines())
    name, function = ("json", "render_lines") if form == "jsonl" else (form, "render")
    render = getattr(import_module(f"notelint.report.{name}"), function)
    rendered: str = render(_from_root(found) if form in _FROM_ROOT else found)
    return rendered


def _from_root(found: RunReport) -> RunReport:
    from notelint.report.identity import from_root
    from notelint.workspace.git import repository_root

    here = os.getcwd()
    return from_root(found, repository_root(here) or here)


def _append_summary(file: str, found: RunReport) -> None:
    from notelint.engine import output_files
    from notelint.report.github import MAX_SUMMARY_BYTES, render_summary

    def table(size: int) -> bytes:
        lead = "\n" if size else ""  # the last line there may lack its end
        room = MAX_SUMMARY_BYTES - size - len(lead)  # the limit is for all that a step appends
        text = render_summary(_from_root(found), room)
        return (lead + text).encode("utf-8") if text else b""

    output_files.append(file, table)
