"""Arguments about notes, and the inputs they name: files, standard input, configuration."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

from notelint.cli.common_options import add_files, add_switches
from notelint.cli.console import print_messages, write_stdout
from notelint.config.errors import ConfigError
from notelint.report.plain_text import count
from notelint.text.startup import NamedTuple
from notelint.workspace import unsaved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder
    from notelint.config.configs import Configs
    from notelint.config.model import Config, Layer

_CACHE = ("check", "fix", "fmt", "links", "report", "toc")  # the commands that do
_CHANGE_NOTES = ("fix", "toc", "fmt")  # as do other commands with --fix


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add PATH and ``--stdin-filename``."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders to search, globs, or `-` for standard input (default: the current "
        "folder)",
    )
    add_files(parser, {"--stdin-filename": "the file name to assume for standard input"})


def add_mode(parser: argparse.ArgumentParser) -> None:
    """Add ``--check`` and ``--diff``, with which a command writes nothing."""
    mode = parser.add_mutually_exclusive_group()
    about = {
        "--check": "list the files that would change; write nothing",
        "--diff": "print the changes; write nothing",
    }
    add_switches(mode, about)


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add ``--force``."""
    parts = "owner, group, access control list, extended attributes or hard links"
    add_switches(parser, {"--force": f"also write files that would lose their {parts}"})


def add_since(parser: argparse._ActionsContainer, what: str) -> None:
    """Add ``--since``, which leaves only *what* is on changed lines."""
    parser.add_argument(
        "--since",
        metavar="REF",
        help=f"only {what} on lines changed since the git revision REF or its merge base with HEAD",
    )


class Inputs(NamedTuple):
    """The notes that PATH names, what is wrong with these, and the configurations.

    The settings of a command begin with these fields.
    """

    files: tuple[str, ...]
    failures: tuple[str, ...]
    configs: Configs


def inputs(options: argparse.Namespace) -> Inputs:
    """Find the notes and the configuration of a call. Raises :class:`ConfigError`.

    An excluded note is left out even if it is named: a hook names every changed file. If no note
    is left, ``options.nothing`` is a message that says so, to be printed at the end.
    """
    from notelint.workspace.discover import Found, discover, prefetch

    paths = options.paths or ["."]
    from_stdin = reads_stdin(options)
    if not from_stdin:
        prefetch(paths)
    configs, start = configurations(options), start_folder(options)
    configs.preload(start)  # while git lists
    if from_stdin:
        path = _stdin_path(options)
        unsaved.put_unsaved(path, sys.stdin.buffer.read())
        found = Found([path], [])
    else:
        found = discover(paths, configs.included_in)
    files = dict(zip(_absolute(found.files), found.files, strict=True))
    wrong = configs.find([*files], start)
    print_messages(configs.warnings)
    kept = [name for file, name in files.items() if configs.reads(file)]
    if found.files and not kept:
        excludes = _excludes(configs.of(next(iter(files))))
        number = len(found.files)
        them = found.files[0] if number == 1 else f"all {count(number, 'file')}"
        options.nothing = f"nothing to check: {excludes} {them}"
    if not found.files and not found.failures:
        where = "the current folder" if paths == ["."] else " or ".join(map(repr, paths[:3]))
        options.nothing = f"nothing to check: no Markdown file in {where}"
    if options.verbose:
        _explain(configs, [*files])
    if vars(options).get("fail_on", "") is None:
        options.fail_on = configs.main.fail_on
    return Inputs(tuple(kept), (*found.failures, *map(str, wrong)), configs)


def _absolute(paths: Iterable[str]) -> Iterator[str]:
    """The absolute paths of *paths*, which are normal; quicker than :mod:`os.path` for most."""
    here = os.path.join(os.getcwd(), "")
    for each in paths:
        plain = os.sep == "/" and each[:1] not in ("", ".", "/")
        yield here + each if plain else os.path.abspath(each)


def _excludes(config: Config) -> str:
    if not config.cli_exclude:
        return f"{config.file} excludes"
    return f"--exclude and {config.file} exclude" if config.exclude else "--exclude excludes"


def _explain(configs: Configs, files: Sequence[str]) -> None:
    """Print which configurations apply, and which of their patterns match no file."""
    for config, its in configs.with_files(files) or [(configs.main, [])]:
        print_messages([f"configuration: {config.file or 'none, the defaults apply'}"])
        unmatched = config.unmatched(its)
        print_messages(f"pattern `{each}` matches no file" for each in unmatched)


