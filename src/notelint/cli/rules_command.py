"""``notelint rules``: list the rules, or explain one."""

from __future__ import annotations

import argparse
import json

from notelint import rules
from notelint.cli.console import write_output
from notelint.config.location import ConfigError
from notelint.config.values import expected, keys_of, types_of
from notelint.rules.base import Rule


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the rule to explain")


def run(options: argparse.Namespace) -> int:
    """Print the list or the page; return the exit status."""
    if options.name is None:
        write_output("".join(_row(rules.get(name)) for name in rules.CATALOG))
        return 0
    if options.name not in rules.CATALOG:
        from notelint.text.suggest import hint

        raise ConfigError(f"no rule `{options.name}`{hint(options.name, rules.CATALOG)}")
    write_output(_page(rules.get(options.name)))
    return 0


def _row(rule: Rule) -> str:
    fix = rule.fixable or ""
    on = "" if rule.default else "off"
    return f"{rule.name:22} {rule.severity.value:8} {fix:7} {on:4} {rule.summary}\n"


def _page(rule: Rule) -> str:
    state = "on" if rule.default else "off"
    head = (
        f"{rule.name}\n{'=' * len(rule.name)}\n\n"
        f"{', '.join(rule.categories)}; {rule.severity.value}; {state} by default\n\n"
    )
    kinds = types_of(rule.options)
    options = [
        f"- {key}: {expected(kinds[name])}"
        + (f", by default `{json.dumps(default)}`\n" if default is not None else "\n")
        for key, (name, default) in keys_of(rule.options).items()
    ]
    return head + rule.doc + "\n" + ("\nOptions:\n\n" + "".join(options) if options else "")
