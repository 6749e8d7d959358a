"""What ``notelint init`` writes: a starter configuration, a pre-commit hook, a workflow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from notelint import __version__
from notelint.text.limits import yaml_within_limits
from notelint.text.startup import NamedTuple

PRE_COMMIT = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/notelint.yml"
_MAX_HOOKS_CHARS = 100_000  # of an existing file; whoever has more adds the entry by hand

_HOOK = f"""\
- repo: local
  hooks:
    - id: notelint-fix
      name: notelint
      entry: notelint fix
      language: python
      additional_dependencies: ["notelint=={__version__}"]
      types: [markdown]
      require_serial: true
"""

_HINT = "`notelint rules` lists the rules; this turns one on that is off by default:"
_EXAMPLE = ("default", "image-alt")


class Starter(NamedTuple):
    """Settings worth writing: rules that are off, notes left out, habits that the notes show."""

    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    across_files: bool = False
    flavor: str | None = None
    bullet: str | None = None

    def settings(self) -> dict[str, Any]:
        """The settings as data, without empty ones."""
        toc = {"flavor": self.flavor, "bullet": self.bullet}
        found: dict[str, Any] = {"ignore": list(self.ignore), "exclude": list(self.exclude)}
        if self.across_files:
            found["rules"] = {"duplicate-link": {"across-files": True}}
        found["toc"] = {key: value for key, value in toc.items() if value is not None}
        return {key: value for key, value in found.items() if value}


def as_toml(settings: Mapping[str, Any]) -> str:
    """A table ``[tool.notelint]`` with *settings* and a hint."""
    lines = ["[tool.notelint]", f"# {_HINT}", f"# select = {_written(_EXAMPLE)}"]
    lines += [f"{key} = {_written(value)}" for key, value in _plain(settings)]
    for path, table in _tables(settings, ("tool", "notelint")):
        lines += ["", f"[{'.'.join(path)}]"]
        lines += [f"{key} = {_written(value)}" for key, value in _plain(table)]
    return "\n".join(lines) + "\n"


def as_yaml(settings: Mapping[str, Any]) -> str:
    """A ``.notelint.yaml`` with *settings* and a hint."""
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
    # JSON's strings, lists and booleans are valid TOML and YAML, too
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def workflow(branch: str) -> str:
    """A GitHub workflow that checks pushes to *branch* and pull requests."""
    return f"""\
name: notelint

on:
  push:
    branches: [{_quoted(branch)}]
  pull_request:

permissions:
  contents: read

jobs:
  notelint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.x"
      - run: python -I -m pip install "notelint=={__version__}"
      - run: notelint check --output-format github
"""


def _quoted(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else f'"{name}"'


def with_hook(text: str | None) -> str | None:
    """The *text* of ``.pre-commit-config.yaml`` with notelint's hook at the end of its list.

    None if the list cannot be extended without touching anything else.
    """
    if text is None:
        return "repos:\n" + _indented("  ")
    try:
        if not yaml_within_limits(text, _MAX_HOOKS_CHARS):
            return None
        place = _end_of_repos(yaml.compose(text, yaml.SafeLoader), text)
        if place is None:
            return None
        at, indent = place
        head = text[:at]
        newline = "\r\n" if "\r\n" in text else "\n"
        if not head.endswith("\n"):
            head += newline
        after = head + _indented(indent).replace("\n", newline) + text[at:]
        old, new = yaml.safe_load(text), yaml.safe_load(after)
        hook = yaml.safe_load(_HOOK)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return after if {**old, "repos": [*old["repos"], *hook]} == new else None


def _end_of_repos(top: yaml.Node | None, text: str) -> tuple[int, str] | None:
    """The offset behind the last entry of ``repos``, and the indentation of entries."""
    if not isinstance(top, yaml.MappingNode):
        return None
    repos = next((value for key, value in top.value if key.value == "repos"), None)
    if not isinstance(repos, yaml.SequenceNode) or repos.flow_style or not repos.value:
        return None
    last: yaml.Node = repos
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    at, indent = last.end_mark.index, " " * repos.start_mark.column
    if last.end_mark.column == 0:  # behind a block of text, which ends where the next line starts
        return at, indent
    end = text.find("\n", at)
    return (len(text) if end < 0 else end + 1), indent


def _indented(indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in _HOOK.split("\n")[:-1])