def configurations(options: argparse.Namespace) -> Configs:
    """The configurations of a call, which are read when they are needed.

    Raises :class:`ConfigError` for one that the call names, and for a wrong ``--exclude``.
    """
    from notelint.config.configs import Configs

    cli_exclude = _cli_exclude(options.exclude or ())
    if options.isolated:
        from notelint.config.model import Config

        return Configs(Config(os.getcwd()), cli_exclude=cli_exclude)
    cached = options.command in _CACHE and not options.no_cache
    if options.config is None:
        return Configs(paths=options.paths, cached=cached, cli_exclude=cli_exclude)
    from notelint.config.config_files import load

    return Configs(load(options.config, cached), cli_exclude=cli_exclude)


def _cli_exclude(patterns: Sequence[str]) -> tuple[str, ...]:
    """The patterns of ``--exclude`` that are of files. Raises :class:`ConfigError`."""
    of_files = tuple(each for each in patterns if "://" not in each)
    for each in of_files:
        from notelint.text.glob import PatternError, check

        try:
            check(each)
        except PatternError as error:
            raise ConfigError(f"--exclude: `{each}` is not a valid pattern: {error}") from None
    return of_files


def start_folder(options: argparse.Namespace) -> str:
    """The folder to search for a configuration first: the current one, or that of the only PATH.

    The latter if PATH is standard input, or neither above nor below the current folder.
    """
    from notelint.config.config_files import is_below

    here = os.getcwd()
    if len(options.paths) != 1:
        return here
    from_stdin = reads_stdin(options)
    path = os.path.abspath(_stdin_path(options) if from_stdin else options.paths[0])
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    return folder if from_stdin or not (is_below(folder, here) or is_below(here, folder)) else here


def layer(options: argparse.Namespace) -> Layer:
    """The layer of the command line, ``--select``, ``--extend-select`` and ``--ignore``.

    Raises :class:`ConfigError` for a name that is neither a rule nor a category.
    """
    from notelint.config.model import Layer

    if options.select == []:
        raise ConfigError("--select names no rule")
    for name in (*(options.select or ()), *options.extend_select, *options.ignore):
        from notelint.config.selection import check

        check(name)
    select = None if options.select is None else tuple(options.select)
    extend, ignore = tuple(options.extend_select), tuple(options.ignore)
    return Layer(select, ignore, extend_select=extend)


def cache_folder(options: argparse.Namespace, config: Config) -> CacheFolder | None:
    """The folder of the cache; None with ``--no-cache``.

    None, with a message, if the configured one cannot be used.
    """
    if options.no_cache:
        return None
    from notelint.cache.folder import ForeignFolder
    from notelint.cache.folder import cache_folder as own_folder

    if config.cache_dir is None:
        return own_folder()
    from notelint.cache.maintenance import configured_folder

    try:
        return configured_folder(config.cache_dir, anywhere=config.explicit)
    except ForeignFolder:
        print_messages(
            [
                f"{config.file}: `cache-dir` holds files that notelint did not make; "
                "empty it, or choose another folder (nothing is cached)"
            ]
        )
        return None


# ------------------------------------------------------------------ standard input


def reads_stdin(options: argparse.Namespace) -> bool:
    """Whether PATH is ``-``. Raises :class:`ConfigError` if there are other paths beside it."""
    if "-" not in options.paths:
        if options.stdin_filename is not None:
            raise ConfigError("--stdin-filename needs the path `-`")
        return False
    if len(options.paths) > 1:
        raise ConfigError("`-` (standard input) must be the only path")
    return True


def _stdin_path(options: argparse.Namespace) -> str:
    """The path to assume for standard input; it decides on the repository and configuration."""
    given: str = options.stdin_filename or "-"
    return given


@contextmanager
def stdin_result(options: argparse.Namespace) -> Iterator[None]:
    """Around a command that changes standard input: print the new text to standard output.

    What the command prints there goes to standard error.
    """
    given = vars(options)
    changes = options.command in _CHANGE_NOTES or given.get("fix")
    if not changes or given.get("check") or given.get("diff") or not reads_stdin(options):
        yield
        return
    with redirect_stdout(sys.stderr):
        yield
    write_stdout(unsaved.unsaved(_stdin_path(options)) or b"")
