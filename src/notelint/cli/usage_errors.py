"""Usage errors in one line, each with the closest name; also for the habits of other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from notelint.text.suggest import closest, did_you_mean, listed

if TYPE_CHECKING:
    import argparse

# Commands, and what other tools call them.
_COMMANDS = {
    "check": ("lint", "scan", "run", "verify", "test", "validate"),
    "check --watch": ("watch",),
    "fmt": ("format",),
    "fix": ("repair",),
    "mv": ("move",),
    "links": ("linkcheck",),
    "report": ("graph", "stats", "status"),
    "clean": ("cache",),
    "rules": ("rule", "explain", "list", "list-rules"),
    "config": ("settings",),
    "server": ("lsp",),
    "init": ("install",),
    "--version": ("version",),
    "--help": ("help",),
}

# Options, and what other tools call them. Of several options for one name, the first fits best.
_OPTIONS = {
    "--unsafe": ("--accept-all", "--unsafe-fixes"),
    "--allow-private": ("--allow-local",),
    "--flavor bitbucket": ("--bitbucket",),
    "--color": ("--colour",),
    "--output-format concise": ("--concise",),
    "--verbose": ("--debug",),
    "--max-level": ("--depth", "--max-depth", "--maxdepth", "--maxheaderlevel", "--maxlevel"),
    "--ignore": ("--disable", "--extend-ignore", "--skip"),
    "--diff": ("--dry-run", "--fix-dry-run", "--no-fix", "--show-fixes", "--stdout", "-n"),
    "--check": ("--check-only", "--dry-run", "--dryrun", "--list-different", "--no-fix", "-n"),
    "--select": ("--enable", "--only", "--rule", "--rules", "-r"),
    "--bullet": ("--entryprefix",),
    "--exit-zero": ("--exit-0",),
    "notelint rules": ("--explain",),
    "--exclude": ("--extend-exclude", "-e"),
    "--fail-on": ("--fail-level", "--level", "--max-warnings", "--severity"),
    "--flavor github": ("--github",),
    "--workflow": ("--github",),
    "--flavor gitlab": ("--gitlab",),
    "--output-format html": ("--html",),
    "--output-format json": ("--json",),
    "--min-level": ("--minheaderlevel", "--minlevel"),
    "--min-headings": ("--minheaders",),
    "--color never": ("--no-color", "--no-colors", "--no-colour"),
    "--isolated": ("--no-config",),
    "--quiet": ("--no-progress", "--silent", "-s"),
    "--no-title": ("--notitle",),
    "--output-file": ("--output", "-o"),
    "--output-format": ("--format", "--formatter", "--output", "--reporter", "-f"),
    "--jobs": ("--parallel", "--threads", "--workers", "-j"),
    "--concurrency": (
        "--jobs",
        "--max-concurrency",
        "--parallel",
        "--threads",
        "--workers",
        "-j",
    ),
    "notelint config": ("--show-settings",),
    "--statistics": ("--stats",),
    "-": ("--stdin",),
    "--stdin-filename": ("--stdin-filepath", "--stdin-display-name"),
    "--title": ("--toc-title", "-t"),
    "--update-only": ("--updateonly", "-u"),
    "--fix": ("--write", "-f", "-i"),
    "notelint fix": ("--write", "-i"),
    "--config": ("-c",),
    "--watch": ("-w",),
}


_FEW = 4  # values, which are listed rather than compared
_LEAST = 0.7  # similarity of options; `--frobnicate` is not `--force`


def no_command(
    given: Sequence[str],
    word: str,
    commands: Iterable[str],
    parser: Callable[[], argparse.ArgumentParser],
) -> str | None:
    """A message for the call *given*, which has *word* where a command should be.

    None if it can be a call of ``check``: with options of that, and a path after them. *parser*
    makes the one of all commands.
    """
    known = list(commands)
    if word[:1] != "-":
        names = [command for command, habits in _COMMANDS.items() if word.lower() in habits]
        similar = names or closest(word.lower(), known)
        hint = did_you_mean(*(f"notelint {each}" for each in similar))
        fault = f"unknown command `{word}`"
        return fault + (hint or ", and no file or folder of that name; see `notelint --help`")
    behind = [each for each in given if each in known]
    if behind:
        used = _commands(parser())[behind[0]]
        if word.partition("=")[0] not in _options(used):
            return unknown_option(used, word, parser)
        return f"`{word}` must follow the command; write `notelint {behind[0]} {word}`"
    return None


# Messages of argparse, and their replacements.
_IN_WORDS = (
    (r"^argument ", ""),
    (r": expected one argument$", " needs a value"),
    (r": expected at least one argument$", " needs a value"),
    (r": ignored explicit argument .*$", " takes no value"),
    (r": not allowed with argument ", " cannot be combined with "),
    (r": invalid int value: '(.*)'$", r": `\1` is not a whole number"),
    (r": invalid float value: '(.*)'$", r": `\1` is not a number"),
)


_REQUIRED = "the following arguments are required: "


def in_words(message: str, program: str) -> str:
    """A *message* of argparse about a call of *program* as a sentence."""
    import re

    if message.startswith(_REQUIRED):
        missing = message.removeprefix(_REQUIRED).split(", ")
        return f"`{program}` needs {listed(missing, 'and')}; see `{program} --help`"
    for pattern, words in _IN_WORDS:
        message = re.sub(pattern, words, message)
    return message


def unknown_option(
    used: argparse.ArgumentParser, given: str, parser: Callable[[], argparse.ArgumentParser]
) -> str:
    """A message: the parser *used* has no option *given*; *parser* makes the one of all commands.

    It suggests the option that other tools call by this name, then a command that has the option, a
    key of the configuration, and an option with a similar name.
    """
    name = given.partition("=")[0]
    options = _options(used)
    hint = did_you_mean(*_likely(name, options, habits_only=True)) or _of_others(name, parser())
    if not hint and (key := _key(name, used.prog)):
        hint = f"; set {key}"
    hint = hint or did_you_mean(*_likely(name, options))
    return f"unknown option `{name}`{hint or f'; see `{used.prog} --help`'}"


def _of_others(name: str, parser: argparse.ArgumentParser) -> str:
    """The end of a message that suggests commands with an option *name*, or one of that meaning.

    If several commands have the option, they are only listed.
    """
    commands = _commands(parser)
    others = [
        command
        for command, each in commands.items()
        if name in _options(each) or _likely(name, _options(each), habits_only=True)
    ]
    if not others:
        return ""
    if name in _options(commands[others[0]]) and len(others) > 1:
        return f"; only {listed(others, 'and')} have it"
    option = [name, *_likely(name, _options(commands[others[0]]))][-1]
    return did_you_mean(*(f"notelint {each} {option}" for each in others[:3]))


def _key(name: str, prog: str) -> str | None:
    """The key that an option *name* of the command *prog* would set, and where, in words."""
    from notelint.config.keys import KEYS
    from notelint.config.mdformat import NAME, OPTIONS

    plain = name.lstrip("-")
    if prog == "notelint fmt" and (key := plain.replace("-", "_")) in OPTIONS:
        return f"`{key}` in {NAME}"
    names = (plain, f"{plain}s", plain.removeprefix("max-"))
    wanted = (f"{table}{each}" for table in ("links.", "toc.", "") for each in names)
    return next((f"`{each}` in the configuration" for each in wanted if each in KEYS), None)


def _likely(name: str, options: list[str], *, habits_only: bool = False) -> list[str]:
    """The first of the *options* that other tools call *name*, else the closest one."""
    meanings = [option for option, habits in _OPTIONS.items() if name in habits]
    for each in meanings:
        if each[:2] != "--" or each.partition(" ")[0] in options:
            return [each]
    if habits_only or meanings:
        return []
    plain = {each.replace("-", ""): each for each in options}
    if (found := plain.get(name.replace("-", "").replace("_", "").lower())) and len(name) > 2:
        return [found]
    long = [each for each in options if len(each) > 2]
    return closest(name, long, _LEAST) if len(name) > 2 else []


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings]


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the commands in that of all commands."""
    return {
        name: each
        for action in parser._actions
        if isinstance(action.choices, dict)
        for name, each in action.choices.items()
    }


def unknown_value(value: str, choices: Iterable[object]) -> str:
    """A message: *value* is none of *choices*; suggests the closest one, or lists all."""
    known = [str(each) for each in choices]
    hint = did_you_mean(*closest(value, known)) if len(known) > _FEW else ""
    return f"unknown value `{value}`{hint or '; known are ' + ', '.join(known)}"
