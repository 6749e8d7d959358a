"""The choice of rules: names of rules and categories, selected and ignored."""

from __future__ import annotations

from collections.abc import Iterable

from notelint import rules
from notelint.config.location import ConfigError

GROUPS = ("all", "default")


def chosen(select: Iterable[str] | None, ignore: Iterable[str] = ()) -> list[str]:
    """The names of the rules that are on, sorted.

    *select* and *ignore* take names of rules and categories. A selected category means those of its
    rules that are on by default, ``default`` all that are, ``all`` every rule. Without *select*,
    the default. Raises :class:`ConfigError` for a name that is none of these.
    """
    wanted = ["default"] if select is None else select
    on = {name for each in wanted for name in _named(each, whole=False)}
    off = {name for each in ignore for name in _named(each, whole=True)}
    return sorted(on - off)


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


def known() -> list[str]:
    """All names that ``select`` and ``ignore`` take."""
    return [*rules.CATALOG, *rules.CATEGORIES, *GROUPS]


def unknown(name: str) -> str:
    """A message: *name* is neither a rule nor a category; suggests the closest one."""
    from notelint.text.suggest import hint

    return f"no rule or category `{name}`{hint(name, known()) or '; see `notelint rules`'}"
