#!/usr/bin/env python3
"""The pages of ``docs/`` that have a source in the code, and the schema in the package.

    .ci/docs.py            write them anew
    .ci/docs.py --check    exit 1 if they would change

- ``rules/<rule>.md``: the docstring of the rule, and its options
- ``rules/README.md``: all rules by category
- ``settings.md``, ``settings.schema.json``, and ``schema.json`` of the package: the schema of the
  configuration
- ``commands.md``: the parsers of the command line
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from generated import ROOT, settle
from pages.commands_page import commands_page
from pages.rule_pages import rule_index, rule_page
from pages.settings_page import settings_page

import notelint.rules as rules
from notelint.config.schema import render

DOCS = ROOT / "docs"
SCHEMA = ROOT / "src" / "notelint" / "config" / "schema.json"
NOTICE = "<!-- written by .ci/docs.py; edit its source, not this page -->"


def pages() -> dict[str, str]:
    """The text of each page by its path in ``docs/``."""
    made = {f"rules/{name}.md": rule_page(rules.get(name)) for name in rules.CATALOG}
    made["rules/README.md"] = rule_index()
    made["settings.md"] = settings_page()
    made["commands.md"] = commands_page()
    return {path: _headed(text) for path, text in made.items()}


def _headed(text: str) -> str:
    title, rest = text.split("\n", 1)
    return f"{title}\n\n{NOTICE}\n{rest}"


def formatted(made: dict[str, str]) -> dict[str, str]:
    """*made* as ``notelint fmt`` leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in made.items():
            file = Path(folder, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        shutil.copy(ROOT / ".mdformat.toml", folder)
        call = [sys.executable, "-m", "notelint", "fmt", "--isolated", "--quiet", "."]
        subprocess.run(call, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return {path: Path(folder, path).read_text(encoding="utf-8") for path in made}


def main() -> int:
    """Write or check; the exit status."""
    gone = dict.fromkeys((DOCS / "rules").glob("*.md"))
    schemas = dict.fromkeys((DOCS / "settings.schema.json", SCHEMA), render())
    made = {DOCS / path: text for path, text in formatted(pages()).items()}
    return settle({**gone, **made, **schemas})


if __name__ == "__main__":
    sys.exit(main())
