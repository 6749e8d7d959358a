"""``notelint toc``: create or refresh tables of contents in place."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from notelint.cli.common_options import add_common
from notelint.cli.console import print_messages, write_changes, write_diffs
from notelint.cli.inputs import add_force, add_mode, add_paths, cache_folder, inputs, reads_stdin
from notelint.cli.output import exit_status
from notelint.commands.command_settings import TocSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notelint.commands.toc_run import TocReport
    from notelint.config.model import Config, Options

_OF_NEW_TABLES = ("update_only", "min_headings")  # no option of a table that is there


def arguments(parser: argparse.ArgumentParser) -> None:
    add_paths(parser)
    add_mode(parser)
    add_force(parser)
    group = parser.add_argument_group("table of contents")
    group.add_argument("--title", help="the line above the list (default: the existing one)")
    group.add_argument(
        "--min-level", type=int, metavar="N", help="highest heading level to list (default: 1)"
    )
    group.add_argument(
        "--max-level", type=int, metavar="N", help="lowest heading level to list (default: 6)"
    )
    group.add_argument("--bullet", choices=("-", "*", "+"), help="default: -")
    group.add_argument("--indent", type=int, metavar="N", help="spaces per level (default: 2)")
    group.add_argument(
        "--min-headings",
        type=int,
        metavar="N",
        help="create no table for fewer headings",
    )
    group.add_argument(
        "--flavor",
        choices=("github", "gitlab", "bitbucket"),
        help="site for which anchors are written (default: github)",
    )
    for name, help_text in (
        ("--no-title", "no line above the list"),
        ("--all", "also list headings above the table"),
        ("--update-only", "refresh tables, create none (default without PATH)"),
        ("--ordered", "number the entries"),
        ("--index", "add a list of the notes in its folder to each PATH, or to its README.md"),
    ):
        group.add_argument(name, action="store_true", default=None, help=help_text)
    add_common(parser, rules=False)


def run(options: argparse.Namespace) -> int:
    """Refresh, or print what would change; return the exit status."""
    from notelint.commands.toc_run import refresh_all

    settings = _settings(options)
    found = refresh_all(settings)
    report = found.report
    print_messages(report.failures)
    write_diffs(f"{each}\n" for each in report.diagnostics)
    created = found.created
    write_changes(report, options, lambda path: "created" if path in created else "refreshed")
    if not options.quiet and "-" not in options.paths:
        print_messages(_conclusion(found, settings, options))
    return exit_status(report, would_change=bool(report.changed) and not settings.write)


def _conclusion(
    found: TocReport, settings: TocSettings, options: argparse.Namespace
) -> Iterator[str]:
    """Messages: what changed, how to create tables, how to keep the options."""
    from notelint.report.plain_text import count
    from notelint.toc.options import INDEX, TABLE

    be = "" if settings.write else "would be "
    parts = [
        f"{n} {one if n == 1 else many} {be}{verb}"
        for one, many in ((TABLE, "tables of contents"), (INDEX, "indexes of notes"))
        for verb in ("created", "refreshed")
        if (n := found.done[one, verb])
    ]
    if parts:
        yield ", ".join(parts)
    elif not (options.paths or found.any_table) and found.report.files:
        files = count(found.report.files, "file")
        yield f"no table of contents in {files}; `notelint toc PATH` creates them"
    if parts and settings.write:
        from notelint.config.validate import with_checked_options

        known = with_checked_options(settings.configs.main).base.toc
        differ = {
            name: each
            for name, each in settings.cli_layer.toc.items()
            if name not in _OF_NEW_TABLES and known.get(name) != each
        }
        if differ:
            kept = _how_to_keep(differ, settings.configs.main)
            yield f"the next call without these options undoes them; {kept}"


def _holder(path: str) -> str:
    """The note that the index of a folder is put into. Raises :class:`ConfigError` without one."""
    if not os.path.isdir(path):
        return path
    for name in ("README.md", "readme.md", "index.md"):
        if os.path.isfile(os.path.join(path, name)):
            return os.path.normpath(os.path.join(path, name))
    from notelint.config.errors import ConfigError

    raise ConfigError(f"--index: {path} has no README.md or index.md; name the note")


def _how_to_keep(toc: Options, config: Config) -> str:
    """How to keep the options *toc*, in the form of the configuration file."""
    import json

    lines = [(name.replace("_", "-"), json.dumps(toc[name], ensure_ascii=False)) for name in toc]
    if config.file and config.file.endswith(".toml"):
        written = "; ".join(f"{key} = {value}" for key, value in lines)
        return f"to keep them, write in {config.file}, below [tool.notelint.toc]: {written}"
    written = ", ".join(f"{key}: {value}" for key, value in lines)
    return f"to keep them, write in {config.file or '.notelint.yaml'}: toc: {{{written}}}"


def _settings(options: argparse.Namespace) -> TocSettings:
    from dataclasses import fields

    from notelint.config.model import Layer
    from notelint.toc.options import TocOptions

    if options.index:
        options.paths = [*map(_holder, options.paths or ["."])]
    toc = {each.name: getattr(options, each.name) for each in fields(TocOptions)}
    if not options.paths or options.index:
        toc["update_only"] = True  # the call names no note that should get one
    found = inputs(options)
    return TocSettings(
        *found,
        cli_layer=Layer(toc={name: value for name, value in toc.items() if value is not None}),
        write=not (options.check or options.diff),
        force=options.force,
        with_index=bool(options.index),
        cache=None if reads_stdin(options) else cache_folder(options, found.configs.main),
        jobs=options.jobs,
    )
