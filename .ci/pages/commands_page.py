"""The page of commands, from the parsers of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from notelint.cli.main import COMMANDS, parser
from notelint.text.suggest import listed

COMMON = ("configuration", "rules", "running", "messages")  # groups of options
FEW = 5  # choices that are shown behind an option


def commands_page() -> str:
    parsers = _parsers()
    parts = [
        "# Commands",
        "`notelint COMMAND --help` prints the options of a command. `notelint PATH` is short for "
        "`notelint check PATH`.",
        "The exit status is 0 without problems, 1 with problems or, with `--check` or `--diff`, "
        "with something that would change, and 2 for a usage error, a wrong configuration, or a "
        "file that cannot be read or written.",
        "\n".join(
            f"- [`notelint {each}`](#notelint-{each}): {COMMANDS[each]}" for each in COMMANDS
        ),
        "## Common options",
        "They are the same for every command that has them, and may also stand before the command.",
        *_groups(parsers["check"], common=True),
    ]
    for name, command in parsers.items():
        parts += [f"## notelint {name}", *_command(command, parsers["check"])]
    return "\n\n".join(parts) + "\n"


def _parsers() -> dict[str, argparse.ArgumentParser]:
    subparsers = next(
        each for each in parser()._actions if isinstance(each, argparse._SubParsersAction)
    )
    return dict(subparsers.choices)


def _command(command: argparse.ArgumentParser, check: argparse.ArgumentParser) -> Iterator[str]:
    yield str(command.description)
    positional = [each for each in command._actions if not each.option_strings]
    words = [command.prog, "[OPTION…]", *map(_positional, positional)]
    yield f"```console\n{' '.join(words)}\n```"
    if told := [f"`{_name(each)}`: {each.help}" for each in positional if each.help]:
        yield f"{'; '.join(told)}."
    yield from _groups(command, common=False)
    shared = [each for each in command._action_groups if _is_common(each) and each._group_actions]
    if shared:
        titles = listed([str(each.title) for each in shared], "and")
        named = [each.title for each in shared]
        own = _common_names(command, named)
        less = [f"`{each}`" for each in _common_names(check, named) if each not in own]
        but = f", but not {' and '.join(less)}" if less else ""
        yield f"It also has the [common options](#common-options) for {titles}{but}."
    if command.epilog:
        yield f"```text\n{command.epilog}\n```" if "\n" in command.epilog else command.epilog


def _common_names(command: argparse.ArgumentParser, titles: Sequence[str | None]) -> list[str]:
    """The common options of *command* under *titles*, each by its long name."""
    return [
        each.option_strings[-1]
        for group in command._action_groups
        if _is_common(group) and group.title in titles
        for each in group._group_actions
    ]


def _is_common(group: argparse._ArgumentGroup) -> bool:
    return group.title in COMMON


def _groups(command: argparse.ArgumentParser, *, common: bool) -> Iterator[str]:
    for group in command._action_groups:
        listed = [
            each
            for each in group._group_actions
            if each.option_strings and not isinstance(each, argparse._HelpAction)
        ]
        if not listed or _is_common(group) != common:
            continue
        yield f"{str(group.title).capitalize()}:"
        yield "\n".join(map(_option, listed))


def _positional(action: argparse.Action) -> str:
    name = _name(action)
    if action.nargs == "*":
        return f"[{name}]" if "…" in name else f"[{name} …]"
    return f"[{name}]" if action.nargs == "?" else name


def _name(action: argparse.Action) -> str:
    if action.choices and not action.metavar:
        return "|".join(map(str, action.choices))
    return str(action.metavar or action.dest.upper())


def _option(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {_value(action)}"
    names = ", ".join(f"`{each}{value}`" for each in action.option_strings)
    choices = ", ".join(f"`{each}`" for each in action.choices or ())
    one_of = f"one of {choices}" if len(action.choices or ()) > FEW else ""
    about = (action.help or "") % {"default": action.default}
    told = "; ".join(filter(None, [about, one_of]))
    return f"- {names}: {told}".rstrip(": ")


def _value(action: argparse.Action) -> str:
    if 0 < len(action.choices or ()) <= FEW and not action.metavar:
        return "|".join(map(str, action.choices or ()))
    return str(action.metavar or action.dest.rpartition("_")[2].upper())
