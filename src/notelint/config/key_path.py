"""Key paths in a configuration, and checks of the values there.

No message quotes a value: a file may hold secrets. A key is quoted only if it looks like one of
notelint's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from notelint.config.errors import ConfigError
from notelint.text.startup import NamedTuple


class KeyPath(NamedTuple):
    """A place in a configuration: ``file`` as messages name it, and the keys that lead to it."""

    file: str
    keys: tuple[str, ...] = ()

    def at(self, key: str) -> KeyPath:
        """The path of *key* below this one."""
        return KeyPath(self.file, (*self.keys, key))

    def __str__(self) -> str:
        return f"{self.file}: `{self._dotted}`" if self.keys else f"{self.file}:"

    @property
    def _dotted(self) -> str:
        return ".".join(key if is_name(key) else f'"{quotable(key)}"' for key in self.keys)

    def error(self, message: str) -> ConfigError:
        """An error about this place."""
        return self._leading_here(ConfigError(f"{self} {message}"))

    def _leading_here(self, error: ConfigError) -> ConfigError:
        error.file, error.keys = self
        return error

    def wrong(self, value: object, wanted: str) -> ConfigError:
        """An error: this must be *wanted*, and *value* is not."""
        return self.error(f"must be {wanted}, not {_described(value)}")

    def choice(self, value: object, known: Sequence[str]) -> str:
        """Return *value*, one of *known*. Raises :class:`ConfigError`, with the closest one."""
        if isinstance(value, str) and value in known:
            return value
        from notelint.text.suggest import hint

        choices = f"must be one of {in_quotes(known)}"
        if not isinstance(value, str):
            raise self.error(f"{choices}, not {_described(value)}")
        raise self.error(choices + (hint(value, known) if is_name(value) else ""))

    def unknown(self, what: str, known: Iterable[str]) -> ConfigError:
        """An error: the last key is no *what*; suggests the closest *known* one, or lists all."""
        from notelint.text.suggest import hint

        names, key = list(known), self.keys[-1]
        name = key[:_MAX_NAME_CHARS].replace("_", "-").lower()
        cure = hint(name, names) or (f"; known are {in_quotes(names)}" if names else "")
        if is_name(key):
            made = ConfigError(f"{self.file}: unknown {what} `{self._dotted}`{cure}")
        else:
            made = KeyPath(self.file, self.keys[:-1]).error(f"has an unknown {what}{cure}")
        return self._leading_here(made)


_MAX_NAME_CHARS = 32  # of a name that is quoted; the longest known has 24
_PUNCTUATION = str.maketrans("", "", "-_./*?[]!:")  # of patterns and addresses


def is_name(text: str) -> bool:
    """Whether *text* looks like the name of a key or a rule."""
    return len(text) <= _MAX_NAME_CHARS and _is_plain(text.replace("-", "").replace("_", ""))


def _is_plain(text: str) -> bool:
    return text.isalnum() and text.isascii()


def quotable(key: str) -> str:
    """*key* if it looks like a name, a pattern or an address, else ``…``."""
    plain = key.translate(_PUNCTUATION)
    return key if len(key) <= 2 * _MAX_NAME_CHARS and (not plain or _is_plain(plain)) else "…"


def unquoted(message: str) -> str:
    """A parser's *message* without the texts it quotes; characters and ``<tokens>`` stay."""
    return re.sub(_QUOTED, lambda match: match[0] if re.search(_TOKEN, match[0]) else "…", message)


# A quotation without an end runs to the end of the message, which may have been cut short.
_QUOTED = r"""'(?:[^'\\]|\\.)*(?:'|\\?\Z)|"(?:[^"\\]|\\.)*(?:"|\\?\Z)"""
_TOKEN = r"^.(?:.{0,2}|\\.{1,9}|<[a-z ]+>).$"


def table(value: object, key_path: KeyPath) -> dict[str, object]:
    """Return *value*, a table with strings as keys. Raises :class:`ConfigError` if it is not."""
    if not isinstance(value, dict):
        raise key_path.wrong(value, "a table")
    for key in value:
        if not isinstance(key, str):
            raise key_path.error(f"must have strings as keys, not {_described(key)}")
    return value


def string(value: object, key_path: KeyPath) -> str:
    """Return *value*, a string. Raises :class:`ConfigError` if it is not, or too long."""
    if not isinstance(value, str):
        raise key_path.wrong(value, "a string")
    if len(value) > MAX_STRING_CHARS:
        raise key_path.error(f"is longer than {MAX_STRING_CHARS} characters")
    return value


def strings(value: object, key_path: KeyPath) -> tuple[str, ...]:
    """Return *value*, a list of strings, as a tuple. Raises :class:`ConfigError` if it is not."""
    if not isinstance(value, list):
        raise key_path.wrong(value, "a list of strings")
    check_length(value, key_path)
    return tuple(string(each, key_path.at(str(number))) for number, each in enumerate(value, 1))


MAX_ENTRIES = 1_000  # in a list or table
MAX_STRING_CHARS = 4_000  # a title is written into every note


def check_length(values: Sequence[object] | Mapping[str, object], key_path: KeyPath) -> None:
    """Raise :class:`ConfigError` if there are more *values* than people write."""
    if len(values) > MAX_ENTRIES:
        raise key_path.error(f"has more than {MAX_ENTRIES} entries")


_KINDS: dict[type, str] = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "a table",
}


def _described(value: object) -> str:
    """The kind of *value*; never the value itself."""
    if value is None:
        return "nothing"
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def in_quotes(names: Iterable[object]) -> str:
    """*names* as a list in a sentence."""
    return ", ".join(f"`{name}`" for name in names)
