"""``notelint rules``: list the rules, or explain some."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

import notelint.rules as rules
from notelint.cli.common_options import add_messages
from notelint.cli.console import wants_color, write_output
from notelint.config.errors import ConfigError
from notelint.config.values import expected, keys_of, types_of
from notelint.project_urls import rule_page
from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.rules.base import Rule

_COLUMNS = ("RULE", "CATEGORY", "SEVERITY", "FIX", "DEFAULT", "FINDS")
_PLAIN = (bool, int, float, str, list, tuple)
_MIN_FINDS = 24  # columns for the last column on a narrow terminal
_LABEL = lazy_regex(r"(?:Why|Fix(?: \((?:un)?safe\))?|Bad|Fixed|Good|Options):")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="rules to explain, or categories to list (default: list all rules)",
    )
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="default: %(default)s"
    )
    add_messages(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list or the pages; return the exit status."""
    groups = {**{each: rules.in_category(each) for each in rules.CATEGORIES}, "all": rules.CATALOG}
    for name in options.names:
        if name not in rules.CATALOG and name not in groups:
            from notelint.config.selection import unknown

            raise ConfigError(unknown(name))
    if options.output_format == "json":
        named = [each for name in options.names for each in groups.get(name, [name])]
        write_output(_as_json(map(rules.get, dict.fromkeys(named or rules.CATALOG))))
        return 0
    width = _width()
    color = wants_color(options.color)
    page = (lambda rule: _colored(_page(rule))) if color else _page
    parts = [
        _table(map(rules.get, groups[name]), width, color)
        if name in groups
        else page(rules.get(name))
        for name in options.names or ["all"]
    ]
    write_output("\n".join(parts))
    return 0


def _width() -> int | None:
    """The columns of the terminal; None elsewhere, where a row is a line."""
    if not sys.stdout.isatty():
        return None
    from notelint.cli.main import columns

    return columns()


def _table(listed: Iterable[Rule], width: int | None, color: bool) -> str:
    rows = [
        (
            *(each.name, " ".join(each.categories), each.severity.value, each.fixable or "-"),
            *("on" if each.default else "off", each.summary),
        )
        for each in listed
    ]
    widths = [max(len(row[at]) for row in [_COLUMNS, *rows]) for at in range(len(_COLUMNS) - 1)]
    start = sum(widths) + 2 * len(widths)
    head, *lines = [
        line for row in [_COLUMNS, *rows] for line in _row(row, widths, width and width - start)
    ]
    return "".join(f"{each}\n" for each in [_bold(head) if color else head, *lines])


def _row(row: tuple[str, ...], widths: list[int], room: int | None) -> list[str]:
    """The lines of a *row* whose last cell has *room* columns; None for as many as it takes."""
    cells = "  ".join(f"{cell:{size}}" for cell, size in zip(row, widths, strict=False))
    if room is None:
        return [f"{cells}  {row[-1]}"]
    from textwrap import wrap

    if room < _MIN_FINDS:  # the text goes below
        lines = wrap(row[-1], max(_MIN_FINDS, room + len(cells) - 2))
        return [cells.rstrip(), *(f"    {each}" for each in lines)]
    first, *rest = wrap(row[-1], room)
    return [f"{cells}  {first}", *(" " * (len(cells) + 2) + each for each in rest)]


def _as_json(listed: Iterable[Rule]) -> str:
    found = [
        {
            "name": each.name,
            "categories": list(each.categories),
            "severity": each.severity.value,
            "default": each.default,
            "fix": each.fixable,
            "summary": each.summary,
            "options": {
                key: {
                    "type": expected(types_of(each.options)[name]),
                    "default": default if isinstance(default, _PLAIN) else None,
                }
                for key, (name, default) in keys_of(each.options).items()
            },
            "page": each.doc,
            "url": rule_page(each.name),
        }
        for each in listed
    ]
    return json.dumps({"version": 1, "rules": found}, ensure_ascii=False, indent=1) + "\n"


def _page(rule: Rule) -> str:
    state = "on" if rule.default else "off"
    head = (
        f"{rule.name}\n{'=' * len(rule.name)}\n\n"
        f"{', '.join(rule.categories)}; {rule.severity.value}; {state} by default\n\n"
    )
    parts = rule.doc.split("\n\n")
    text = "\n\n".join(each for each in parts if not each.startswith("Option `"))
    options = "".join(_options(rule))
    page = rule_page(rule.name)
    return (
        f"{head}{with_invisibles_named(text)}\n"
        + (f"\nOptions:\n\n{options}" if options else "")
        + (f"\n{page}\n" if page else "")
    )


def _options(rule: Rule) -> Iterator[str]:
    """A line for each key of the configuration that is an option of *rule*."""
    from textwrap import fill

    from notelint.config.keys import KEYS
    from notelint.toc.options import TocOptions

    table = "toc" if rule.options is TocOptions else f"rules.{rule.name}"
    kinds = types_of(rule.options)
    for key, (name, default) in keys_of(rule.options).items():
        kind = expected(kinds[name])
        if default is not None:
            kind += f"; by default `{json.dumps(default)}`"
        about = rule.about_options.get(key)
        if table == "toc":
            about = KEYS[f"toc.{key}"].description
        line = ": ".join(filter(None, [f"{table}.{key} ({kind})", about]))
        yield fill(line, 100, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
        yield "\n"


def with_invisibles_named(text: str) -> str:
    """*text* with invisible characters and unusual spaces written as ``<U+200B>``."""
    from notelint.text.invisible import NAMES

    return "".join(f"<U+{ord(each):04X}>" if each in NAMES else each for each in text)


def _colored(page: str) -> str:
    """A *page* with its title and labels in bold, its examples in blue."""
    lines, fence = page.split("\n"), ""
    for number, line in enumerate(lines):
        if line.startswith(fence or "```"):
            mark = line[: len(line) - len(line.lstrip("`"))]
            fence = "" if fence else mark
            lines[number] = f"\x1b[2m{line}\x1b[0m"
        elif fence:
            lines[number] = f"\x1b[34m{line}\x1b[0m" if line else line
        elif number < 2:
            lines[number] = _bold(line)
        elif label := _LABEL.match(line):
            lines[number] = _bold(label[0]) + line[label.end() :]
    return "\n".join(lines)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"
