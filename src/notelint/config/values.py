"""Values of a configuration, validated against the types of the class that takes them."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from notelint.config.errors import ConfigError
from notelint.config.key_path import KeyPath, check_length, in_quotes, string, table

REQUIRED = object()
_FILLED_IN = ("sites", "forge")  # no options of a rule: the engine passes the user's


def keys_of(cls: type) -> dict[str, tuple[str, Any]]:
    """The keys of a table for the dataclass or named tuple *cls*: its fields, with dashes.

    Each comes with the name of the field and its default or :data:`REQUIRED`.
    """
    defaults: dict[str, Any] = getattr(cls, "_field_defaults", {})
    if not issubclass(cls, tuple):
        from dataclasses import MISSING, fields  # slow, and most runs need none

        made: Any = cls
        defaults = {
            each.name: each.default if each.default_factory is MISSING else each.default_factory()
            for each in fields(made)
            if not each.default is each.default_factory is MISSING
        }
    return {
        name.replace("_", "-"): (name, defaults.get(name, REQUIRED))
        for name in cls.__annotations__
        if name not in _FILLED_IN
    }


@cache
def types_of(cls: type) -> dict[str, Any]:
    """The type of each field of *cls*, by name, without the None of a default."""
    return {name: _without_none(kind) for name, kind in get_type_hints(cls).items()}


def _without_none(kind: Any) -> Any:
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next(each for each in get_args(kind) if each is not types.NoneType)


def settings(
    value: object, cls: type, key_path: KeyPath, below: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The arguments for *cls* in the table *value*, by field.

    Raises :class:`ConfigError` for an unknown key, a wrong type or a missing key, and if *cls*
    raises ValueError for these arguments on top of those *below*.
    """
    known, kinds, found = keys_of(cls), types_of(cls), {}
    for key, each in table(value, key_path).items():
        if key not in known:
            raise key_path.at(key).unknown("key", known)
        name, _ = known[key]
        found[name] = convert(each, kinds[name], key_path.at(key))
    for key, (name, default) in known.items():
        if default is REQUIRED and name not in found:
            raise key_path.error(f"needs `{key}`, {expected(kinds[name])}")
    try:
        cls(**{**(below or {}), **found})
    except ValueError as error:
        raise _invalid(str(error), key_path, known) from None
    return found


def _invalid(message: str, key_path: KeyPath, known: Mapping[str, object]) -> ConfigError:
    """The error for options that do not fit; a *message* about one of the keys begins with it."""
    key, _, wrong = message.partition(" ")
    if key in known and not wrong.startswith("and "):
        return key_path.at(key).error(wrong)
    return key_path.error(f"is not valid: {message}")


def convert(value: object, kind: Any, key_path: KeyPath) -> Any:
    """*value* as the type *kind*. Raises :class:`ConfigError` if it is not of that type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple(value, kind, parts, key_path)
    if kind is str:
        return string(value, key_path)
    if origin is Literal:
        return key_path.choice(value, parts)
    if kind is float:
        fits = type(value) in (int, float)
        if isinstance(value, float) and not math.isfinite(value):
            raise key_path.error("must be a finite number")
    elif kind in (bool, int):
        fits = type(value) is kind
    elif origin is None and isinstance(kind, type):
        return kind(**settings(value, kind, key_path))
    else:  # a mapping by strings
        entries = table(value, key_path).items()
        check_length(table(value, key_path), key_path)
        return {key: convert(each, parts[1], key_path.at(key)) for key, each in entries}
    if not fits:
        raise key_path.wrong(value, expected(kind))
    return value


def _tuple(value: object, kind: Any, parts: tuple[Any, ...], key_path: KeyPath) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise key_path.wrong(value, expected(kind))
    check_length(value, key_path)
    if parts[-1] is Ellipsis:
        parts = (parts[0],) * len(value)
    elif len(value) != len(parts):
        raise key_path.error(f"must be {expected(kind)}, not a list of {len(value)}")
    places = (key_path.at(str(number)) for number in range(1, len(value) + 1))
    return tuple(convert(*each) for each in zip(value, parts, places, strict=True))


_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def expected(kind: Any, *, many: bool = False) -> str:
    """The words of messages for a value of the type *kind*; in the plural, if *many*."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return f"one of {in_quotes(parts)}"
    if origin is tuple:
        name = f"a {'list' if parts[-1] is Ellipsis else 'pair'}"
        return f"{plural(name) if many else name} of {expected(parts[0], many=True)}"
    name = _NAMES.get(kind, "a table")
    return plural(name) if many else name


def plural(name: str) -> str:
    """The plural of *name*, which may begin with ``a``."""
    return f"{name.removeprefix('a ')}s"
