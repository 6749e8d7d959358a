"""``config``: the settings that hold for a path, each with its source; and what a key means."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notelint.config.config_files import ConfigFile, named, nearest, top_of
from notelint.config.location import ConfigError
from notelint.config.model import Config, Layer
from notelint.config.schema import schema
from notelint.config.validate import validated
from notelint.engine.rule_sets import RuleSets
from notelint.text.startup import NamedTuple

Table = Mapping[str, Any]

_DEFAULT = "default"
_ADDED = ("extend-select", "ignore", "exclude")  # what several sources say adds up
_SECRET = ("links", "headers")


class Setting(NamedTuple):
    """A key, its value and where that comes from."""

    key: str
    value: Any
    source: str


class Settings(NamedTuple):
    """What holds for ``path``: the configuration ``file``, whether it is excluded, the rules."""

    path: str
    file: str | None
    excluded: bool
    settings: list[Setting]
    rules: list[str]


def settings_for(path: str, given: Table, file: str | None = None, *, isolated: bool) -> Settings:
    """The settings for *path*, with those *given* by the command line on top.

    *file* is a configuration that the caller names. Raises :class:`ConfigError`.
    """
    absolute = os.path.abspath(path)
    folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    found = None if isolated else named(file) if file else nearest(folder, top_of(folder))
    config = _config(found, folder)._replace(left_out=tuple(given.get("exclude", ())))
    sources = list(_sources(found, config, absolute, given))
    layer = Layer(
        tuple(given["select"]) if "select" in given else None,
        tuple(given.get("ignore", ())),
        extend_select=tuple(given.get("extend-select", ())),
    )
    return Settings(
        path,
        config.file,
        config.excluded(absolute),
        [_setting(keys, node, sources) for keys, node in leaves(schema())],
        list(RuleSets(config, layer)(absolute).names),
    )


def _config(found: ConfigFile | None, folder: str) -> Config:
    if found is None:
        return Config(folder)
    start = os.getcwd() if found.given else os.path.dirname(found.path)
    return validated(found.table, found.location, start, given=found.given)


def _sources(
    found: ConfigFile | None, config: Config, path: str, given: Table
) -> Iterator[tuple[str, Table]]:
    """The tables that say something of *path*, lowest first, each with its name."""
    if found is not None:
        yield found.location.file, found.table
        parts: Any = found.table.get("per-file", {})
        for number in config.special(path):
            glob = config.per_file[number][0]
            yield f'{found.location.file}, per-file "{glob}"', parts[glob]
    if given:
        yield "command line", given


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
            # who selects starts over; but what a note is spared by name stays so
            added = [each for each in added if keys[0] == "ignore" and "per-file" in each[0]]
        said = _said(table, keys)
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


def _said(table: Table, keys: Sequence[str]) -> Any:
    found: Any = table
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


# ---------------------------------------------------------------------- one key


def known_keys() -> list[str]:
    """All keys with their tables: ``toc``, ``toc.min-level``, ``rules.duplicate-link.scope``."""
    return [".".join(keys) for keys, _ in _nodes(schema())]


def explained(key: str) -> str | None:
    """What *key* means, as text of several lines; None if there is no such key.

    The name of a rule may stand for its table: ``duplicate-link.scope``.
    """
    nodes = {".".join(keys): node for keys, node in _nodes(schema())}
    full = next((each for each in (key, f"rules.{key}") if each in nodes), None)
    return None if full is None else _page(full, nodes[full])


def _nodes(node: Table, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Table]]:
    for key, each in node.get("properties", {}).items():
        yield (*keys, key), each
        yield from _nodes(each, (*keys, key))


def _page(key: str, node: Table) -> str:
    lines = [key, "=" * len(key), "", f"{_kind(node)}{_by_default(node)}"]
    if text := node.get("description"):
        lines += ["", f"{text.rstrip('.')}."]
    if inner := node.get("properties"):
        lines.append("")
        lines += [f"- {name}: {_kind(each)}{_by_default(each)}" for name, each in inner.items()]
    elif "additionalProperties" not in node:
        lines += ["", *_example(key.split("."), _sample(node))]
    return "\n".join(lines) + "\n"


_KINDS = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "a string",
    "object": "a table",
}
_MAX_CHOICES = 8  # that are listed


def _kind(node: Table) -> str:
    if "enum" in node:
        return _choices(node["enum"], "one of")
    if node.get("type") == "array":
        items = node.get("items", {})
        if "enum" in items:
            return f"a list of {_choices(items['enum'], '')}".rstrip()
        kind = _KINDS.get(items.get("type", ""), "a value").removeprefix("a ")
        return f"a list of {kind}s"
    return _KINDS.get(node.get("type", ""), "a value")


def _choices(names: Sequence[str], lead: str) -> str:
    if len(names) > _MAX_CHOICES:
        return f"{lead} names of rules and categories".lstrip()
    return f"{lead} {', '.join(names)}".lstrip()


def _by_default(node: Table) -> str:
    return f", by default {json.dumps(node['default'])}" if "default" in node else ""


def _sample(node: Table) -> Any:
    if node.get("examples"):
        return node["examples"][0]
    if node.get("type") == "array":
        items = node.get("items", {})
        return [items["enum"][0] if "enum" in items else _sample(items)]
    if "enum" in node:
        others = [each for each in node["enum"] if each != node.get("default")]
        return (others or node["enum"])[0]
    default = node.get("default")
    if isinstance(default, bool) or node.get("type") == "boolean":
        return not default
    return (
        {"integer": 1, "number": 1.0, "string": "..."}.get(node.get("type", ""), default)
        if (default is None)
        else default
    )


def _example(keys: Sequence[str], value: Any) -> list[str]:
    """How to write it in both files."""
    written = json.dumps(value, ensure_ascii=False)
    table = ".".join(("tool", "notelint", *keys[:-1]))
    yaml = [f"  {'  ' * depth}{key}:" for depth, key in enumerate(keys)]
    yaml[-1] += f" {written}"
    return [
        *("In .notelint.yaml:", "", *yaml, ""),
        *("In pyproject.toml:", "", f"  [{table}]", f"  {keys[-1]} = {written}"),
    ]


def unknown(name: str) -> ConfigError:
    """The error for *name*, which is neither a path nor a key; suggests the closest key."""
    from notelint.text.suggest import hint

    cure = hint(name, known_keys()) or "; `notelint config` prints all keys"
    return ConfigError(f"no key, file or folder `{name}`{cure}")
