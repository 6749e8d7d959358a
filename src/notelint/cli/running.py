"""Runs over notes: with how many processes, and with what earlier runs found."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.machinery import PathFinder

import notelint
from notelint.cli import common, stdin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cli.progress import Progress
    from notelint.engine.memory import Memory
    from notelint.engine.note import Note
    from notelint.engine.outcome import Report
    from notelint.engine.run import Spread


def add_running(parser: argparse.ArgumentParser, *, elsewhere: bool = False) -> None:
    """Arguments about how a run is done, *elsewhere* too, and not what comes of it."""
    group = parser.add_argument_group("running")
    group.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep what runs found"
    )
    group.add_argument(
        "--jobs", type=_number, default=0, metavar="N", help="processes at most (one a processor)"
    )
    if elsewhere:
        group.add_argument(
            "--executor",
            type=_address,
            metavar="dask://HOST:PORT",
            help="look at notes on the Dask cluster with this scheduler (needs notelint[dask])",
        )


def _address(text: str) -> str:
    host, _, port = text.removeprefix("dask://").rpartition(":")
    if not (text.startswith("dask://") and host and port.isdigit()):
        raise argparse.ArgumentTypeError("an executor has the form dask://HOST:PORT")
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {text!r}")
    return int(text)


def checked(options: argparse.Namespace, files: list[str]) -> Report:
    """What is to be reported of the notes at *files*: recalled if nothing changed, else found."""
    from notelint.engine.note import note_at

    here, config = os.getcwd(), common.configuration(options)
    notes = [note_at(file, here) for file in files]
    with memories(options, notes) as known:
        if notes and len(known) == len({note.root for note in notes}):
            from notelint.engine.recall import recall

            common.check_names(options)
            report = recall(notes, known, config.excluded, here)
            if report is not None:
                return report
        return _run(options, notes, known)


def _run(options: argparse.Namespace, notes: list[Note], known: dict[str, Memory]) -> Report:
    from notelint.cli.progress import Progress
    from notelint.engine.run import Run

    rules_for, config = common.active_rules(options), common.configuration(options)
    with Progress() as progress, _elsewhere(options, progress) as spread:
        run = Run(
            notes, rules_for, config.excluded, memories=known, jobs=options.jobs, spread=spread
        )
        return run.check(progress)


def _elsewhere(
    options: argparse.Namespace, progress: Progress
) -> AbstractContextManager[Spread | None]:
    """What looks at notes on other machines, where that is asked for."""
    if options.executor is None:
        return nullcontext()
    from notelint.engine.cluster import spread_over

    def tell(message: str) -> None:
        progress.wipe()
        common.tell([message])

    return spread_over(options.executor, tell)


@contextmanager
def memories(options: argparse.Namespace, notes: list[Note]) -> Iterator[dict[str, Memory]]:
    """What is kept of the roots of *notes*; nothing where that is not wanted or not possible."""
    if options.no_cache or stdin.asked(options):
        yield {}
        return
    folder = common.cache_folder(options)
    if folder is None:
        yield {}
        return
    from notelint.engine.memory import Memory
    from notelint.workspace.git import repository_root

    key, found = _key(options), {}
    for root in dict.fromkeys(note.root for note in notes):
        memory = Memory.open(root, folder, f"{key} {repository_root(root) is not None}")
        if memory:
            found[root] = memory
    try:
        yield found
    finally:
        for memory in found.values():
            memory.close()


def _key(options: argparse.Namespace) -> str:
    """What two runs must have in common for one to use what the other found."""
    config = common.configuration(options)
    code = (notelint.__version__, _code(), *map(_installed, _MATTER), sys.version_info[:3])
    return repr((code, options.select, options.ignore, config))


# What is found depends on these, too: how they are called when imported.
_MATTER = ("notelint", "markdown_it", "mdit_py_plugins", "yaml")


def _installed(name: str) -> tuple[str, int] | None:
    """Where the package *name* is, and since when, without importing it."""
    found = PathFinder.find_spec(name)
    file = found.origin if found else None
    return (file, os.stat(file).st_mtime_ns) if file and os.path.exists(file) else None


def _code() -> int:
    """When the code changed last, in a checkout that is worked on; else 0."""
    package = os.path.dirname(notelint.__file__)
    if os.path.basename(os.path.dirname(package)) != "src":
        return 0
    return max(
        entry.stat().st_mtime_ns
        for folder, _, _ in os.walk(package)
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
