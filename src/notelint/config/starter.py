"""The configuration that ``notelint init`` writes: settings, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from notelint.text.escape import without_marks
from notelint.text.startup import NamedTuple

_HINT = "`notelint rules` lists the rules; this turns one on that is off by default:"
_MAX_CHARS = 60  # of a list on one line
_EXAMPLE = ("image-alt",)


class Proposal(NamedTuple):
    """A setting by its keys, and why it is proposed."""

    keys: tuple[str, ...]
    value: Any
    reason: str


class Starter(NamedTuple):
    """Settings worth writing.

    ``exclude`` and ``ignore`` map patterns and rules to reasons. Each of ``doubtful`` is for the
    user to decide, and is written as a comment.
    """

    exclude: Mapping[str, str] = {}
    ignore: Mapping[str, str] = {}
    proposals: tuple[Proposal, ...] = ()
    doubtful: tuple[Proposal, ...] = ()

    def settings(self) -> dict[str, Any]:
        """The settings as data, without empty ones and without the doubtful ones."""
        listed = {"ignore": list(self.ignore), "exclude": list(self.exclude)}
        found: dict[str, Any] = {key: value for key, value in listed.items() if value}
        for each in self.proposals:
            table = found
            for key in each.keys[:-1]:
                table = table.setdefault(key, {})
            table[each.keys[-1]] = each.value
        return found

    def _reasons(self) -> dict[tuple[str, ...], str]:
        return {
            **{("ignore", each): reason for each, reason in self.ignore.items()},
            **{("exclude", each): reason for each, reason in self.exclude.items()},
            **{each.keys: each.reason for each in self.proposals},
        }


class _Format(NamedTuple):
    """The syntax of TOML or YAML: a key, and the start, an item and the end of a list."""

    equals: str
    start: str
    item: str
    end: str


_TOML = _Format(" = ", " = [", "  {},", "]")
_YAML = _Format(": ", ":", "  - {}", "")


def as_toml(start: Starter) -> str:
    """A table ``[tool.notelint]`` with the settings of *start* and a hint."""
    settings, reasons = start.settings(), start._reasons()
    lines = ["[tool.notelint]", *_top(start, settings, reasons, _TOML)]
    for path, table in _tables(settings, ()):
        lines += ["", f"[{'.'.join(map(_key, ('tool', 'notelint', *path)))}]"]
        lines += _plain(table, path, reasons, _TOML)
    return "\n".join(lines) + "\n"


def as_yaml(start: Starter) -> str:
    """A ``.notelint.yaml`` with the settings of *start* and a hint."""
    settings, reasons = start.settings(), start._reasons()
    lines = [*_top(start, settings, reasons, _YAML)]
    for key, value in settings.items():
        if isinstance(value, dict):
            lines += [f"{_key(key)}:", *_nested(value, (key,), reasons)]
    return "\n".join(lines) + "\n"


def _top(
    start: Starter,
    settings: Mapping[str, Any],
    reasons: Mapping[tuple[str, ...], str],
    how: _Format,
) -> Iterator[str]:
    yield from (f"# {_HINT}", f"# extend-select{how.equals}{_written(_EXAMPLE)}")
    yield from _plain(settings, (), reasons, how)
    for each in start.doubtful:
        yield from (f"# {each.reason}:", f"# {each.keys[0]}{how.equals}{_written(each.value)}")


def _plain(
    table: Mapping[str, Any],
    path: tuple[str, ...],
    reasons: Mapping[tuple[str, ...], str],
    how: _Format,
) -> Iterator[str]:
    """The settings of *table* that are no tables, with their reasons."""
    for key, value in table.items():
        if path == () and isinstance(value, list) and _are_different(key, value, reasons):
            yield f"{key}{how.start}"
            for each in value:
                yield how.item.format(_written(each)) + _because(reasons.get((key, each)))
            yield from filter(None, [how.end])
        elif not isinstance(value, dict):
            shared = reasons.get((key, value[0])) if isinstance(value, list) else None
            because = _because(reasons.get((*path, key), shared))
            yield f"{key}{how.equals}{_written(value)}{because}"


def _are_different(key: str, items: list[str], reasons: Mapping[tuple[str, ...], str]) -> bool:
    """Whether each of *items* needs a line: reasons differ, or together they are too long."""
    return len({reasons[key, each] for each in items}) > 1 or len(_written(items)) > _MAX_CHARS


def _tables(
    settings: Mapping[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    for key, value in settings.items():
        if isinstance(value, dict):
            if not all(isinstance(each, dict) for each in value.values()):
                yield (*above, key), value
            yield from _tables(value, (*above, key))


def _nested(
    table: Mapping[str, Any], path: tuple[str, ...], reasons: Mapping[tuple[str, ...], str]
) -> Iterator[str]:
    indent = "  " * len(path)
    yield from (indent + line for line in _plain(table, path, reasons, _YAML))
    for key, value in table.items():
        if isinstance(value, dict):
            yield f"{indent}{_key(key)}:"
            yield from _nested(value, (*path, key), reasons)


def _because(reason: str | None) -> str:
    return f"  # {reason}" if reason else ""


def _key(key: str) -> str:
    return key if key.replace("-", "").isalnum() and key.isascii() else _written(key)


def _written(value: Any) -> str:
    # JSON's strings, lists and booleans are valid TOML and YAML, too; YAML has more line breaks
    written = without_marks(json.dumps(value, ensure_ascii=False), "\\u0023")
    return "".join(each if each.isprintable() else _escaped(each) for each in written)


def _escaped(char: str) -> str:
    # not as two surrogates, as in JSON: TOML has none, and YAML reads them as two characters
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"
