"""Values of a configuration, held against the types of the dataclass that takes them."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NoReturn, Union, get_args, get_origin, get_type_hints

from notelint.config.place import Where, check_length, listed, string, table

EMPTY: Mapping[str, Any] = types.MappingProxyType({})


REQUIRED = object()
_FILLED_IN = "sites"  # not set where a rule is: the engine knows the user's sites


def keys_of(cls: type) -> dict[str, tuple[str, Any]]:
    """The keys that the dataclass or named tuple *cls* gives a table: its fields, with dashes.

    With each is the name of the field, and its default or :data:`REQUIRED`.
    """
    defaults: dict[str, Any] = getattr(cls, "_field_defaults", {})
    if not issubclass(cls, tuple):
        from dataclasses import MISSING, fields  # most runs have nothing to hold against a type

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
    value: object, cls: type, where: Where, below: Mapping[str, Any] = EMPTY
) -> dict[str, Any]:
    """The arguments for *cls* that the table *value* holds, by field.

    Raises :class:`ConfigError`, naming the place, for an unknown key, a wrong type, a key that is
    missing, and for what *cls* refuses with a ValueError when it gets these over those *below*.
    """
    known, kinds, found = keys_of(cls), types_of(cls), {}
    for key, each in table(value, where).items():
        if key not in known:
            raise where.at(key).unknown("key", known)
        name, _ = known[key]
        found[name] = convert(each, kinds[name], where.at(key))
    for key, (name, default) in known.items():
        if default is REQUIRED and name not in found:
            raise where.error(f"needs `{key}`, {expected(kinds[name])}")
    try:
        cls(**{**below, **found})
    except ValueError as error:
        raise where.error(f"makes no sense: {error}") from None
    return found


def convert(value: object, kind: Any, where: Where) -> Any:
    """*value* as the type *kind*. Raises :class:`ConfigError` where it is not of that type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _either(value, kind, parts, where)
    if origin is tuple:
        return _tuple(value, kind, parts, where)
    if kind is str:
        return string(value, where)
    if origin is Literal:
        fits = isinstance(value, str) and value in parts
    elif kind is float:
        fits = type(value) in (int, float)
        if isinstance(value, float) and not math.isfinite(value):
            raise where.error("must be a finite number")
    elif kind in (bool, int):
        fits = type(value) is kind
    elif origin is None and isinstance(kind, type):
        return kind(**settings(value, kind, where))
    else:  # a mapping by strings
        entries = table(value, where).items()
        check_length(table(value, where), where)
        return {key: convert(each, parts[1], where.at(key)) for key, each in entries}
    if not fits:
        _refuse(value, kind, where)
    return value


def _either(value: object, kind: Any, parts: tuple[Any, ...], where: Where) -> Any:
    if value is None and types.NoneType in parts:
        return None
    others = [part for part in parts if part is not types.NoneType]
    if len(others) != 1:
        raise TypeError(f"a setting of the type {kind} is not supported")
    return convert(value, others[0], where)


def _tuple(value: object, kind: Any, parts: tuple[Any, ...], where: Where) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _refuse(value, kind, where)
    check_length(value, where)
    if parts[-1] is Ellipsis:
        parts = (parts[0],) * len(value)
    elif len(value) != len(parts):
        raise where.error(f"must be {expected(kind)}, not {len(value)} values")
    places = (where.at(str(number)) for number in range(1, len(value) + 1))
    return tuple(convert(*each) for each in zip(value, parts, places, strict=True))


def _refuse(value: object, kind: Any, where: Where) -> NoReturn:
    raise where.wrong(value, expected(kind))


_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def expected(kind: Any, *, many: bool = False) -> str:
    """What a value of the type *kind* is called; *many* of them."""
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
