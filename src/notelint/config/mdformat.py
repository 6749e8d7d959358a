"""The configuration of mdformat, ``.mdformat.toml``, as documented by mdformat 1."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notelint.config.config_files import read_found, upwards
from notelint.config.key_path import MAX_ENTRIES, KeyPath
from notelint.config.strict_toml import parse
from notelint.markdown.format import COVERED
from notelint.text.glob import PatternError, check

NAME = ".mdformat.toml"


@dataclass(frozen=True)
class Layout:
    """The settings of mdformat for the notes below *folder*.

    Without ``number`` and with ``end_of_line`` "keep", both stay as written. ``exclude`` holds
    glob patterns relative to ``folder``, ``plugin`` the options of mdformat's extensions by name.
    """

    folder: Path = Path("/")
    wrap: str | int = "keep"
    number: bool | None = None
    end_of_line: str = "keep"
    exclude: tuple[str, ...] = ()
    plugin: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    codeformatters: tuple[str, ...] = ()

    @property
    def identity(self) -> str | None:
        """A text that is equal for layouts that make the same of every note.

        None where what other programs make of one may change unseen.
        """
        if self.codeformatters or not COVERED.issuperset(self.extensions):
            return None
        plugin = {name: dict(options) for name, options in self.plugin.items()}
        return repr((self.wrap, self.number, self.end_of_line, plugin))


def layout_for(folder: str, top: str) -> Layout:
    """The layout for notes in the absolute *folder*: the nearest one upwards, as far as *top*.

    Raises :class:`ConfigError`.
    """
    for each in upwards(folder, top):
        file = os.path.join(each, NAME)
        if (data := read_found(file, top)) is not None:
            return _layout(Path(file), parse(data, file))
    return Layout()


def _layout(file: Path, found: dict[str, Any]) -> Layout:
    for key, value in found.items():
        at = KeyPath(str(file)).at(key)
        if key not in OPTIONS:
            raise at.unknown("key", OPTIONS)
        wanted, fits = OPTIONS[key]
        if not fits(value):
            raise at.error(f"must be {wanted}")
    found.pop("validate", None)  # notelint always validates
    taken: dict[str, Any] = {}
    for key, each in found.items():
        taken[key] = tuple(each) if isinstance(each, list) else each
    return Layout(folder=file.parent, **taken)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _patterns(value: object) -> bool:
    if not isinstance(value, list) or not _names(value) or len(value) > MAX_ENTRIES:
        return False
    try:
        for each in value:
            check(each)
    except PatternError:
        return False
    return True


def _tables(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


OPTIONS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "wrap": (
        '"keep", "no" or a number of columns',
        lambda value: value in ("keep", "no") or (type(value) is int and value > 1),
    ),
    "number": ("true or false", lambda value: isinstance(value, bool)),
    "end_of_line": ('"lf", "crlf" or "keep"', lambda value: value in ("lf", "crlf", "keep")),
    "validate": ("true or false", lambda value: isinstance(value, bool)),
    "exclude": ("a list of patterns", _patterns),
    "plugin": ("a table of tables", _tables),
    "extensions": ("a list of strings", _names),
    "codeformatters": ("a list of strings", _names),
}
