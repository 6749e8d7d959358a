"""What the commands share: arguments, the notes that are meant, and where output goes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence

from notelint.cli import stdin
from notelint.config.errors import ConfigError
from notelint.report.escape import inert, printable, visible
from notelint.report.plain_text import count
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.cache.folder import CacheFolder
    from notelint.config.model import Config, Layer
    from notelint.run_report import RunReport


def add_paths(parser: argparse.ArgumentParser) -> None:
    """PATH arguments, and :func:`add_configuration`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders to search, or `-`; by default the current folder",
    )
    parser.add_argument(
        "--stdin-filename",
        metavar="FILE",
        help="where the text of the path `-`, standard input, would be",
    )
    add_configuration(parser)


def add_configuration(parser: argparse.ArgumentParser) -> None:
    """Where the configuration is."""
    group = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    group.add_argument(
        "--config",
        metavar="FILE",
        help="instead of the nearest one upwards, to the root of the repository",
    )
    group.add_argument("--isolated", action="store_true", help="without any configuration")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Which rules are on."""
    group = parser.add_argument_group("rules")
    names = "rule or category names, separated by commas"
    group.add_argument("--select", metavar="NAMES", type=split, help=f"only these: {names}")
    group.add_argument(
        "--ignore", metavar="NAMES", type=split, default=[], help=f"all but these: {names}"
    )


def add_force(parser: argparse.ArgumentParser) -> None:
    """Whether a file is written although that takes something from it."""
    parser.add_argument(
        "--force",
        action="store_true",
        help="write also files that lose their owner, group, access control list, extended "
        "attributes or hard links by it",
    )


def split(text: str) -> list[str]:
    """The names in a comma-separated list."""
    return [name for each in text.split(",") if (name := each.strip())]


class Inputs(NamedTuple):
    """The notes that the PATH arguments mean, what is wrong with these, and the configuration."""

    files: list[str]
    problems: list[str]
    config: Config


def configuration(options: argparse.Namespace) -> Config:
    """The configuration that holds for the call. Raises ConfigError."""
    if options.isolated:
        from notelint.config.model import Config

        return Config(os.getcwd())
    from notelint.config.found import top_of
    from notelint.config.load import load

    here = start(options)
    top = top_of(here, options.paths)
    if vars(options).get("no_cache", True):
        return load(options.config, here=here, top=top)
    from notelint.cache.parsed_config import parse_cache

    return load(options.config, here=here, top=top, keep=parse_cache(here))


def start(options: argparse.Namespace) -> str:
    """The folder whose configuration holds: the current one, or that of the only path elsewhere."""
    from notelint.config.found import is_below

    here = os.getcwd()
    if len(options.paths) != 1:
        return here
    given = stdin.asked(options)
    path = os.path.abspath(stdin.path(options) if given else options.paths[0])
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    return folder if given or not (is_below(folder, here) or is_below(here, folder)) else here


def cache_folder(config: Config) -> CacheFolder | None:
    """Where runs find and leave what is cached; None where that can't be."""
    from notelint.cache.folder import ForeignFolder
    from notelint.cache.folder import cache_folder as found

    try:
        return found(config.cache_dir, anywhere=config.given)
    except ForeignFolder:
        tell(
            [
                f"{config.file}: `cache-dir` has files that your notelint did not make; "
                "empty it, or name another folder (nothing is kept)"
            ]
        )
        return None


def layer(options: argparse.Namespace) -> Layer:
    """The layer of the command line: ``--select`` and ``--ignore``.

    Raises ConfigError where one of these has a name that is no rule.
    """
    from notelint.config.model import Layer

    if options.select == []:
        raise ConfigError("--select names no rule")
    for name in (*(options.select or ()), *options.ignore):
        from notelint.config.selection import check

        check(name)
    return Layer(None if options.select is None else tuple(options.select), tuple(options.ignore))


