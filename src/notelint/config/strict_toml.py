"""TOML without its surprises; imported only where there is TOML to read."""

from __future__ import annotations

import re
import sys
from importlib import import_module

from notelint.config.errors import ConfigError
from notelint.config.place import unquoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PARTS = 16  # of a dotted key: the parser's time and memory grow with the square of their number
_PART = rb"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rb"(?<![\w-])%b(?:[ \t]*\.[ \t]*%b){%d}" % (_PART, _PART, _PARTS)
_NUMBER = rb"[\d_]{400}"  # so does the time to read decimal digits


def parse(data: bytes, name: str) -> dict[str, Any]:
    """The table in the bytes of a TOML file called *name*. Raises :class:`ConfigError`."""
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        if re.search(_DOTTED, data):
            raise _wrong(name, f"a key has more than {_PARTS} parts")
        if re.search(_NUMBER, data):
            raise _wrong(name, "a number is too long")
        found: dict[str, Any] = tomllib.loads(decoded(data, name))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, unquoted(str(error))) from None
    except RecursionError:
        raise _wrong(name, "nested too deeply") from None
    except ValueError:  # of what `int` and the dates take
        raise _wrong(name, "a number or a date has no meaning") from None
    return found


def decoded(data: bytes, name: str) -> str:
    """The text of *data*, the bytes of the file *name*. Raises :class:`ConfigError`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: not UTF-8 (byte at offset {error.start})") from None


def _wrong(name: str, why: str) -> ConfigError:
    return ConfigError(f"{name}: not valid TOML: {why}")
