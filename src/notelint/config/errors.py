"""What can be wrong with a configuration."""

from __future__ import annotations


class ConfigError(Exception):
    """A configuration or an option that makes no sense; the message says what to do."""
