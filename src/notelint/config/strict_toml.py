"""TOML within limits of time and memory; imported only if there is TOML to read."""

from __future__ import annotations

import re
import sys
from importlib import import_module

from notelint.config.location import ConfigError, unquoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_KEY_PARTS = 16  # the parser's time and memory grow with the square of their number
_PART = rb"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rb"(?<![\w-])%b(?:[ \t]*\.[ \t]*%b){%d}" % (_PART, _PART, _MAX_KEY_PARTS)
_LONG_NUMBER = rb"[\d_]{400}"  # so does the time to read decimal digits


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Parse *data*, a TOML file that messages call *name*. Raises :class:`ConfigError`."""
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        if re.search(_DOTTED, data):
            raise _wrong(name, f"a key has more than {_MAX_KEY_PARTS} parts")
        if re.search(_LONG_NUMBER, data):
            raise _wrong(name, "a number is too long")
        found: dict[str, Any] = tomllib.loads(decoded(data, name))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, unquoted(str(error))) from None
    except RecursionError:
        raise _wrong(name, "nested too deeply") from None
    except ValueError:  # from `int` and dates
        raise _wrong(name, "invalid number or date") from None
    return found


def decoded(data: bytes, name: str) -> str:
    """Decode *data*, the bytes of the file *name*. Raises :class:`ConfigError` if not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: not UTF-8 (byte at offset {error.start})") from None


def _wrong(name: str, why: str) -> ConfigError:
    return ConfigError(f"{name}: not valid TOML: {why}")
