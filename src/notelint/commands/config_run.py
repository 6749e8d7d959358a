"""``config``: the settings that hold for a path, each with its source; and what a key means."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notelint.config.config_files import nearest, read_named, top_of
from notelint.config.configs import Configs
from notelint.config.describe import all_keys, describe
from notelint.config.errors import ConfigError
from notelint.config.model import Config, Layer
from notelint.config.schema import schema
from notelint.engine.note_path import note_at
from notelint.engine.rule_sets import RuleSets
from notelint.text.startup import NamedTuple
from notelint.text.suggest import hint

Table = Mapping[str, Any]

_DEFAULT = "default"
_ADDED = ("extend-select", "ignore", "exclude")  # what several sources say adds up
_SECRET = ("links", "headers")


class Setting(NamedTuple):
    """A key, its value and the source of the value."""

    key: str
    value: Any
    source: str


class PathSettings(NamedTuple):
    """The settings for ``path``, the configuration ``file``, and the rules that are on.

    ``excluded``: the configuration excludes the path.
    """

    path: str
    file: str | None
    excluded: bool
    settings: list[Setting]
    rules: list[str]


def settings_for(path: str, configs: Configs, cli_layer: Layer, given: Table) -> PathSettings:
    """The settings for *path*, with those *given* on the command line on top.

    *cli_layer* is the layer of the latter. Raises :class:`ConfigError`.
    """
    absolute = os.path.abspath(path)
    folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    configs.find([absolute] if folder != absolute else [], folder)
    config = configs.main
    sources = list(_sources(config, absolute, given))
    return PathSettings(
        path,
        config.file,
        config.excluded(absolute),
        [_setting(keys, node, sources) for keys, node in leaves(schema())],
        list(RuleSets(configs, cli_layer)(note_at(absolute, os.getcwd())).names),
    )


def _sources(config: Config, path: str, given: Table) -> Iterator[tuple[str, Table]]:
    """The tables that apply to *path*, each with its name, in rising priority."""
    if config.file is not None:
        table = _table(config, config.file)
        yield config.file, table
        for number in config.special(path):
            glob = config.per_file[number][0]
            yield f'{config.file}, per-file "{glob}"', table["per-file"][glob]
    if given:
        yield "command line", given


def _table(config: Config, file: str) -> Table:
    """The settings of *config* as they are written in its *file*."""
    if config.explicit:
        return read_named(file).table
    found = nearest(config.folder, top_of(config.folder))
    return found.table if found else {}  # removed in this moment


def leaves(node: Table, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Table]]:
    """The keys that take a value in the schema *node*, each with its own schema."""
    for key, each in node["properties"].items():
        if key == "per-file":
            continue
        if "properties" in each:
            yield from leaves(each, (*keys, key))
        else:
            yield (*keys, key), each


def _setting(keys: tuple[str, ...], node: Table, sources: Sequence[tuple[str, Table]]) -> Setting:
    value, source = node.get("default"), _DEFAULT
    if value is None and node.get("type") == "array":
        value = ["default"] if keys == ("select",) else []
    added: list[tuple[str, list[str]]] = []
    for name, table in sources:
        if "select" in table and keys[0] in ("ignore", "extend-select"):
            # `select` starts over, but keeps what `per-file` ignores
            added = [each for each in added if keys[0] == "ignore" and "per-file" in each[0]]
        said = _value_in(table, keys)
        if said is None:
            continue
        value, source = said, name
        added.append((name, said))
    if keys[-1] in _ADDED and len(keys) == 1:
        value = [each for _, said in added for each in said]
        source = ", ".join(dict.fromkeys(name for name, _ in added)) or _DEFAULT
    if keys == _SECRET and value:
        value = {site: dict.fromkeys(headers, "…") for site, headers in value.items()}
    return Setting(".".join(keys), value, source)


def _value_in(table: Table, keys: Sequence[str]) -> Any:
    found: Any = table
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


# ---------------------------------------------------------------------- one key


def explained(key: str) -> str | None:
    """The description of *key*, several lines; None if there is no such key.

    The name of a rule may stand for its table: ``duplicate-link.scope``.
    """
    known, key = all_keys(), key.removeprefix("tool.notelint.")
    full = next((each for each in (key, f"rules.{key}") if each in known), None)
    return None if full is None else describe(full)


def unknown(name: str) -> ConfigError:
    """The error for *name*, which is neither a path nor a key; suggests the closest key."""
    cure = hint(name, all_keys()) or "; `notelint config` prints all keys"
    return ConfigError(f"no key, file or folder `{name}`{cure}")
