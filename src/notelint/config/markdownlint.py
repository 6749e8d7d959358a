"""Settings of markdownlint that carry over to notelint."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import notelint.rules as rules
from notelint.config.config_files import read_found, top_of
from notelint.config.errors import ConfigError
from notelint.config.key_path import MAX_ENTRIES, KeyPath
from notelint.config.strict_toml import decoded
from notelint.config.strict_yaml import parse
from notelint.markdown.markdownlint_names import switched_off
from notelint.text.glob import PatternError, check
from notelint.text.startup import NamedTuple, lazy_regex

# in the order of markdownlint-cli2; https://github.com/DavidAnson/markdownlint-cli2
_WHOLE = (".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml")
_RULES = (".markdownlint.jsonc", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml")
_PROGRAMS = tuple(
    f"{stem}.{suffix}"
    for stem in (".markdownlint-cli2", ".markdownlint")
    for suffix in ("cjs", "mjs")
)
_IGNORED = ".markdownlintignore"


class CarriedSettings(NamedTuple):
    """Rules that are off, patterns of excluded notes, and messages on what is not carried over."""

    ignore: tuple[str, ...]
    exclude: tuple[str, ...]
    problems: tuple[str, ...]


def present(folder: Path) -> list[str]:
    """The names of markdownlint's files in *folder*."""
    names = (*_WHOLE, *_RULES, *_PROGRAMS, _IGNORED)
    return [name for name in names if os.path.lexists(folder / name)]


def carried(folder: Path) -> CarriedSettings:
    """The settings in markdownlint's files in *folder*. Raises ConfigError if there are none.

    Only rules that are on by default in notelint count. As in markdownlint-cli2, its own file has
    priority over the one with the rules.
    """
    names = present(folder)
    if not names:
        raise ConfigError("no markdownlint configuration found; leave out --from-markdownlint")
    problems = [f"{name} is a program and is not read" for name in names if name in _PROGRAMS]
    whole = _first(folder, _WHOLE)
    linted = {**_first(folder, _RULES), **_table(whole.get("config"))}
    if linted.pop("extends", None):
        problems.append("`extends` of markdownlint is not followed")
    patterns = [*_listed(whole, "ignores")]
    patterns += [(at, each[1:]) for at, each in _listed(whole, "globs") if each[:1] in ("!", "#")]
    if _IGNORED in names:
        lines = decoded(_data(folder / _IGNORED), _IGNORED).split("\n")
        patterns += [
            (f"{_IGNORED}: line {number}", line.strip())
            for number, line in enumerate(lines, 1)
            if line.strip() and line[0] != "#"
        ]
    found, left = _patterns(patterns)
    names_off = switched_off(linted)
    off = sorted(each for each in names_off if each in rules.CATALOG and rules.get(each).default)
    return CarriedSettings(tuple(off), tuple(found), (*problems, *left))


def _first(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    for name in names:
        path = folder / name
        if os.path.lexists(path):
            return _table(_parsed(path))
    return {}


def _parsed(path: Path) -> object:
    data = _data(path)
    if path.suffix in (".yaml", ".yml"):
        return parse(data, KeyPath(path.name))
    text = _plain_json(decoded(data, path.name)) or "null"
    try:
        if re.search(r"\d{400}", text):
            raise ConfigError(f"{path.name}: not valid JSON: a number is too long")
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"{error.msg} (line {error.lineno}, column {error.colno})"
        raise ConfigError(f"{path.name}: not valid JSON: {at}") from None
    except (ValueError, RecursionError):
        raise ConfigError(f"{path.name}: not valid JSON: nested too deeply") from None


def _data(path: Path) -> bytes:
    return read_found(str(path), top_of(str(path.parent))) or b""


# What is never closed runs to the end of the text, so that the time stays linear.
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
_COMMENT = lazy_regex(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TRAILING = lazy_regex(rf"{_STRING}|,(?=\s*[}}\]])", re.DOTALL)


def _plain_json(text: str) -> str:
    """*text* without comments and trailing commas."""
    for pattern in (_COMMENT, _TRAILING):
        text = pattern.sub(lambda match: match[0] if match[0][0] == '"' else " ", text)
    return text.strip()


def _table(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, Mapping) else {}


def _listed(table: Mapping[str, object], key: str) -> Iterator[tuple[str, str]]:
    """The strings in the list under *key* of *table*, each with its place as messages name it."""
    values = table.get(key)
    for number, each in enumerate(values if isinstance(values, list) else (), 1):
        if isinstance(each, str):
            yield f"`{key}.{number}`", each


def _patterns(written: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Patterns as notelint reads them, and a message for each that it does not take."""
    found: dict[str, None] = {}
    problems = []
    for place, pattern in written:
        unfolded = _unfolded(pattern) if _is_carried(pattern) else []
        if not unfolded or len(found) + len(unfolded) > MAX_ENTRIES:
            problems.append(f"{place} is a pattern that is not carried over")
            continue
        found |= dict.fromkeys(each.removeprefix("./") for each in unfolded)
    return list(found), problems


def _is_carried(pattern: str) -> bool:
    try:
        check(pattern)
    except PatternError:
        return False
    return not (pattern.startswith("!") or "(" in pattern or not pattern.strip("./*"))


def _unfolded(pattern: str) -> list[str]:
    """The expansions of the braces in *pattern*, as in ``*.{md,markdown}``."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if match is None or pattern.count("{") > 4 or pattern.count(",") > 20:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [each for part in match[1].split(",") for each in _unfolded(f"{before}{part}{after}")]
