"""Places in a configuration, what may be found there, and how messages name both."""

from __future__ import annotations

from collections.abc import Iterable

from notelint.config.errors import ConfigError
from notelint.text.startup import NamedTuple


class Where(NamedTuple):
    """A place in a configuration: the *file* as shown, and the keys that lead there."""

    file: str
    keys: tuple[str, ...] = ()

    def at(self, key: str) -> Where:
        """The place of *key* below this one."""
        return Where(self.file, (*self.keys, key))

    def __str__(self) -> str:
        keys = ".".join(map(_written, self.keys))
        return f"{self.file}: `{keys}`" if keys else f"{self.file}:"

    def error(self, message: str) -> ConfigError:
        """The error that *message* is about this place."""
        return ConfigError(f"{self} {message}")

    def wrong(self, value: object, wanted: str) -> ConfigError:
        """The error that *value* stands here, where *wanted* should."""
        return self.error(f"must be {wanted}, not {described(value)}")

    def unknown(self, what: str, known: Iterable[str]) -> ConfigError:
        """The error that the last key is no *what*, with the closest of those that are known."""
        from notelint.text.suggest import closest, did_you_mean

        names = list(known)
        close = closest(self.keys[-1].replace("_", "-").lower(), names)
        hint = did_you_mean(*close) or f"; known are {listed(names)}"
        return self.error(f"is no {what}{hint}")


def _written(key: str) -> str:
    plain = key.replace("-", "").replace("_", "")
    return key if plain.isalnum() and plain.isascii() else f'"{key}"'


def table(value: object, where: Where) -> dict[str, object]:
    """*value* if it is a table. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, dict):
        raise where.wrong(value, "a table")
    for key in value:
        if not isinstance(key, str):
            raise where.error(f"must have strings as keys, not {described(key)}")
    return value


def string(value: object, where: Where) -> str:
    """*value* if it is a string. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, str):
        raise where.wrong(value, "a string")
    return value


def strings(value: object, where: Where) -> tuple[str, ...]:
    """*value* if it is a list of strings. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, list):
        raise where.wrong(value, "a list of strings")
    return tuple(string(each, where.at(str(number))) for number, each in enumerate(value, 1))


def described(value: object) -> str:
    """What *value* is, short however large it is: aliases in YAML may make it enormous."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 1_000_000_000):
        return f"the number {value}"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, str):
        return f'the string "{value[:40]}{"…" if len(value) > 40 else ""}"'
    if value is None:
        return "nothing"
    names: dict[type, str] = {list: "a list", dict: "a table"}
    return names.get(type(value), f"a {type(value).__name__}")


def listed(names: Iterable[object]) -> str:
    """*names* as a list in a sentence."""
    return ", ".join(f"`{name}`" for name in names)
