"""Configuration files: which one applies to a folder, and its content before validation.

Whatever lies in a tree may be a stranger's: a link there must not lead to a file of the user's, and
a FIFO must not block the run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator

from notelint.config.errors import ConfigError
from notelint.config.key_path import KeyPath, table
from notelint.config.model import Config
from notelint.text.startup import NamedTuple
from notelint.workspace.git import repository_root
from notelint.workspace.safe_files import open_without_waiting

PYPROJECT = "pyproject.toml"
YAML = (".notelint.yaml", ".notelint.yml")
FILE_NAMES = (*YAML, PYPROJECT)
# Names that are not read, though someone may think so, and what to do.
MISNAMED = {
    ".notelint.toml": "write `.notelint.yaml`, or `[tool.notelint]` in pyproject.toml",
    "notelint.toml": "write `.notelint.yaml`, or `[tool.notelint]` in pyproject.toml",
    "notelint.yaml": "rename it to `.notelint.yaml`",
    "notelint.yml": "rename it to `.notelint.yml`",
}
MAX_BYTES = 1024 * 1024  # of a configuration file


class ConfigFile(NamedTuple):
    """A configuration before validation.

    ``path`` is absolute or as explicit. ``key_path`` leads to ``table``, the settings in the file.
    ``explicit``: the caller named the file.
    """

    path: str
    key_path: KeyPath
    table: dict[str, object]
    explicit: bool = False


def load(file: str, cached: bool = False) -> Config:
    """Load the configuration in *file*, which the caller names.

    Its parsed content may be *cached*. Raises :class:`ConfigError`, with a one-line message, if the
    file cannot be read or is wrong.
    """
    return _validated(read_named(file, cached), os.getcwd())


def _validated(found: ConfigFile, folder: str) -> Config:
    from notelint.config.validate import validated  # most folders have no configuration

    try:
        return validated(found.table, found.key_path, folder, explicit=found.explicit)
    except ConfigError as error:
        raise with_line(error) from None


def with_line(error: ConfigError) -> ConfigError:
    """*error* with the line that it is about, if that is found in its file."""
    if not error.keys:
        return error
    from notelint.config.lines import line_of

    try:
        text = read_config_file(error.file).decode("utf-8-sig")
    except (ConfigError, UnicodeDecodeError):
        return error
    line = line_of(text, error.keys, toml=error.file.endswith(".toml"))
    return error if line is None else ConfigError(f"{error} (line {line})")


def nearest(folder: str, top: str) -> ConfigFile | None:
    """Return the configuration of *folder*, or of the closest folder above it up to *top*.

    Raises :class:`ConfigError`, also if two files of one folder configure notelint.
    """
    found = (_beside(each, top, cached=False) for each in upwards(folder, top))
    return next(filter(None, found), None)


def found_in(folder: str, top: str, cached: bool) -> Config | None:
    """The configuration that a file in *folder* holds, which is *top* or below; None without one.

    Raises :class:`ConfigError`.
    """
    found = _beside(folder, top, cached)
    return _validated(found, folder) if found else None


def _beside(folder: str, top: str, cached: bool) -> ConfigFile | None:
    paths = (os.path.join(folder, name) for name in FILE_NAMES)
    found = [file for path in paths if (file := _in(path, top, cached))]
    if len(found) > 1:
        one, other = found[0].key_path.file, found[1].key_path.file
        raise ConfigError(f"both {one} and {other} configure notelint; keep one of them")
    return found[0] if found else None


def misnamed_in(folder: str) -> list[str]:
    """Warnings of files in *folder* that have nearly the name of a configuration."""
    if os.path.basename(folder) == "workflows":  # a workflow may have any name
        return []
    return [
        f"{display_name(path)} is not read; {cure}"
        for name, cure in MISNAMED.items()
        if os.path.lexists(path := os.path.join(folder, name))
    ]


def read_named(path: str, cached: bool = False) -> ConfigFile:
    """Return the configuration in the file *path*, whatever its name. Raises ConfigError."""
    key_path, data = KeyPath(display_name(path)), read_config_file(path)
    if path.endswith(".toml"):
        if found := _tool(path, data, cached):
            return found._replace(explicit=True)
        from notelint.config.strict_toml import parse

        bare = parse(data, key_path.file)
        if os.path.basename(path) == PYPROJECT or "tool" in bare:
            raise ConfigError(f"{key_path.file}: has no table `tool.notelint`")
        return ConfigFile(path, key_path, bare, explicit=True)
    if path.endswith((".yaml", ".yml")):
        return ConfigFile(path, key_path, _yaml(path, data, key_path, cached), explicit=True)
    raise ConfigError(f"{key_path.file}: a configuration is a .toml, .yaml or .yml file")


def _in(path: str, top: str, cached: bool) -> ConfigFile | None:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None  # the usual case
    is_toml = os.path.basename(path) == PYPROJECT
    if is_toml and stat.S_ISDIR(mode):
        return None  # the name is not notelint's: the folder is for something else
    data = read_found(path, top)
    if data is None:
        return None
    if is_toml:
        return _tool(path, data, cached)
    key_path = KeyPath(display_name(path))
    return ConfigFile(path, key_path, _yaml(path, data, key_path, cached))


def _tool(path: str, data: bytes, cached: bool) -> ConfigFile | None:
    """The table ``tool.notelint`` of a TOML file; None if there is none."""
    if b"notelint" not in data:
        return None  # most projects' file; there is no need to parse it
    key_path = KeyPath(display_name(path))
    tool = _parsed(path, "toml", data, lambda: _toml(data, key_path), cached)
    key_path = key_path.at("tool").at("notelint")
    return None if tool is None else ConfigFile(path, key_path, table(tool, key_path))


def _toml(data: bytes, key_path: KeyPath) -> object:
    from notelint.config.strict_toml import parse

    tool = parse(data, key_path.file).get("tool")
    return tool.get("notelint") if isinstance(tool, dict) else None


def _yaml(path: str, data: bytes, key_path: KeyPath, cached: bool) -> dict[str, object]:
    def parse_yaml() -> object:
        from notelint.config.strict_yaml import parse

        return parse(data, key_path)

    found = _parsed(path, "yaml", data, parse_yaml, cached)
    return {} if found is None else table(found, key_path)


def _parsed(path: str, kind: str, data: bytes, parse: Callable[[], object], cached: bool) -> object:
    if not cached:
        return parse()
    from notelint.cache.parsed_config import keep_parsed

    return keep_parsed(path, kind, data, parse)


def top_of(folder: str, named: Collection[str] | None = None) -> str:
    """The highest folder whose configuration may hold for the absolute *folder*.

    It is the root of the repository. Without one, it is the highest folder around *folder* that
    is among the absolute paths *named*, by default the current folder; else *folder* itself.
    """
    root = repository_root(folder)
    if root is not None:
        return root
    known = (os.getcwd(),) if named is None else named
    return min((each for each in upwards(folder) if each in known), key=len, default=folder)


def named_by(paths: Iterable[str]) -> frozenset[str]:
    """The absolute *paths* of a call and the current folder, for :func:`top_of`."""
    return frozenset([os.getcwd(), *map(os.path.abspath, paths)])


def is_below(path: str, folder: str) -> bool:
    """Whether *path* is *folder* or in it; both are absolute."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def upwards(folder: str, top: str = "") -> Iterator[str]:
    """Yield *folder* and the folders that it is in, up to *top* or the root; absolute paths."""
    yield folder
    while folder != top and (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def display_name(path: str) -> str:
    """*path* as messages name it: relative if it is below the current folder."""
    relative = os.path.relpath(path, os.getcwd())
    return (path if relative.startswith(os.pardir) else relative).replace(os.sep, "/")


def read_found(path: str, top: str) -> bytes | None:
    """Read the file at *path*, found in the tree below *top*; None if there is none.

    Raises :class:`ConfigError` for anything but a regular file, and for a link that leads out of
    the tree or into ``.git``. A file whose folder is outside, behind a link, counts as none.
    """
    if not os.path.lexists(path):
        return None
    root, target = os.path.realpath(top), os.path.realpath(path)
    if not is_below(os.path.realpath(os.path.dirname(path)), root):
        return None
    below = target[len(root) :].lower().split(os.sep)
    if not is_below(target, root) or ".git" in below:
        wrong = "a link that leads out of the tree is not followed; put a file in its place"
        raise ConfigError(f"{display_name(path)}: {wrong}")
    return _read(target, display_name(path)) if os.path.lexists(target) else None


def read_config_file(path: str) -> bytes:
    """Read the regular file at *path*, named by the caller; links are followed anywhere."""
    return _read(path, display_name(path))


def _read(path: str, name: str) -> bytes:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ConfigError(f"{name}: not a regular file")
        with open(path, "rb", opener=open_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # replaced since the first look
                raise ConfigError(f"{name}: not a regular file")
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{name}: too large for a configuration (over {MAX_BYTES} bytes)")
    return data
