"""Limits for YAML of strangers: a few lines can stand for more data than there is memory."""

from __future__ import annotations

_MAX_ALIASES = 30  # few enough that they cannot unfold to much, however they nest
_MAX_BRACKETS = 1_000  # the time to parse grows with the square of their depth


def is_small(text: str, characters: int) -> bool:
    """Whether the YAML *text* is quick to parse: at most *characters* long, with few brackets."""
    return len(text) <= characters and text.count("[") + text.count("{") <= _MAX_BRACKETS


def within_limits(text: str, characters: int) -> bool:
    """Whether *text* :func:`is_small` and has few aliases, so that it can be loaded.

    Raises yaml.YAMLError if it is not YAML.
    """
    if not is_small(text, characters):
        return False
    import yaml  # slow to import

    events = yaml.parse(text, yaml.SafeLoader)
    return sum(isinstance(each, yaml.AliasEvent) for each in events) <= _MAX_ALIASES
