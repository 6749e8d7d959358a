"""The page of settings, from the schema of the configuration."""

from __future__ import annotations

from collections.abc import Iterator

import notelint.rules as rules
from notelint.config.describe import all_keys, describe
from notelint.config.values import keys_of
from notelint.toc.options import TocOptions


def settings_page() -> str:
    keys = [each for each in all_keys() if not each.startswith(("rules.", "per-file."))]
    parts = [
        "# Settings",
        "Settings are in `[tool.notelint]` of `pyproject.toml`, or in `.notelint.yaml` or "
        "`.notelint.yml`. For each note the nearest file upwards counts, up to the root of its "
        "repository. `notelint config PATH` prints the settings of a path and where each comes "
        "from, `notelint config KEY` explains one, `notelint init` writes a first configuration, "
        "and `notelint init --schema` prints the [JSON Schema](settings.schema.json) for editors.",
        "\n".join(_entry(key, keys) for key in keys if "." not in key),
    ]
    for key in keys:
        parts += [f"{'#' * (2 + key.count('.'))} {key}", *_setting(key)]
        if key == "rules":
            parts.append("\n".join(_rule_settings()))
    return "\n\n".join(parts) + "\n"


def _entry(key: str, keys: list[str]) -> str:
    """A list entry that leads to *key* and those below it."""
    below = [each for each in keys if each.startswith(f"{key}.")]
    links = [f"[`{each.removeprefix(f'{key}.')}`](#{_anchor(each)})" for each in below]
    return f"- [`{key}`](#{_anchor(key)})" + (f": {', '.join(links)}" if links else "")


def _setting(key: str) -> Iterator[str]:
    """What :func:`describe` says of *key*, without its title, as Markdown."""
    blocks = describe(key).rstrip("\n").split("\n\n")[1:]
    for block in blocks:
        lines = block.split("\n")
        if block == "Keys:" or (lines[0].startswith("  ") and _is_list(key, lines)):
            continue  # each has a section of its own
        if lines[0].startswith("  "):
            code = "\n".join(each.removeprefix("  ") for each in lines)
            yield f"```{'toml' if code.startswith('[') else 'yaml'}\n{code}\n```"
        elif block.startswith("In "):
            yield "In `pyproject.toml`:" if "pyproject" in block else "In `.notelint.yaml`:"
        else:
            yield block


def _is_list(key: str, lines: list[str]) -> bool:
    """Whether *lines* name the keys of the table *key*."""
    return all(f"{key}.{each.split()[0]}" in all_keys() for each in lines if each.split())


def _anchor(key: str) -> str:
    return key.replace(".", "")


def _rule_settings() -> Iterator[str]:
    for name in rules.CATALOG:
        rule = rules.get(name)
        if rule.options is TocOptions:
            continue
        for key in keys_of(rule.options):
            yield f"- [`rules.{name}.{key}`](rules/{name}.md#options)"
