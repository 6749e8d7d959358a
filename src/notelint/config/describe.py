"""The meaning of configuration keys in words, from the schema that editors use."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any

from notelint.config.schema import schema
from notelint.config.values import plural

_SITE = {"hosts": ["wiki.example"]}  # required in each site
_TYPES = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "a string",
    "object": "a table",
}


def describe(key: str) -> str:
    """The page of *key*, one of :func:`all_keys`: meaning, kind, default, an example."""
    found, parts = schema(), key.split(".")
    for part in parts:
        found = found.get("items", found)["properties"][part]
    meaning = wrap(found["description"], 80, break_long_words=False, break_on_hyphens=False)
    lines = [key, "=" * len(key), "", *meaning, "", _kind(found)]
    inside = found.get("items", found).get("properties", {})
    if inside:
        width = max(map(len, inside))
        lines += ["", "Keys:", ""]
        lines += [f"  {each:{width}}  {_first(inside[each])}" for each in inside]
    elif found.get("properties") == {}:
        lines[-1] = "Takes no options."
    for example in found.get("examples", ()):
        lines += ["", "In pyproject.toml:", "", *_toml(parts, example)]
        lines += ["", "In .notelint.yaml:", "", *_yaml(parts, example)]
    return "\n".join(lines) + "\n"


def all_keys() -> list[str]:
    """Every key that :func:`describe` explains: ``toc``, ``toc.min-level``, …"""
    return list(_below(schema(), ""))


def _below(table: dict[str, Any], above: str) -> Any:
    for key, value in table.get("items", table).get("properties", {}).items():
        yield above + key
        yield from _below(value, f"{above}{key}.")


def _first(value: dict[str, Any]) -> str:
    """The first sentence of what *value* is about."""
    text: str = value["description"]
    return text.partition(". ")[0].partition(": ")[0].partition("; ")[0].rstrip(".")


def _kind(value: dict[str, Any]) -> str:
    kind = _named(value)
    text = f"{kind[0].upper()}{kind[1:]}"
    return (
        f"{text}, by default {json.dumps(value['default'])}." if "default" in value else f"{text}."
    )


def _named(value: dict[str, Any], *, many: bool = False) -> str:
    if "enum" in value:
        return "one of " + ", ".join(f"`{each}`" for each in value["enum"])
    if value.get("type") != "array":
        return plural(_TYPES[value["type"]]) if many else _TYPES[value["type"]]
    if "enum" in value["items"]:
        return "a list of rules and categories"
    name = "a pair" if "minItems" in value else "a list"
    return f"{plural(name) if many else name} of {_named(value['items'], many=True)}"


def _toml(parts: list[str], value: Any) -> list[str]:
    *above, last = parts
    if isinstance(value, dict):
        above, pairs = parts, value
    else:
        pairs = {last: value}
    if above[:2] == ["links", "sites"]:
        head, pairs = "[[tool.notelint.links.sites]]", {**_SITE, **pairs}
    else:
        head = f"[{'.'.join(['tool', 'notelint', *above])}]"
    return [f"  {head}", *(f"  {_key(key)} = {_inline(each)}" for key, each in pairs.items())]


def _key(text: str) -> str:
    return text if text.replace("-", "").replace("_", "").isalnum() else json.dumps(text)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_inline(each)}" for k, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _yaml(parts: list[str], value: Any) -> list[str]:
    indents = ["  " * number for number in range(len(parts))]
    lines = [f"  {indent}{part}:" for indent, part in zip(indents, parts, strict=True)]
    if parts[:2] == ["links", "sites"] and len(parts) > 2:
        site = {**_SITE, parts[-1]: value}
        return [*lines[:2], f"      - {json.dumps(site)}"]
    if not isinstance(value, dict):
        return [*lines[:-1], f"{lines[-1]} {json.dumps(value, ensure_ascii=False)}"]
    inside = "  " * len(parts)
    pairs = ((_key(key), json.dumps(each, ensure_ascii=False)) for key, each in value.items())
    return [*lines, *(f"  {inside}{key}: {each}" for key, each in pairs)]
