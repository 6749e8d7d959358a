"""``notelint report``: the state of a collection of notes, as a page or as data."""

from __future__ import annotations

import argparse

from notelint.cli.common_options import add_common, add_files
from notelint.cli.console import print_messages, write_output
from notelint.cli.inputs import add_paths
from notelint.cli.output import exit_status
from notelint.cli.run_options import progress, run_settings
from notelint.collection.labels import LANGUAGES
from notelint.commands.command_settings import ReportSettings

FORMATS = ("html", "json", "markdown", "mermaid", "dot", "badge")


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    group = parser.add_argument_group("output")
    group.add_argument("--output-format", choices=FORMATS, default="html", help="default: html")
    add_files(group, {"--output-file": "write to FILE, not to standard output"})
    group.add_argument(
        "--language", choices=LANGUAGES, default="en", help="language of the page (default: en)"
    )
    group.add_argument(
        "--around",
        metavar="PATH",
        help="draw the links around this note, or with mermaid and dot in this folder (default: "
        "around the note with the most links; with mermaid and dot, all)",
    )
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="never",
        help="exit with 1 for errors only, for all problems, or never (default)",
    )
    group = parser.add_argument_group("comparison")
    earlier = {
        "--history": "show the trend of the runs recorded in FILE, and record this one if it "
        "differs from the last",
        "--baseline": "show what differs from FILE, a baseline of `check` or the JSON of an "
        "earlier report",
    }
    add_files(group, earlier)
    add_common(parser)
    parser.epilog = (
        "The page requests nothing and can be read without its script. What the JSON holds is "
        "described in collection/collection.schema.json of the package. The states of external "
        "hosts are those that `notelint links` has cached. A note is unreachable if no links lead "
        "to it from an index; the rule `unreachable-note` reports it only where most are reachable."
    )


def run(options: argparse.Namespace) -> int:
    """Write the state of the notes; return the exit status."""
    from notelint.commands.report_run import report

    settings = ReportSettings(
        run=run_settings(options),
        form=options.output_format,
        language=options.language,
        around=options.around,
        history=options.history,
    )
    text, found = report(settings, progress)
    print_messages(found.failures)
    write_output(text, options.output_file)
    return exit_status(found, options.fail_on)
