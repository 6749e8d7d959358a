"""Values of a configuration, validated against the types of the class that takes them."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NoReturn, Union, get_args, get_origin, get_type_hints

from notelint.config.location import ConfigError, Location, check_length, listed, string, table

REQUIRED = object()
_FILLED_IN = "sites"  # not an option of a rule: the engine passes the user's sites


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
        if name != _FILLED_IN
    }


@cache
def types_of(cls: type) -> dict[str, Any]:
    """The types of the fields of *cls*, by name."""
    return get_type_hints(cls)


def settings(
    value: object, cls: type, location: Location, below: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The arguments for *cls* in the table *value*, by field.

    Raises :class:`ConfigError` for an unknown key, a wrong type or a missing key, and if *cls*
    raises ValueError for these arguments on top of those *below*.
    """
    known, kinds, found = keys_of(cls), types_of(cls), {}
    for key, each in table(value, location).items():
        if key not in known:
            raise location.at(key).unknown("key", known)
        name, _ = known[key]
        found[name] = convert(each, kinds[name], location.at(key))
    for key, (name, default) in known.items():
        if default is REQUIRED and name not in found:
            raise location.error(f"needs `{key}`, {expected(kinds[name])}")
    try:
        cls(**{**(below or {}), **found})
    except ValueError as error:
        raise _invalid(str(error), location, known) from None
    return found


def _invalid(message: str, location: Location, known: Mapping[str, object]) -> ConfigError:
    """The error for options that do not fit; a *message* about one of the keys begins with it."""
    key, _, wrong = message.partition(" ")
    if key in known and not wrong.startswith("and "):
        return location.at(key).error(wrong)
    return location.error(f"is not valid: {message}")


def convert(value: object, kind: Any, location: Location) -> Any:
    """*value* as the type *kind*. Raises :class:`ConfigError` if it is not of that type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _either(value, kind, parts, location)
    if origin is tuple:
        return _tuple(value, kind, parts, location)
    if kind is str:
        return string(value, location)
    if origin is Literal:
        if not (isinstance(value, str) and value in parts):
            raise location.no_choice(value, parts)
        return value
    if kind is float:
        fits = type(value) in (int, float)
        if isinstance(value, float) and not math.isfinite(value):
            raise location.error("must be a finite number")
    elif kind in (bool, int):
        fits = type(value) is kind
    elif origin is None and isinstance(kind, type):
        return kind(**settings(value, kind, location))
    else:  # a mapping by strings
        entries = table(value, location).items()
        check_length(table(value, location), location)
        return {key: convert(each, parts[1], location.at(key)) for key, each in entries}
    if not fits:
        _refuse(value, kind, location)
    return value


def _either(value: object, kind: Any, parts: tuple[Any, ...], location: Location) -> Any:
    if value is None and types.NoneType in parts:
        return None
    others = [part for part in parts if part is not types.NoneType]
    if len(others) != 1:
        raise TypeError(f"a setting of the type {kind} is not supported")
    return convert(value, others[0], location)


def _tuple(value: object, kind: Any, parts: tuple[Any, ...], location: Location) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _refuse(value, kind, location)
    check_length(value, location)
    if parts[-1] is Ellipsis:
        parts = (parts[0],) * len(value)
    elif len(value) != len(parts):
        raise location.error(f"must be {expected(kind)}, not {len(value)} values")
    places = (location.at(str(number)) for number in range(1, len(value) + 1))
    return tuple(convert(*each) for each in zip(value, parts, places, strict=True))


def _refuse(value: object, kind: Any, location: Location) -> NoReturn:
    raise location.wrong(value, expected(kind))


_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def expected(kind: Any, *, many: bool = False) -> str:
    """What messages call a value of the type *kind*; in the plural, if *many*."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return f"one of {listed(parts)}"
    if origin in (Union, types.UnionType):
        return expected(next(part for part in parts if part is not types.NoneType))
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return ("lists" if many else "a list") + f" of {expected(parts[0], many=True)}"
        return f"{'lists' if many else 'a list'} of {len(parts)} {expected(parts[0], many=True)}"
    name = _NAMES.get(kind, "a table")
    return name.removeprefix("a ") + "s" if many and name.startswith("a ") else name
