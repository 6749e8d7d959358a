"""The JSON Schema of the configuration, for editors; made from the types that validate it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin

import notelint.rules as rules
from notelint.config import selection
from notelint.config.keys import KEYS
from notelint.config.validate import FAIL_ON, SEVERITIES, links_keys
from notelint.config.values import REQUIRED, keys_of, types_of
from notelint.online.online_settings import OnlineSettings
from notelint.project_urls import documentation
from notelint.toc.options import TocOptions
from notelint.workspace.sites import Site

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def render() -> str:
    """The schema of ``.notelint.yaml`` and ``[tool.notelint]`` as JSON, as stored beside this."""
    return json.dumps(schema(), indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The schema as data."""
    names = {"type": "array", "items": {"enum": sorted(selection.known())}, "uniqueItems": True}
    strings = {"type": "array", "items": {"type": "string"}}
    layer = {
        "select": names,
        "extend-select": names,
        "ignore": names,
        "severity": {
            "type": "object",
            "propertyNames": {"enum": sorted(selection.known())},
            "additionalProperties": {"enum": list(SEVERITIES)},
        },
        "rules": _closed({name: _rule(name) for name in sorted(rules.CATALOG)}),
        "toc": _table(TocOptions, "toc"),
    }
    links = _table(OnlineSettings, "links", only=links_keys())
    sites = {"sites": {"type": "array", "items": _table(Site, "links.sites")}}
    links["properties"] |= _explained(sites, "links")
    top = {
        **layer,
        "include": strings,
        "exclude": strings,
        "per-file": {"type": "object", "additionalProperties": _closed(_explained(layer))},
        "fail-on": {"enum": list(FAIL_ON), "default": "warning"},
        "links": links,
        "cache-dir": {"type": "string"},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **({"$id": f"{home}/settings.schema.json"} if (home := documentation()) else {}),
        "title": "notelint",
        **_closed(_explained(top)),
    }


def _explained(properties: dict[str, Any], *above: str) -> dict[str, Any]:
    """*properties*, below the keys *above*, with what :data:`KEYS` says of them."""
    found = {}
    for key, each in properties.items():
        about = KEYS[".".join((*above, key))]
        found[key] = {**each, "description": about.description, "examples": [about.example]}
    return found


def _rule(name: str) -> dict[str, Any]:
    rule = rules.get(name)
    table = _closed({}) if rule.options is TocOptions else _table(rule.options)
    for key, each in table["properties"].items():
        about = rule.about_options.get(key, "")
        each["description"] = about[:1].upper() + about[1:]
        written = re.findall("`([^`]+)`", about)
        each["examples"] = [written[-1:] if each.get("type") == "array" else _other(each)]
    return {"description": rule.summary, **table}


def _other(value: dict[str, Any]) -> Any:
    """A value that fits the schema *value*, and is not its default."""
    default = value.get("default")
    if "enum" in value:
        return next(each for each in value["enum"] if each != default)
    made = {"boolean": not default, "integer": (default or 0) + 5, "number": 1.5}
    return made.get(value.get("type", ""), default)


def _table(cls: type, about: str = "", only: Iterable[str] | None = None) -> dict[str, Any]:
    kinds, properties, required = types_of(cls), {}, []
    for key, (name, default) in keys_of(cls).items():
        if only is not None and key not in only:
            continue
        properties[key] = _value(kinds[name])
        if isinstance(default, (bool, int, float, str)) and key != "user-agent":
            properties[key]["default"] = default
        elif default is REQUIRED:
            required.append(key)
    if about:
        properties = _explained(properties, about)
    return _closed(properties) | ({"required": required} if required else {})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(kind: Any) -> dict[str, Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if kind in _TYPES:
        return {"type": _TYPES[kind]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        many = {"type": "array", "items": _value(parts[0])}
        if parts[-1] is Ellipsis:
            return many
        return {**many, "minItems": len(parts), "maxItems": len(parts)}
    if origin is None and isinstance(kind, type):
        return _table(kind)
    return {"type": "object", "additionalProperties": _value(parts[1])}
