"""The file of a configuration: where it is, and what is in it before anything is checked."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from notelint.config.errors import ConfigError
from notelint.config.found import read_found, read_given, shown, upwards
from notelint.config.place import Where, table
from notelint.text.named import NamedTuple

PYPROJECT = "pyproject.toml"
YAML = (".notelint.yaml", ".notelint.yml")

# What is in a file of a kind, by its bytes: what parses them now, or once made of the same.
Keep = Callable[[str, bytes, Callable[[], object]], object]


def anew(kind: str, data: bytes, parse: Callable[[], object]) -> object:
    """The :data:`Keep` that keeps nothing."""
    return parse()


class Raw(NamedTuple):
    """A configuration as written: its place, the table there, and whether the caller named it."""

    path: str
    where: Where
    table: dict[str, object]
    given: bool = False


def nearest(folder: str, top: str, keep: Keep = anew) -> Raw | None:
    """The configuration of *folder* or of the closest folder above it, up to *top*."""
    for each in upwards(folder, top):
        files = (os.path.join(each, name) for name in (*YAML, PYPROJECT))
        found = [raw for file in files if (raw := _in(file, top, keep))]
        if len(found) > 1:
            one, other = found[0].where.file, found[1].where.file
            raise ConfigError(f"both {one} and {other} configure notelint; keep one of them")
        if found:
            return found[0]
    return None


def named(path: str, keep: Keep = anew) -> Raw:
    """The configuration in the file *path*, whatever its name. Raises :class:`ConfigError`."""
    where, data = Where(shown(path)), read_given(path)
    if path.endswith(".toml"):
        found = _tool(path, data, keep)
        if found is None:
            raise ConfigError(f"{where.file}: has no table `tool.notelint`")
        return found._replace(given=True)
    if path.endswith((".yaml", ".yml")):
        return Raw(path, where, _yaml(data, where, keep), given=True)
    raise ConfigError(f"{where.file}: a configuration is a .toml, .yaml or .yml file")


def _in(path: str, top: str, keep: Keep) -> Raw | None:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        mode = 0  # mostly there is none
    is_toml = os.path.basename(path) == PYPROJECT
    if mode == 0 or (is_toml and stat.S_ISDIR(mode)):
        return None  # a folder of that name can't be meant for us: the name is not ours
    data = read_found(path, top)
    if data is None:
        return None
    if is_toml:
        return _tool(path, data, keep)
    where = Where(shown(path))
    return Raw(path, where, _yaml(data, where, keep))


def _tool(path: str, data: bytes, keep: Keep) -> Raw | None:
    """The table ``tool.notelint`` of a TOML file, None where there is none."""
    if b"notelint" not in data:
        return None  # most projects' file; there is no need to parse it
    where = Where(shown(path))
    tool = keep("toml", data, lambda: _toml(data, where))
    where = where.at("tool").at("notelint")
    return None if tool is None else Raw(path, where, table(tool, where))


def _toml(data: bytes, where: Where) -> object:
    from notelint.config.strict_toml import parse

    tool = parse(data, where.file).get("tool")
    return tool.get("notelint") if isinstance(tool, dict) else None


def _yaml(data: bytes, where: Where, keep: Keep) -> dict[str, object]:
    def parsed() -> object:
        from notelint.config.strict_yaml import parse

        return parse(data, where)

    found = keep("yaml", data, parsed)
    return {} if found is None else table(found, where)
