"""The configuration that a project starts with, as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from notelint.text.startup import NamedTuple

_HINT = "`notelint rules` lists the rules; this turns one on that is off by default:"
_EXAMPLE = ("default", "image-alt")


class Starter(NamedTuple):
    """What is worth configuring: rules that are off, notes left out, and what the notes show."""

    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    across_files: bool = False
    flavor: str | None = None
    bullet: str | None = None

    def settings(self) -> dict[str, Any]:
        """The settings as data, without those that say nothing."""
        toc = {"flavor": self.flavor, "bullet": self.bullet}
        found: dict[str, Any] = {"ignore": list(self.ignore), "exclude": list(self.exclude)}
        if self.across_files:
            found["rules"] = {"duplicate-link": {"across-files": True}}
        found["toc"] = {key: value for key, value in toc.items() if value is not None}
        return {key: value for key, value in found.items() if value}


def as_toml(settings: Mapping[str, Any]) -> str:
    """``[tool.notelint]`` with *settings*, and a hint."""
    lines = ["[tool.notelint]", f"# {_HINT}", f"# select = {_written(_EXAMPLE)}"]
    lines += [f"{key} = {_written(value)}" for key, value in _plain(settings)]
    for path, table in _tables(settings, ("tool", "notelint")):
        lines += ["", f"[{'.'.join(path)}]"]
        lines += [f"{key} = {_written(value)}" for key, value in _plain(table)]
    return "\n".join(lines) + "\n"


def as_yaml(settings: Mapping[str, Any]) -> str:
    """``.notelint.yaml`` with *settings*, and a hint."""
    return (
        "\n".join([f"# {_HINT}", f"# select: {_written(_EXAMPLE)}", *_nested(settings, "")]) + "\n"
    )


def _plain(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in table.items() if not isinstance(value, dict))


def _tables(
    settings: Mapping[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    for key, value in settings.items():
        if isinstance(value, dict):
            if any(True for _ in _plain(value)):
                yield (*above, key), value
            yield from _tables(value, (*above, key))


def _nested(settings: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in settings.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _nested(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {_written(value)}"


def _written(value: Any) -> str:
    # JSON's strings, lists and truth values are also TOML's and YAML's
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
