"""``.mdformat.toml``: how mdformat is configured, read as mdformat documents it (version 1)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from notelint.config.errors import ConfigError

NAME = ".mdformat.toml"


@dataclass(frozen=True)
class Layout:
    """The settings of mdformat for the notes below *folder*.

    A *number* or *end_of_line* that is not set leaves both as they are written. *exclude* are
    glob patterns from *folder*, *plugin* options of mdformat's extensions by name.
    """

    folder: Path = Path("/")
    wrap: str | int = "keep"
    number: bool | None = None
    end_of_line: str = "keep"
    exclude: tuple[str, ...] = ()
    plugin: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    codeformatters: tuple[str, ...] = ()


def layout_for(folder: Path) -> Layout:
    """The layout that notes in the absolute *folder* are to have. Raises :class:`ConfigError`."""
    for each in (folder, *folder.parents):
        file = each / NAME
        if file.is_file():
            return _layout(file, _parsed(file))
    return Layout()


def _parsed(file: Path) -> dict[str, Any]:
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        found: dict[str, Any] = tomllib.loads(file.read_bytes().decode())
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from None
    return found


def _layout(file: Path, found: dict[str, Any]) -> Layout:
    for key, value in found.items():
        if key not in _KEYS:
            raise ConfigError(f"{file}: `{key}` is no key; known are {', '.join(_KEYS)}")
        wanted, fits = _KEYS[key]
        if not fits(value):
            raise ConfigError(f"{file}: `{key}` must be {wanted}")
    found.pop("validate", None)  # a page that would change is never written here
    taken: dict[str, Any] = {}
    for key, each in found.items():
        taken[key] = tuple(each) if isinstance(each, list) else each
    return Layout(folder=file.parent, **taken)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _width(value: object) -> bool:
    return value in ("keep", "no") or (type(value) is int and value > 1)


def _switch(value: object) -> bool:
    return isinstance(value, bool)


def _tables(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


_KEYS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "wrap": ('"keep", "no" or a number of columns', _width),
    "number": ("true or false", _switch),
    "end_of_line": ('"lf", "crlf" or "keep"', lambda value: value in ("lf", "crlf", "keep")),
    "validate": ("true or false", _switch),
    "exclude": ("a list of strings", _names),
    "plugin": ("a table of tables", _tables),
    "extensions": ("a list of strings", _names),
    "codeformatters": ("a list of strings", _names),
}
