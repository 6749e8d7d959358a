"""Usage errors in one line, each with the closest name; also for the habits of other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from notelint.text.suggest import closest, did_you_mean, listed

if TYPE_CHECKING:
    import argparse

# Commands of other tools, and what they are called here.
_COMMANDS = {
    "lint": "check",
    "scan": "check",
    "run": "check",
    "verify": "check",
    "test": "check",
    "validate": "check",
    "watch": "check --watch",
    "format": "fmt",
    "repair": "fix",
    "move": "mv",
    "linkcheck": "links",
    "graph": "report",
    "stats": "report",
    "status": "report",
    "cache": "clean",
    "rule": "rules",
    "explain": "rules",
    "settings": "config",
    "lsp": "server",
    "install": "init",
    "version": "--version",
    "help": "--help",
}

# Options of other tools, and what they are called here, the best match first.
_OPTIONS = {
    "--accept-all": ("--unsafe",),
    "--allow-local": ("--allow-private",),
    "--bitbucket": ("--flavor bitbucket",),
    "--check-only": ("--check",),
    "--colour": ("--color",),
    "--concise": ("--output-format concise",),
    "--debug": ("--verbose",),
    "--depth": ("--max-level",),
    "--disable": ("--ignore",),
    "--dry-run": ("--diff", "--check"),
    "--dryrun": ("--check", "--diff"),
    "--enable": ("--select",),
    "--entryprefix": ("--bullet",),
    "--exit-0": ("--exit-zero",),
    "--explain": ("notelint rules",),
    "--extend-exclude": ("--exclude",),
    "--extend-ignore": ("--ignore",),
    "--fail-level": ("--fail-on",),
    "--fix-dry-run": ("--diff",),
    "--format": ("--output-format",),
    "--formatter": ("--output-format",),
    "--github": ("--flavor github", "--workflow"),
    "--gitlab": ("--flavor gitlab",),
    "--html": ("--output-format html",),
    "--jobs": ("--concurrency",),
    "--json": ("--output-format json",),
    "--level": ("--fail-on",),
    "--list-different": ("--check",),
    "--max-depth": ("--max-level",),
    "--max-warnings": ("--fail-on",),
    "--maxdepth": ("--max-level",),
    "--maxheaderlevel": ("--max-level",),
    "--maxlevel": ("--max-level",),
    "--minheaderlevel": ("--min-level",),
    "--minlevel": ("--min-level",),
    "--minheaders": ("--min-headings",),
    "--no-color": ("--color never",),
    "--no-colors": ("--color never",),
    "--no-colour": ("--color never",),
    "--no-config": ("--isolated",),
    "--no-fix": ("--diff", "--check"),
    "--no-progress": ("--quiet",),
    "--notitle": ("--no-title",),
    "--only": ("--select",),
    "--output": ("--output-file", "--output-format"),
    "--parallel": ("--jobs", "--concurrency"),
    "--reporter": ("--output-format",),
    "--rule": ("--select",),
    "--rules": ("--select",),
    "--show-fixes": ("--diff",),
    "--show-settings": ("notelint config",),
    "--severity": ("--fail-on",),
    "--silent": ("--quiet",),
    "--skip": ("--ignore",),
    "--stats": ("--statistics",),
    "--stdin": ("-",),
    "--stdin-filepath": ("--stdin-filename",),
    "--stdin-display-name": ("--stdin-filename",),
    "--stdout": ("--diff",),
    "--threads": ("--jobs", "--concurrency"),
    "--toc-title": ("--title",),
    "--unsafe-fixes": ("--unsafe",),
    "--updateonly": ("--update-only",),
    "--workers": ("--jobs", "--concurrency"),
    "--write": ("--fix", "notelint fix"),
    "-c": ("--config",),
    "-e": ("--exclude",),
    "-f": ("--output-format", "--fix"),
    "-i": ("--fix", "notelint fix"),
    "-j": ("--jobs", "--concurrency"),
    "-n": ("--diff", "--check"),
    "-o": ("--output-file",),
    "-r": ("--select",),
    "-s": ("--quiet",),
    "-t": ("--title",),
    "-u": ("--update-only",),
    "-w": ("--watch",),
}


_FEW = 4  # values, which are listed rather than compared
_LEAST = 0.7  # similarity of options; `--frobnicate` is not `--force`


def no_command(given: Sequence[str], word: str, commands: Iterable[str]) -> str | None:
    """A message for the call *given*, which has *word* where a command should be.

    None if it can be a call of ``check``: with options of that, and a path after them.
    """
    known = list(commands)
    if word[:1] != "-":
        wanted = _COMMANDS.get(word.lower(), "")
        names = [wanted] if wanted.split(" ")[0] in (*known, "--version", "--help") else []
        similar = names or closest(word.lower(), known)
        hint = did_you_mean(*(f"notelint {each}" for each in similar))
        fault = f"unknown command `{word}`"
        return fault + (hint or ", and no file or folder of that name; see `notelint --help`")
    behind = [each for each in given if each in known]
    if behind:
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
        names = [f"a {each}" if each.islower() else each for each in missing]
        return f"`{program}` needs {listed(names, 'and')}; see `{program} --help`"
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
    hint = did_you_mean(*_meant(name, options, habits_only=True)) or _of_others(name, parser())
    if not hint and (key := _key(name, used.prog)):
        hint = f"; set {key}"
    hint = hint or did_you_mean(*_meant(name, options))
    return f"unknown option `{name}`{hint or f'; see `{used.prog} --help`'}"


def _of_others(name: str, parser: argparse.ArgumentParser) -> str:
    """The end of a message that suggests commands with an option *name*, or one of that meaning.

    If several commands have the option, they are only listed.
    """
    commands = _commands(parser)
    others = [
        command
        for command, each in commands.items()
        if name in _options(each) or _meant(name, _options(each), habits_only=True)
    ]
    if not others:
        return ""
    if name in _options(commands[others[0]]) and len(others) > 1:
        return f"; only {listed(others, 'and')} have it"
    meant = [name, *_meant(name, _options(commands[others[0]]))][-1]
    return did_you_mean(*(f"notelint {each} {meant}" for each in others[:3]))


def _key(name: str, prog: str) -> str | None:
    """The key that an option *name* of the command *prog* would set, and where, in words."""
    from notelint.config.keys import KEYS
    from notelint.config.mdformat import KEYS as LAYOUT
    from notelint.config.mdformat import NAME

    plain = name.lstrip("-")
    if prog == "notelint fmt" and (key := plain.replace("-", "_")) in LAYOUT:
        return f"`{key}` in {NAME}"
    names = (plain, f"{plain}s", plain.removeprefix("max-"))
    wanted = (f"{table}{each}" for table in ("links.", "toc.", "") for each in names)
    return next((f"`{each}` in the configuration" for each in wanted if each in KEYS), None)


def _meant(name: str, options: list[str], *, habits_only: bool = False) -> list[str]:
    """The first of the *options* that *name* means in other tools, else the closest one."""
    for each in _OPTIONS.get(name, ()):
        if each[:2] != "--" or each.partition(" ")[0] in options:
            return [each]
    if habits_only or name in _OPTIONS:
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
