"""YAML that may be read: a few lines of it can stand for more data than there is memory."""

from __future__ import annotations

import yaml

_MOST_ALIASES = 30  # as many can't unfold to much, however they refer to each other
_MOST_BRACKETS = 1_000  # the time to read them grows with the square of their depth


def is_tame(text: str, characters: int) -> bool:
    """Whether the YAML *text* has at most so many *characters*, and aliases as people use them.

    Raises yaml.YAMLError where it is no YAML.
    """
    if len(text) > characters or text.count("[") + text.count("{") > _MOST_BRACKETS:
        return False
    events = yaml.parse(text, yaml.SafeLoader)
    return sum(isinstance(each, yaml.AliasEvent) for each in events) <= _MOST_ALIASES
