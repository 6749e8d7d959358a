"""Standard output and standard error: results, problems and diffs, made harmless where needed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from errno import ENOSPC

from notelint.config.errors import ConfigError
from notelint.diagnostics import RunReport
from notelint.report.plain_text import count
from notelint.text.escape import inert, printable, visible

INTERRUPTED = 130  # the exit status after Ctrl-C, as shells report it


def print_messages(messages: Iterable[str]) -> None:
    """Print *messages* to standard error, a line each, after the name of the program."""
    print_lines(f"notelint: {message}" for message in messages)


def print_lines(lines: Iterable[str]) -> None:
    """Print *lines* to standard error, with control characters and runner commands disarmed."""
    for line in lines:
        print(for_log(printable(line)), file=sys.stderr)


def print_fixed(report: RunReport, verb: str = "Fixed") -> None:
    """Print to standard error how many problems were fixed, by rule; nothing if none were."""
    if report.changed:
        rules = ", ".join(f"{rule} {times}" for rule, times in sorted(report.fixed.items()))
        fixed, files = count(report.fixed.total(), "problem"), count(len(report.changed), "file")
        print(f"{verb} {fixed} in {files}: {rules}.", file=sys.stderr)


def for_log(text: str) -> str:
    """*text*, with commands disarmed if the output goes to the log of a runner."""
    return inert(text) if _on_github() or any(map(os.environ.get, _OTHER_RUNNERS)) else text


_OTHER_RUNNERS = ("TF_BUILD", "TEAMCITY_VERSION")


def _on_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def write_output(text: str, file: str | None = None) -> None:
    """Write *text* to standard output or to *file*, as UTF-8, with its line ends.

    Raises :class:`ConfigError` if it cannot be written.
    """
    data = text.encode("utf-8", "surrogateescape")
    if file is None:
        write_stdout(data)
        return
    from notelint.engine import output_files

    output_files.write(file, data)


def write_stdout(data: bytes) -> None:
    """Write *data* to standard output. Raises :class:`ConfigError` if it cannot be written."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as error:
        raise unwritten(error) from None


def unwritten(error: OSError) -> ConfigError:
    """Stop using standard output after *error*; the error to report."""
    discard_stdout()
    return ConfigError(f"standard output: cannot be written ({error.strerror})")


def discard_stdout() -> None:
    """Throw away what could not be written to standard output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def status_of_failure(error: OSError) -> int:
    """Print that a disk is full or that the current folder is gone; return the exit status.

    Raises any other *error*.
    """
    if error.errno == ENOSPC and error.filename is None:
        why = f"cannot go on ({error.strerror})"
    elif _is_folder_gone():
        why = "the current folder does not exist any more"
    else:
        raise error
    with suppress(OSError):  # if standard error is full, nobody can be told
        print_messages([why])
    return 2


def _is_folder_gone() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def write_changes(
    report: RunReport,
    options: argparse.Namespace,
    verb: Callable[[str], str],
    file: str | None = None,
) -> None:
    """Write diffs with ``--diff``, else the path of each changed note and the *verb* for it.

    These lines are left out where the new text itself is printed, and with ``--quiet`` where the
    files are written.
    """
    would = "would be " if options.check else ""
    if options.diff:
        shown = [diff(*each) for each in report.changed]
    elif options.check or not (options.quiet or "-" in options.paths):
        shown = [f"{printable(path)}: {would}{verb(path)}\n" for path, _, _ in report.changed]
    else:
        shown = []
    colored = options.diff and file is None and wants_color(options.color)
    write_diffs(shown, file, colored=colored)


def wants_color(color: str) -> bool:
    """Whether standard output gets colors; *color* is ``auto``, ``always`` or ``never``.

    The environment decides on ``auto``: NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, if they are not
    empty, before the kind of the terminal.
    """
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in _FORCE_COLOR):
        return True
    return sys.stdout.isatty() and not is_dumb()


_FORCE_COLOR = ("FORCE_COLOR", "CLICOLOR_FORCE")


def is_dumb() -> bool:
    """Whether the terminal shows escape sequences instead of obeying them."""
    if os.name == "nt":  # the old console does
        return not {"WT_SESSION", "TERM", "ANSICON"} & os.environ.keys()
    return os.environ.get("TERM", "dumb") == "dumb"


def write_diffs(diffs: Iterable[str], file: str | None = None, *, colored: bool = False) -> None:
    """Write text of notes unchanged, so that ``git apply`` can read it.

    On a terminal, and where it is *colored*, control characters are made visible; in the log of a
    runner, commands are off.
    """
    text = "".join(diffs)
    on_terminal = file is None and sys.stdout.isatty()
    if colored or on_terminal:
        text = visible(text)
    if colored:
        text = "\n".join(map(_colored, text.split("\n")))
    in_log = bool(text) and not on_terminal and file is None
    if in_log and _on_github():
        from hashlib import sha256

        # The runner obeys no command until it reads the token, which is a digest of the text and
        # therefore not in it.
        token = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
        text = f"::stop-commands::{token}\n{text}::{token}::\n"
    elif in_log:
        text = for_log(text)
    write_output(text, file)


_DIFF_COLORS = {"---": "1", "+++": "1", "@@ ": "36", "-": "31", "+": "32"}


def _colored(line: str) -> str:
    """A *line* of a diff as git colors it."""
    style = next((code for start, code in _DIFF_COLORS.items() if line.startswith(start)), None)
    text = line.removesuffix("\r")
    return f"\x1b[{style}m{text}\x1b[0m{line[len(text) :]}" if style else line


def diff(path: str, before: str, after: str, new: str | None = None) -> str:
    """A unified diff as ``patch -p1`` and ``git apply`` take it; *new* is another path of after."""
    from difflib import unified_diff

    names = quoted(f"a/{path}"), quoted(f"b/{new or path}")
    lines = unified_diff(_with_ends(before), _with_ends(after), *names)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def quoted(path: str) -> str:
    """*path* as git writes it in a diff: quoted if it has special characters."""
    escaped = "".join(map(_escaped, path))
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
