"""What a configuration of markdownlint says that holds for notelint too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from notelint import rules
from notelint.config.errors import ConfigError
from notelint.config.place import Where
from notelint.config.strict_yaml import parse
from notelint.markdown.foreign import switched_off
from notelint.text.startup import NamedTuple, lazy_regex

# In this order markdownlint-cli2 looks for them; https://github.com/DavidAnson/markdownlint-cli2
_WHOLE = (".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml")
_RULES = (".markdownlint.jsonc", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml")
_PROGRAMS = tuple(
    f"{stem}.{suffix}"
    for stem in (".markdownlint-cli2", ".markdownlint")
    for suffix in ("cjs", "mjs")
)
_IGNORED = ".markdownlintignore"


class Carried(NamedTuple):
    """Rules that are off, patterns of notes left out, and what could not be carried over."""

    ignore: tuple[str, ...]
    exclude: tuple[str, ...]
    problems: tuple[str, ...]


def present(folder: Path) -> list[str]:
    """The names of markdownlint's files in *folder*."""
    names = (*_WHOLE, *_RULES, *_PROGRAMS, _IGNORED)
    return [name for name in names if (folder / name).is_file()]


def carried(folder: Path) -> Carried:
    """What markdownlint's files in *folder* say. Raises :class:`ConfigError` where none is there.

    Only rules count that are on by default here. The file for the command line is put on top of
    that for the rules, as markdownlint-cli2 does it.
    """
    names = present(folder)
    if not names:
        raise ConfigError("no configuration of markdownlint here")
    problems = [f"{name} is a program and is not read" for name in names if name in _PROGRAMS]
    whole = _first(folder, _WHOLE)
    linted = {**_first(folder, _RULES), **_table(whole.get("config"))}
    if extends := linted.pop("extends", None):
        problems.append(f"`extends` of markdownlint is not followed ({extends})")
    globs = [each for each in _strings(whole.get("globs")) if each[:1] in ("!", "#")]
    patterns = [*_strings(whole.get("ignores")), *(each[1:] for each in globs)]
    if _IGNORED in names:
        lines = _text(folder / _IGNORED).split("\n")
        patterns += [line.strip() for line in lines if line.strip() and line[0] != "#"]
    found, left = _patterns(patterns)
    off = sorted(name for name in switched_off(linted) if _on(name))
    return Carried(tuple(off), tuple(found), (*problems, *left))


def _on(name: str) -> bool:
    return name in rules.CATALOG and rules.get(name).default


def _first(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    for name in names:
        path = folder / name
        if path.is_file():
            return _table(_parsed(path))
    return {}


def _parsed(path: Path) -> object:
    text = _text(path)
    if path.suffix in (".yaml", ".yml"):
        return parse(text, Where(path.name))
    try:
        return json.loads(_plain_json(text) or "null")
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path.name}: not valid JSON: {error}") from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: not UTF-8 (byte at offset {error.start})") from None


_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENT = lazy_regex(rf"{_STRING}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING = lazy_regex(rf"{_STRING}|,(?=\s*[}}\]])", re.DOTALL)


def _plain_json(text: str) -> str:
    """*text* without comments and without commas behind the last value."""
    for pattern in (_COMMENT, _TRAILING):
        text = pattern.sub(lambda match: match[0] if match[0][0] == '"' else " ", text)
    return text.strip()


def _table(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, Mapping) else {}


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _patterns(written: Iterable[str]) -> tuple[list[str], list[str]]:
    """Patterns as notelint reads them, and what is wrong with the others."""
    found: dict[str, None] = {}
    problems = []
    for pattern in written:
        if pattern.startswith("!") or "(" in pattern or not pattern.strip("./*"):
            problems.append(f"the pattern `{pattern}` is not carried over")
            continue
        found |= dict.fromkeys(each.removeprefix("./") for each in _unfolded(pattern))
    return list(found), problems


def _unfolded(pattern: str) -> list[str]:
    """*pattern* for each way to read its braces, as in ``*.{md,markdown}``."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if match is None or pattern.count("{") > 4:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [each for part in match[1].split(",") for each in _unfolded(f"{before}{part}{after}")]
