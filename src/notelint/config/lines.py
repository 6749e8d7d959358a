"""The lines of keys in configuration files, for messages; imported only where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

_PART = re.compile(
    r"[ \t]*(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|([\w-]{1,200}))[ \t]*(\.|=|$)?"
)


def line_of(text: str, keys: Sequence[str], *, toml: bool) -> int | None:
    """The line, from 1, of the last of *keys* that is found in *text*; None if none is.

    Numbers among the keys count the values of a list from 1.
    """
    with suppress(Exception):  # the message is right without it
        return _in_toml(text, tuple(keys)) if toml else _in_yaml(text, keys)
    return None


def _in_yaml(text: str, keys: Sequence[str]) -> int | None:
    import yaml

    node: Any = yaml.compose(text, yaml.SafeLoader)
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((name, each) for name, each in node.value if name.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and key.isdigit():
            node = node.value[int(key) - 1]
            line = node.start_mark.line + 1
    return line


def _in_toml(text: str, keys: tuple[str, ...]) -> int | None:
    """By tables and keys at the beginning of lines; tables inside a line are not searched."""
    plain = tuple(each for each in keys if not each.isdigit())
    best, line_of_best = 0, None
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("["):
            here = table = tuple(_parts(line.strip().lstrip("[")))
        else:
            here = (*table, *_parts(line)) if "=" in line else ()
        if len(here) > best and plain[: len(here)] == here:
            best, line_of_best = len(here), number
    return line_of_best


def _parts(text: str) -> Iterator[str]:
    """The parts of the dotted key that *text* begins with."""
    at = 0
    while match := _PART.match(text, at):
        yield match[1] or match[2] or match[3] or ""
        at = match.end()
        if match[4] != ".":
            return
