"""``--watch``: report again when a note is saved."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator

from notelint.cli import common, stdin
from notelint.config.errors import ConfigError
from notelint.report.plain_text import count

State = dict[str, "tuple[int, int] | None"]

_PAUSE = 0.3  # seconds between two looks at the notes that are known
_EVERY = 5  # looks, until new notes are looked for
_CONFIGURATIONS = (".notelint.yaml", ".notelint.yml", "pyproject.toml")
_INTERRUPTED = 130  # as shells say it
_CLEAR = "\x1b[2J\x1b[H"


def add_watch(parser: argparse.ArgumentParser) -> None:
    """The argument that asks for it."""
    parser.add_argument(
        "--watch", action="store_true", help="report again when a note is saved, until Ctrl-C"
    )


def watch(options: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    """Run *check*, and again after every save, until Ctrl-C; the status of the last run.

    Raises ConfigError for a wrong call or configuration at the start; later it is only told.
    """
    if stdin.asked(options):
        raise ConfigError("--watch is for files, not for standard input")
    if vars(options).get("write_baseline") is not None:
        raise ConfigError("--watch and --write-baseline do not go together")
    status = _INTERRUPTED
    try:
        state = _state(options)
        status = check(_fresh(options))
        while True:
            _tell(state)
            state = _next(options, state)
            status = _again(options, check)
    except KeyboardInterrupt:
        return status


def _again(options: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()
    try:
        return check(_fresh(options))
    except ConfigError as error:  # half a line of it may have been saved
        common.tell([str(error)])
        return 2


def _fresh(options: argparse.Namespace) -> argparse.Namespace:
    """*options* as they were given: what a run reads once and keeps there is read anew."""
    return argparse.Namespace(**vars(options))


def _next(options: argparse.Namespace, before: State) -> State:
    """Wait for a state other than *before*, and for the end of the saving that made it so."""
    looks = 0
    while True:
        time.sleep(_PAUSE)
        looks += 1
        after = _state(options) if looks % _EVERY == 0 else {path: _stat(path) for path in before}
        if after != before:
            break
    while True:
        time.sleep(_PAUSE / 3)
        before, after = after, _state(options)
        if after == before:
            return after


def _state(options: argparse.Namespace) -> State:
    """When each file was saved that a report depends on, and how large it is."""
    from notelint.workspace.discover import discover

    notes = discover(options.paths or ["."]).files
    named = [path for path in options.paths if not os.path.isdir(path)]
    return {path: _stat(path) for path in [*notes, *named, *_configurations(options)]}


def _configurations(options: argparse.Namespace) -> Iterator[str]:
    if options.config:
        yield options.config
    elif not options.isolated:
        from notelint.config.found import top_of, upwards

        start = common.start(options)
        for folder in upwards(start, top_of(start, options.paths)):
            yield from (os.path.join(folder, name) for name in _CONFIGURATIONS)


def _stat(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _tell(state: State) -> None:
    notes = sum(saved is not None and not _configures(path) for path, saved in state.items())
    print(f"Watching {count(notes, 'file')}, Ctrl-C ends.", file=sys.stderr, flush=True)


def _configures(path: str) -> bool:
    return os.path.basename(path) in _CONFIGURATIONS
