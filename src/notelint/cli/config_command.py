"""``notelint config``: the settings that hold for a path, or what a key means."""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING, Any

from notelint.cli.common_options import add_common
from notelint.cli.console import for_log, print_messages, write_output
from notelint.text.escape import printable, to_json

if TYPE_CHECKING:
    from notelint.commands.config_run import PathSettings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "subject",
        nargs="?",
        default=".",
        metavar="PATH|KEY",
        help="a file or folder (default: the current one), or a key such as `toc.min-level`",
    )
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: %(default)s"
    )
    add_common(parser, cache=False, jobs=False)


def run(options: argparse.Namespace) -> int:
    """Print the settings, or the page of a key; return the exit status."""
    from notelint.cli.inputs import configurations, layer
    from notelint.commands import config_run

    subject = options.subject
    if (page := config_run.explained(subject)) is not None:
        if os.path.lexists(subject) and not options.quiet:
            print_messages([f"`{subject}` is a key; for the path, write ./{subject}"])
        write_output(page)
        return 0
    if not os.path.exists(subject):
        raise config_run.unknown(subject)
    options.paths = [subject]
    names = ("select", "extend_select", "ignore", "exclude")
    given = {name.replace("_", "-"): each for name in names if (each := vars(options)[name])}
    found = config_run.settings_for(subject, configurations(options), layer(options), given)
    as_json = options.output_format == "json"
    write_output(_as_json(found) if as_json else for_log(_as_text(found)))
    return 0


def _as_json(found: PathSettings) -> str:
    data: dict[str, Any] = {
        "version": 1,
        "path": found.path,
        "file": found.file,
        "excluded": found.excluded,
        "settings": [dict(zip(each._fields, each, strict=True)) for each in found.settings],
        "rules": found.rules,
    }
    return to_json(data, indent=1) + "\n"


def _as_text(found: PathSettings) -> str:
    rows = [
        (each.key, json.dumps(each.value, ensure_ascii=False), each.source)
        for each in found.settings
    ]
    widths = [min(40, max(len(row[at]) for row in rows)) for at in (0, 1)]
    state = "excluded" if found.excluded else f"checked with {len(found.rules)} rules"
    lines = [
        f"{found.path}: {state}",
        f"configuration: {found.file or 'none, the defaults apply'}",
        "",
        *(f"{key:{widths[0]}}  {value:{widths[1]}}  {source}" for key, value, source in rows),
        *(["", f"rules: {', '.join(found.rules)}"] if not found.excluded else []),
    ]
    return "".join(f"{printable(each)}\n" for each in lines)
