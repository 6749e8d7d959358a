"""The options, settings and output that `mv` and `rename` share."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from notelint.cli.common_options import add_common
from notelint.cli.console import (
    diff,
    print_messages,
    quoted,
    wants_color,
    write_diffs,
    write_output,
)
from notelint.cli.inputs import add_mode, cache_folder, inputs
from notelint.commands.command_settings import RefactorSettings, RunSettings
from notelint.config.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from notelint.commands.refactor_run import RefactorReport

VERSION = 1


def add_refactoring(parser: argparse.ArgumentParser) -> None:
    """Add the options of both commands."""
    add_mode(parser)
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: %(default)s"
    )
    parser.set_defaults(paths=[], stdin_filename=None, exclude=[])
    add_common(parser, rules=False, exclude=False)


def refactor_settings(options: argparse.Namespace, root: str) -> RefactorSettings:
    """The settings of an operation in the tree at *root*. Raises :class:`ConfigError`."""
    import os

    from notelint.config.model import Layer

    options.paths = [os.path.relpath(root)]
    found = inputs(options)
    options.nothing = None
    if found.failures:
        raise ConfigError(found.failures[0])
    cache = cache_folder(options, found.configs.main)
    run = RunSettings(*found, cli_layer=Layer(), cache=cache, jobs=options.jobs)
    return RefactorSettings(root, run, not (options.check or options.diff))


def recover(options: argparse.Namespace, root: str) -> None:
    """Undo, or finish, what a killed run has begun in the tree at *root*, and say so.

    Raises FileProblem if that is not possible, or with ``--check`` and ``--diff``.
    """
    from notelint.refactor import transaction
    from notelint.refactor.refusal import Refusal

    if not transaction.pending(root):
        return
    if options.check or options.diff:
        fault = "an interrupted move is not undone yet"
        raise Refusal(f"{fault}; run without --check and --diff")
    print_messages(transaction.recover(root))


def conclude(options: argparse.Namespace, found: RefactorReport) -> int:
    """Show what was done, or would be; return the exit status."""
    write = not (options.check or options.diff)
    if options.output_format == "json":
        from notelint.text.escape import to_json

        write_output(to_json(_as_object(found, done=write), indent=1) + "\n")
    else:
        _write_text(found, options)
    return int(bool(found.moves or found.changes) and not write)


def _write_text(found: RefactorReport, options: argparse.Namespace) -> None:
    from notelint.report.plain_text import count
    from notelint.text.escape import printable

    if options.diff:
        write_diffs(_diffs(found), colored=wants_color(options.color))
    elif options.check or not options.quiet:
        would = "would be " if options.check else ""
        shown = [(old, f"{would}moved to {printable(new)}") for old, new in found.moves]
        shown += [
            (each.path if options.check else each.new, f"{would}changed") for each in found.changes
        ]
        write_diffs(f"{printable(path)}: {what}\n" for path, what in shown)
    print_messages(f"{path}:{line}: {message}" for path, line, message in found.mentions)
    if not options.quiet:
        edits, files = count(found.edits, "edit"), count(len(found.changes), "file")
        said = [count(len(found.moves), "move")] if found.moves else []
        said.append(f"{edits} in {files}" if found.changes else "no edits")
        would = "would make " if options.check or options.diff else ""
        done = found.moves or found.changes
        print_messages([would + ", ".join(said) if done else "no change"])


def _diffs(found: RefactorReport) -> Iterator[str]:
    """The moves and changes as ``git apply`` takes them."""
    moved, changes = dict(found.files or found.moves), {each.path: each for each in found.changes}
    for path in sorted({*moved, *changes}):
        new = moved.get(path, path)
        if moved:  # without this line git would read on in the file before
            yield f"diff --git {quoted(f'a/{path}')} {quoted(f'b/{new}')}\n"
        if new != path:
            yield f"rename from {quoted(path)}\nrename to {quoted(new)}\n"
        if path in changes:
            yield diff(path, changes[path].before, changes[path].after, new)


def _as_object(found: RefactorReport, *, done: bool) -> dict[str, Any]:
    from notelint.report.json import edit_object

    return {
        "version": VERSION,
        "done": done,
        "moves": [{"from": old, "to": new} for old, new in found.moves],
        "changes": [
            {"path": each.path, "new_path": each.new, "edits": [*map(edit_object, each.edits)]}
            for each in found.changes
        ],
        "mentions": [
            {"path": path, "line": line, "message": message}
            for path, line, message in found.mentions
        ],
        "summary": {"moves": len(found.moves), "files": len(found.changes), "edits": found.edits},
    }
