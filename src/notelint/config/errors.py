"""The error of a wrong configuration or option."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.config.key_path import KeyPath


class ConfigError(Exception):
    """A wrong configuration or option; the message says what to do.

    ``key_path`` leads to the place at fault in a file; None if it is none.
    """

    key_path: KeyPath | None = None
