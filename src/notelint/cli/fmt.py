"""``notelint fmt``: lay out with mdformat, keeping the rendered page."""

from __future__ import annotations

import argparse

from notelint.cli import common


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="name what would change; write nothing")
    mode.add_argument("--diff", action="store_true", help="print what would change; write nothing")
    common.add_force(parser)
    parser.epilog = (
        "The nearest .mdformat.toml says how: wrap, number, end_of_line, exclude, plugin, "
        "extensions, codeformatters. A note that would be another page is named and left alone."
    )


def run(options: argparse.Namespace) -> int:
    """Lay out, or say what would change; the exit status."""
    from notelint.engine.layout import lay_out_all
    from notelint.report.escape import printable

    files, problems = common.notes(options)
    write = not (options.check or options.diff)
    found = lay_out_all(files, write=write, paths=options.paths, force=options.force)
    common.tell([*problems, *found.problems])
    verb = "would change" if options.check else "laid out"
    shown = (
        common.diff(path, before, after) if options.diff else f"{printable(path)}: {verb}\n"
        for path, before, after in found.changed
    )
    common.emit_diffs("".join(shown))
    dirty = bool(found.changed) and (options.check or options.diff)
    return common.status(dirty, [*problems, *found.problems])
