"""The choice of rules: names of rules and categories, selected and ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import notelint.rules as rules
from notelint.config.errors import ConfigError
from notelint.config.model import Layer

GROUPS = ("all", "default")


def chosen(layer: Layer) -> list[str]:
    """The names of the rules that are on in *layer*, sorted.

    A selected category means those of its rules that are on by default, ``default`` all that are,
    ``all`` every rule. A layer without ``select`` changes what the layer below it turns on, the
    lowest one the default. Raises :class:`ConfigError` for a name that is none of these.
    """
    if layer.select is not None:
        on = _all_named(layer.select, whole=False)
    elif layer.below is not None:
        on = {*chosen(layer.below)}
    else:
        on = _all_named(["default"], whole=False)
    on |= _all_named(layer.extend_select, whole=False)
    return sorted(on - _all_named(layer.ignore, whole=True))


def _all_named(names: Iterable[str], *, whole: bool) -> set[str]:
    return {name for each in names for name in _named(each, whole=whole)}


def _named(name: str, *, whole: bool) -> list[str]:
    """The rules that *name* means; *whole* categories include rules that are off by default."""
    check(name)
    if name in rules.CATALOG:
        return [name]
    members = list(rules.CATALOG) if name in GROUPS else rules.in_category(name)
    return [each for each in members if whole or name == "all" or each not in rules.OPT_IN]


def check(name: str) -> None:
    """Raise :class:`ConfigError` if *name* is neither a rule nor a category."""
    if name not in rules.CATALOG and name not in rules.CATEGORIES and name not in GROUPS:
        raise ConfigError(unknown(name))


def severities(written: Mapping[str, str]) -> dict[str, str]:
    """The severity of each rule that *written* names, itself or by a category."""
    names = sorted(written, key=lambda name: (name not in GROUPS, name in rules.CATALOG))
    return {rule: written[name] for name in names for rule in _named(name, whole=True)}


def known() -> list[str]:
    """All names that ``select`` and ``ignore`` take."""
    return [*rules.CATALOG, *rules.CATEGORIES, *GROUPS]


def unknown(name: str) -> str:
    """A message: *name* is neither a rule nor a category; suggests the closest one."""
    from notelint.text.suggest import hint

    fault = f"unknown rule or category `{name}`"
    if "://" in name or "/" in name:
        return f"{fault}; `exclude` leaves out files and links"
    return f"{fault}{hint(name, known()) or '; see `notelint rules`'}"