def inputs(options: argparse.Namespace) -> Inputs:
    """The notes that the PATH arguments mean, found with the configuration of the call.

    What the configuration excludes is left out, also where it is named: a hook names whatever
    changed. Where nothing is left for that reason, this is told.
    """
    from notelint.workspace.discover import Found, discover, prefetch

    paths = options.paths or ["."]
    given = stdin.asked(options)
    if not given:
        prefetch(paths)
    config = configuration(options)
    found = Found([stdin.take(options)], []) if given else discover(paths)
    kept = found.files
    if config.exclude:
        kept = [each for each in found.files if not config.excluded(os.path.abspath(each))]
    if found.files and not kept:
        tell([f"nothing to check: {config.file} excludes {counted(found.files)}"])
    return Inputs(kept, found.problems, config)


def counted(files: Sequence[str]) -> str:
    """The name of the only file, or how many there are."""
    return files[0] if len(files) == 1 else f"all {count(len(files), 'file')}"


def tell(problems: Iterable[str]) -> None:
    """Print *problems* to standard error, a line each."""
    tell_lines(f"notelint: {problem}" for problem in problems)


def tell_lines(lines: Iterable[str]) -> None:
    """Print *lines* to standard error, made harmless."""
    for line in lines:
        print(for_log(printable(line)), file=sys.stderr)


def for_log(text: str) -> str:
    """*text*, made harmless if what we print goes to the log of a GitHub runner."""
    return inert(text) if _in_runner() else text


def _in_runner() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def emit(text: str, file: str | None = None) -> None:
    """Write *text* to standard output, or to *file*, as UTF-8 and with its line ends."""
    data = text.encode("utf-8", "surrogateescape")
    if file is None:
        put(data)
        return
    from notelint.engine import output_files
    from notelint.workspace import read_note

    try:
        output_files.write(file, data)
    except read_note.FileProblem as problem:
        raise ConfigError(str(problem)) from None


def put(data: bytes) -> None:
    """Write *data* to standard output as it is."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # whoever reads has seen enough
    except OSError as error:
        message = f"standard output: cannot be written ({error.strerror})"
        raise ConfigError(message) from None


def emit_diffs(text: str, file: str | None = None) -> None:
    """:func:`emit` for text of notes as it is, which ``git apply`` must still be able to read.

    A terminal gets it with control characters shown, the log of a runner with commands turned off.
    """
    if file is None and sys.stdout.isatty():
        text = visible(text)
    elif text and file is None and _in_runner():
        from hashlib import sha256

        # The runner obeys nothing until it reads the token, which no text can hold: it is made
        # of the whole text.
        token = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        text = f"::stop-commands::{token}\n{text}::{token}::\n"
    emit(text, file)


def diff(path: str, before: str, after: str) -> str:
    """A unified diff that ``patch -p1`` and ``git apply`` take."""
    from difflib import unified_diff

    old, new = _with_ends(before), _with_ends(after)
    pieces: list[str] = []
    for line in unified_diff(old, new, _quoted(f"a/{path}"), _quoted(f"b/{path}")):
        pieces.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(pieces)


def _quoted(path: str) -> str:
    """*path* as git writes it in a diff: a name that could end its line is quoted."""
    escaped = "".join(_escaped(char) for char in path)
    return path if escaped == path else f'"{escaped}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char >= " " and char != "\x7f" and not "\ud800" <= char <= "\udfff":
        return char
    return {"\n": "\\n", "\t": "\\t"}.get(char) or f"\\{os.fsencode(char)[0]:03o}"


def _with_ends(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def status(found: Sequence[object] | bool, problems: Sequence[str]) -> int:
    """2 with problems, 1 with something to report, else 0."""
    return 2 if problems else int(bool(found))


def tell_fixed(found: RunReport) -> None:
    """Say on standard error what was fixed, where anything was."""
    if found.changed:
        number = sum(found.fixed.values())
        rules = ", ".join(f"{rule} {times}" for rule, times in sorted(found.fixed.items()))
        where = count(len(found.changed), "file")
        print(f"Fixed {count(number, 'finding')} in {where}: {rules}.", file=sys.stderr)
