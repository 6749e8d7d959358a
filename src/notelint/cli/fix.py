"""``notelint fix``: apply fixes in place, then report what is left."""

from __future__ import annotations

import argparse
import os

from notelint.cli import adopt, common
from notelint.cli.output import add_output, report
from notelint.cli.running import add_running, memories


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    common.add_paths(parser)
    parser.add_argument("--unsafe", action="store_true", help="apply the unsafe fixes as well")
    parser.add_argument(
        "--diff", action="store_true", help="print what would change; write nothing"
    )
    common.add_force(parser)
    common.add_rules(parser)
    add_running(parser)
    adopt.add_adoption(parser, writes=True)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Fix, then report what is left; with ``--diff`` only show it. The exit status."""
    from notelint.cli.progress import Progress
    from notelint.engine.note import note_at
    from notelint.engine.repair import Repair
    from notelint.engine.run import Run

    active = common.active_rules(options)
    files, problems = common.notes(options)
    with Progress() as progress:
        notes = [note_at(file, os.getcwd()) for file in files]
        with memories(options, notes) as known:
            excluded = common.configuration(options).excluded
            run = Run(notes, active, excluded, memories=known, jobs=options.jobs)
            write = not options.diff
            repair = Repair(run, active, unsafe=options.unsafe, write=write, force=options.force)
            found = repair.fix(progress)
    found.problems[:0] = problems
    if options.diff:
        common.tell(found.problems)
        diffs = (common.diff(*each) for each in found.changed)
        common.emit_diffs("".join(diffs), options.output_file)
        return common.status(found.changed, found.problems)
    common.tell_fixed(found)
    adopt.leave_out(found, files, options)
    return adopt.status(report(found, options), options)
