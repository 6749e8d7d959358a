"""The file of a configuration: where it is, and what is in it before anything is checked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from notelint.config.errors import ConfigError
from notelint.config.place import Where, table
from notelint.text.startup import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PYPROJECT = "pyproject.toml"
YAML = (".notelint.yaml", ".notelint.yml")
MOST = 1024 * 1024  # bytes; a larger file is no configuration


# What is in a file of a kind, by its bytes: what parses them now, or once made of the same.
Keep = Callable[[str, bytes, Callable[[], object]], object]


def anew(kind: str, data: bytes, parse: Callable[[], object]) -> object:
    """The :data:`Keep` that keeps nothing."""
    return parse()


class Raw(NamedTuple):
    """A configuration as written: its place, and the table there."""

    path: str
    where: Where
    table: dict[str, object]


def nearest(folder: str, keep: Keep = anew) -> Raw | None:
    """The configuration of *folder*, an absolute path, or of the closest folder above it."""
    for each in upwards(folder):
        files = (os.path.join(each, name) for name in (*YAML, PYPROJECT))
        found = [raw for file in files if (raw := _in(file, keep))]
        if len(found) > 1:
            one, other = found[0].where.file, found[1].where.file
            raise ConfigError(f"both {one} and {other} configure notelint; keep one of them")
        if found:
            return found[0]
    return None


def upwards(folder: str) -> Iterator[str]:
    """*folder*, an absolute path, and all that it is in."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def named(path: str, keep: Keep = anew) -> Raw:
    """The configuration in the file *path*, whatever its name. Raises :class:`ConfigError`."""
    where = Where(_shown(path))
    try:
        data = _read(path)
    except OSError as error:
        raise ConfigError(f"{where.file}: cannot be read ({error.strerror})") from None
    if path.endswith(".toml"):
        found = _tool(path, data, keep)
        if found is None:
            raise ConfigError(f"{where.file}: has no table `tool.notelint`")
        return found
    if path.endswith((".yaml", ".yml")):
        return Raw(path, where, _yaml(data, where, keep))
    raise ConfigError(f"{where.file}: a configuration is a .toml, .yaml or .yml file")


def _in(path: str, keep: Keep) -> Raw | None:
    try:
        data = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: cannot be read ({error.strerror})") from None
    if os.path.basename(path) == PYPROJECT:
        return _tool(path, data, keep)
    where = Where(_shown(path))
    return Raw(path, where, _yaml(data, where, keep))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        raise ConfigError(f"{_shown(path)}: too large for a configuration (over {MOST} bytes)")
    return data


def _shown(path: str) -> str:
    here = os.getcwd()
    shown = os.path.relpath(path, here)
    return (path if shown.startswith(os.pardir) else shown).replace(os.sep, "/")


def _tool(path: str, data: bytes, keep: Keep) -> Raw | None:
    """The table ``tool.notelint`` of a TOML file, None where there is none."""
    if b"notelint" not in data:
        return None  # most projects' file; there is no need to parse it
    where = Where(_shown(path))
    tool = keep("toml", data, lambda: _toml(data, where))
    where = where.at("tool").at("notelint")
    return None if tool is None else Raw(path, where, table(tool, where))


def _toml(data: bytes, where: Where) -> object:
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        parsed: dict[str, Any] = tomllib.loads(_text(data, where))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where.file}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{where.file}: not valid TOML: nested too deeply") from None
    tool = parsed.get("tool")
    return tool.get("notelint") if isinstance(tool, dict) else None


def _yaml(data: bytes, where: Where, keep: Keep) -> dict[str, object]:
    def parsed() -> object:
        from notelint.config.strict_yaml import parse

        return parse(_text(data, where), where)

    found = keep("yaml", data, parsed)
    return {} if found is None else table(found, where)


def _text(data: bytes, where: Where) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where.file}: not UTF-8 (byte at offset {error.start})") from None
