"""The error of a wrong configuration or option."""

from __future__ import annotations


class ConfigError(Exception):
    """A wrong configuration or option; the message says what to do.

    ``file`` and ``keys`` lead to the place at fault in a configuration file, if it is in one.
    """

    file: str = ""
    keys: tuple[str, ...] = ()
