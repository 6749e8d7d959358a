"""``--watch``: report again when a note or its configuration is saved."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from notelint.cli.console import INTERRUPTED, print_messages
from notelint.cli.inputs import reads_stdin, start_folder
from notelint.cli.run_options import refuse_beside
from notelint.config.config_files import FILE_NAMES, named_by, top_of, upwards
from notelint.config.errors import ConfigError
from notelint.report.plain_text import count

# Time in nanoseconds and size in bytes of each watched file, by path; None if it does not exist.
State = dict[str, "tuple[int, int] | None"]

_POLL_SECONDS = 0.3
_POLLS_PER_SEARCH = 5  # for new notes
_CLEAR_SCREEN = "\x1b[2J\x1b[H"


def watch(options: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    """Run *check*, and again after every save, until Ctrl-C; return the last exit status.

    Raises :class:`ConfigError` in the first run; later it is only printed.
    """
    if reads_stdin(options):
        raise ConfigError("--watch is for files, not for standard input")
    refuse_beside("--watch", options, "write_baseline")
    status = INTERRUPTED
    try:
        state = _state(options)
        status = check(options)
        while True:
            _print_watched(state)
            state = _next(options, state)
            status = _again(options, check)
    except KeyboardInterrupt:
        return status


def _again(options: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR_SCREEN)
        sys.stdout.flush()
    try:
        return check(options)
    except ConfigError as error:  # the file may be half written
        print_messages([str(error)])
        return 2


def _next(options: argparse.Namespace, before: State) -> State:
    """Wait for a state other than *before* that stays the same for a moment."""
    after, polls = before, 0
    while after == before:
        time.sleep(_POLL_SECONDS)
        polls += 1
        search = polls % _POLLS_PER_SEARCH == 0
        after = _state(options) if search else {path: _stat(path) for path in before}
    while True:
        time.sleep(_POLL_SECONDS / 3)
        before, after = after, _state(options)
        if after == before:
            return after


def _state(options: argparse.Namespace) -> State:
    """The state of the files that a report depends on."""
    from notelint.workspace.discover import discover

    notes = discover(options.paths or ["."]).files
    named = [path for path in options.paths if not os.path.isdir(path)]
    return {path: _stat(path) for path in [*notes, *named, *_configurations(options, notes)]}


def _configurations(options: argparse.Namespace, notes: Iterable[str]) -> Iterator[str]:
    """The paths at which *notes* have, or may get, a configuration."""
    if options.config:
        yield options.config
    elif not options.isolated:
        named = named_by(options.paths)
        folders = {os.path.dirname(os.path.abspath(note)) for note in notes}
        for folder in sorted({start_folder(options), *folders}):
            for each in upwards(folder, top_of(folder, named)):
                yield from (os.path.join(each, name) for name in FILE_NAMES)


def _stat(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _print_watched(state: State) -> None:
    notes = sum(
        saved is not None and os.path.basename(path) not in FILE_NAMES
        for path, saved in state.items()
    )
    print(f"Watching {count(notes, 'file')}; stop with Ctrl-C.", file=sys.stderr, flush=True)
