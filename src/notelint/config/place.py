"""Places in a configuration, what may be found there, and how messages name both.

No message quotes a value: a file may hold what nobody wants in a log. Keys are quoted that could be
meant for one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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
        return self.error(f"must be {wanted}, not {_described(value)}")

    def unknown(self, what: str, known: Iterable[str]) -> ConfigError:
        """The error that the last key is no *what*, with the closest of those that are known."""
        from notelint.text.suggest import closest, did_you_mean

        names, key = list(known), self.keys[-1]
        close = closest(key[:_MAX_NAME_CHARACTERS].replace("_", "-").lower(), names)
        hint = did_you_mean(*close) or f"; known are {listed(names)}"
        if is_name(key):
            return self.error(f"is no {what}{hint}")
        return Where(self.file, self.keys[:-1]).error(f"has an unknown {what}{hint}")


_MAX_NAME_CHARACTERS = 32  # characters of a name that is quoted; our longest has 24
_OF_PATTERNS = str.maketrans("", "", "-_./*?[]!:")  # and of addresses


def is_name(text: str) -> bool:
    """Whether *text* could be meant for the name of a key or a rule."""
    return len(text) <= _MAX_NAME_CHARACTERS and _is_plain(text.replace("-", "").replace("_", ""))


def _is_plain(text: str) -> bool:
    return text.isalnum() and text.isascii()


def quotable(key: str) -> str:
    """*key* if it could be meant for a name, a pattern or an address, else ``…``."""
    plain = key.translate(_OF_PATTERNS)
    return key if len(key) <= 2 * _MAX_NAME_CHARACTERS and (not plain or _is_plain(plain)) else "…"


def _written(key: str) -> str:
    return key if is_name(key) else f'"{quotable(key)}"'


def unquoted(message: str) -> str:
    """What a parser says, less the texts that it quotes; characters stay, and ``<tokens>``."""
    return re.sub(_QUOTED, lambda match: match[0] if re.search(_TOKEN, match[0]) else "…", message)


# One that is never closed goes to the end: what it quotes may have been cut short.
_QUOTED = r"""'(?:[^'\\]|\\.)*(?:'|\\?\Z)|"(?:[^"\\]|\\.)*(?:"|\\?\Z)"""
_TOKEN = r"^.(?:.{0,2}|\\.{1,9}|<[a-z ]+>).$"


def table(value: object, where: Where) -> dict[str, object]:
    """*value* if it is a table. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, dict):
        raise where.wrong(value, "a table")
    for key in value:
        if not isinstance(key, str):
            raise where.error(f"must have strings as keys, not {_described(key)}")
    return value


def string(value: object, where: Where) -> str:
    """*value* if it is a string. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, str):
        raise where.wrong(value, "a string")
    if len(value) > MAX_STRING_CHARACTERS:
        raise where.error(f"is longer than {MAX_STRING_CHARACTERS} characters")
    return value


def strings(value: object, where: Where) -> tuple[str, ...]:
    """*value* if it is a list of strings. Raises :class:`ConfigError` for anything else."""
    if not isinstance(value, list):
        raise where.wrong(value, "a list of strings")
    check_length(value, where)
    return tuple(string(each, where.at(str(number))) for number, each in enumerate(value, 1))


MAX_LIST_ITEMS = 1_000  # values in a list, and tables in a table
MAX_STRING_CHARACTERS = 4_000  # characters of a string; a title may be put into every note


def check_length(values: Sequence[object] | Mapping[str, object], where: Where) -> None:
    """Raise :class:`ConfigError` where there are more *values* than anybody writes."""
    if len(values) > MAX_LIST_ITEMS:
        raise where.error(f"has more than {MAX_LIST_ITEMS} entries")


_KINDS: dict[type, str] = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "a table",
}


def _described(value: object) -> str:
    """What *value* is; never the value."""
    if value is None:
        return "nothing"
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def listed(names: Iterable[object]) -> str:
    """*names* as a list in a sentence."""
    return ", ".join(f"`{name}`" for name in names)
