"""The JSON Schema of the configuration, for editors; made from the types that validate it."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable
from typing import Any, Literal, Union, get_args, get_origin

from notelint import rules
from notelint.config import selection
from notelint.config.validate import links_keys
from notelint.config.values import REQUIRED, keys_of, types_of
from notelint.online.online_settings import OnlineSettings
from notelint.toc.options import TocOptions
from notelint.workspace.sites import Site

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def render() -> str:
    """The schema of ``.notelint.yaml`` and ``[tool.notelint]`` as JSON, as stored beside this."""
    return json.dumps(schema(), indent=1) + "\n"


def schema() -> dict[str, Any]:
    """The schema as data."""
    layer = _layer()
    links = _table(OnlineSettings, only=links_keys())
    links["properties"]["sites"] = {"type": "array", "items": _table(Site)}
    strings = {"type": "array", "items": {"type": "string"}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "notelint",
        **_closed(
            {
                **layer,
                "exclude": {**strings, "description": "Patterns of notes that are not read"},
                "per-file": {
                    "type": "object",
                    "description": "Settings for the notes that a pattern matches",
                    "additionalProperties": _closed(layer),
                },
                "links": {"description": "Settings of `notelint links`", **links},
                "cache-dir": {"type": "string", "description": "The folder of the cache"},
            }
        ),
    }


def _layer() -> dict[str, Any]:
    names = {"type": "array", "items": {"enum": sorted(selection.known())}, "uniqueItems": True}
    return {
        "select": {**names, "description": "Only these rules and categories"},
        "ignore": {**names, "description": "All but these rules and categories"},
        "rules": {
            "description": "Options of single rules",
            **_closed({name: _rule(name) for name in sorted(rules.CATALOG)}),
        },
        "toc": {"description": "How tables of contents look", **_table(TocOptions)},
    }


def _rule(name: str) -> dict[str, Any]:
    rule = rules.get(name)
    table = _closed({}) if rule.options is TocOptions else _table(rule.options)
    return {"description": rule.summary, **table}


def _table(cls: type, only: Iterable[str] | None = None) -> dict[str, Any]:
    kinds, properties, required = types_of(cls), {}, []
    for key, (name, default) in keys_of(cls).items():
        if only is not None and key not in only:
            continue
        properties[key] = _value(kinds[name])
        if isinstance(default, (bool, int, float, str)) and key != "user-agent":
            properties[key]["default"] = default
        elif default is REQUIRED:
            required.append(key)
    return _closed(properties) | ({"required": required} if required else {})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(kind: Any) -> dict[str, Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if kind in _TYPES:
        return {"type": _TYPES[kind]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        return _value(next(part for part in parts if part is not types.NoneType))
    if origin is tuple:
        many = {"type": "array", "items": _value(parts[0])}
        if parts[-1] is Ellipsis:
            return many
        return {**many, "minItems": len(parts), "maxItems": len(parts)}
    if origin is None and isinstance(kind, type):
        return _table(kind)
    return {"type": "object", "additionalProperties": _value(parts[1])}
