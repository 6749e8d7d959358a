"""Step by step: what is known already, or has not changed, is not reported."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from itertools import islice

from notelint.cli import common
from notelint.config.errors import ConfigError
from notelint.report.text import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter

    from notelint.commands.baseline import Entry
    from notelint.engine.linter import RulesFor
    from notelint.run_report import RunReport


def add_adoption(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Arguments that leave findings out; a command that *writes* repairs them nevertheless."""
    group = parser.add_argument_group("adoption")
    left = " of what is left" if writes else ""
    either = group.add_mutually_exclusive_group()
    either.add_argument(
        "--baseline", metavar="FILE", help=f"report only what{left} FILE does not record"
    )
    if not writes:
        either.add_argument(
            "--write-baseline", metavar="FILE", help="record all findings in FILE; report none"
        )
        group.add_argument(
            "--since",
            metavar="REF",
            help="only findings on lines changed since the work left this git revision",
        )
    group.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 also when there are findings"
    )


def write_baseline(found: RunReport, options: argparse.Namespace) -> int:
    """Record what was *found*; the exit status."""
    from notelint.commands.baseline import Baseline

    if options.since is not None:
        raise ConfigError("--write-baseline records all findings; call it without --since")
    Baseline.of(options.write_baseline, found.diagnostics).write()
    recorded = f"{options.write_baseline}: {count(len(found.diagnostics), 'finding')} recorded"
    common.tell([*found.problems, recorded])
    return common.status(False, found.problems)


def leave_out(found: RunReport, files: Sequence[str], options: argparse.Namespace) -> None:
    """Take from *found* what *options* say is not to be reported, and tell what is out of date.

    *files* are the notes of the run, from the current folder. Raises :class:`ConfigError`.
    """
    if options.baseline is not None:
        _leave_out_known(found, files, common.active_rules(options), options.baseline)
    if getattr(options, "since", None) is not None:
        from notelint.commands.since import Changed

        changed = Changed(options.since)
        for file in files:  # a wrong revision is told also where there is no finding
            changed.lines(os.path.abspath(file))
        found.diagnostics = [each for each in found.diagnostics if changed.touched(each)]


def status(code: int, options: argparse.Namespace) -> int:
    """The exit status in place of *code*: findings alone need not fail."""
    return 0 if options.exit_zero and code == 1 else code


def _leave_out_known(
    found: RunReport, files: Sequence[str], rules_for: RulesFor, path: str
) -> None:
    from notelint.commands.baseline import Baseline

    read = {os.path.abspath(file) for file in files}

    def looked_for(file: str, rule: str) -> bool:
        return file in read and rule in rules_for(file).names

    found.diagnostics, stale = Baseline.read(path).sort(found.diagnostics, looked_for)
    if stale:
        common.tell([_outdated(path, stale)])


def _outdated(path: str, stale: Counter[Entry]) -> str:
    shown = [f"{each.path}: {each.rule} {each.text}" for each in islice(sorted(stale), 3)]
    more = ", …" if len(stale) > len(shown) else ""
    number = count(stale.total(), "finding")
    return f"{path}: {number} no longer there ({', '.join(shown)}{more}); write it anew"
