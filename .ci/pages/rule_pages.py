"""One page a rule, from its docstring, and the index of rules by category."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import notelint.rules as rules
from notelint.cli.rules_command import with_invisibles_named
from notelint.config.schema import schema
from notelint.config.values import expected, keys_of, types_of
from notelint.rules.base import Rule
from notelint.toc.options import TocOptions

ABOUT = {
    "html": "HTML in notes",
    "images": "Pictures",
    "links": "Links, anchors and footnotes",
    "structure": "Headings, lists, tables and files",
    "suppression": "Comments that silence rules",
    "text": "Text that is not shown as it was meant",
    "toc": "Tables of contents and indexes",
}
_LABEL = re.compile(r"(Why|Fix)(?: \((safe|unsafe)\))?: (.)")
_EXAMPLE = re.compile(r"(Bad|Fixed|Good):\n\n|In th(?:is|ese) examples? ")
_CODE_SPAN = re.compile(r"`([a-z0-9-]+)`")


def rule_page(rule: Rule) -> str:
    summary, _, rest = with_invisibles_named(rule.doc).partition("\n")
    state = "on" if rule.default else "off"
    fix = rule.fixable or "none"
    row = f"| {_linked(rule.categories)} | {rule.severity.value} | {state} | {fix} |"
    parts = [
        f"# {rule.name}",
        summary,
        f"| category | severity | by default | fix |\n| -- | -- | -- | -- |\n{row}",
        *_sections(rule.name, rest),
    ]
    if options := "\n".join(_options(rule)):
        parts += ["## Options", options]
    parts += ["## Configure", _configure(rule)]
    return "\n\n".join(parts) + "\n"


def _linked(categories: tuple[str, ...]) -> str:
    return ", ".join(f"[{each}](README.md#{each})" for each in categories)


def _sections(name: str, text: str) -> Iterator[str]:
    """The paragraphs and examples of a docstring, under headings."""
    in_examples = False
    for piece in _pieces(text):
        if piece.startswith(("```", "Option `")):
            if piece.startswith("```"):
                yield piece
            continue
        if not in_examples and _EXAMPLE.match(f"{piece}\n\n"):
            in_examples = True
            yield "## Examples"
        if label := _LABEL.match(piece):
            safety = f" ({label[2]})" if label[2] else ""
            yield f"## {label[1]}{safety}"
            piece = label[3].upper() + piece[label.end() :]
        if piece in ("Bad:", "Fixed:", "Good:"):
            piece = f"**{piece.removesuffix(':')}**"
        yield _CODE_SPAN.sub(lambda found: _rule_link(found[1], name), piece)


def _pieces(text: str) -> Iterator[str]:
    """The paragraphs and whole code blocks of *text*."""
    for number, part in enumerate(re.split(r"^(`{3,}\w+\n.*?^`{3,}$)", text, flags=re.M | re.S)):
        yield from [part] if number % 2 else filter(None, map(str.strip, part.split("\n\n")))


def _rule_link(word: str, this: str) -> str:
    return f"[`{word}`]({word}.md)" if word in rules.CATALOG and word != this else f"`{word}`"


def _options(rule: Rule) -> Iterator[str]:
    if rule.options is TocOptions:
        yield "Those of [`toc`](../settings.md#toc): how tables of contents are written."
        return
    kinds = types_of(rule.options)
    for key, (name, default) in keys_of(rule.options).items():
        about = rule.about_options.get(key, "")
        yield f"- `{key}` ({expected(kinds[name])}; by default `{json.dumps(default)}`): {about}"


def _configure(rule: Rule) -> str:
    key, value = ("ignore", "off") if rule.default else ("extend-select", "on")
    found = [
        f"To turn it {value}, in `pyproject.toml`:",
        f'```toml\n[tool.notelint]\n{key} = ["{rule.name}"]\n```',
    ]
    options = schema()["properties"]["rules"]["properties"][rule.name]["properties"]
    if options:
        written = "\n".join(
            f"{option} = {json.dumps(about['examples'][0])}" for option, about in options.items()
        )
        found += ["With options:", f"```toml\n[tool.notelint.rules.{rule.name}]\n{written}\n```"]
    if rule.name != "not-utf8":
        comment = f"<!-- notelint-disable-next-line {rule.name} -->"
        found += ["To silence it on one line of a note:", f"```markdown\n{comment}\n```"]
    found.append("[All settings](../settings.md), [all rules](README.md)")
    return "\n\n".join(found)


def rule_index() -> str:
    parts = [
        "# Rules",
        "`notelint rules NAME` prints the page of a rule. One that is *off* is turned on by "
        "`--extend-select` or by [`extend-select`](../settings.md#extend-select) in the "
        "configuration. `notelint fix` makes the *safe* fixes, and with `--unsafe` also the "
        "*unsafe* ones, which deserve a look.",
        "Where notelint cannot know (wiki links, template placeholders, addresses that a site "
        "generator resolves, what lies outside the repository), it reports nothing.",
    ]
    for category in rules.CATEGORIES:
        rows = ["| rule | finds | severity | fix |", "| --- | --- | --- | --- |"]
        for rule in map(rules.get, rules.in_category(category)):
            severity = rule.severity.value + ("" if rule.default else ", off")
            finds = rule.summary.replace("|", "\\|")
            link = f"[{rule.name}]({rule.name}.md)"
            rows.append(f"| {link} | {finds} | {severity} | {rule.fixable or '–'} |")
        parts += [f"## {category}", f"{ABOUT[category]}.", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"
