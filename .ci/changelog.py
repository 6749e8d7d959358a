#!/usr/bin/env python3
"""The section of a release in CHANGELOG.md, made of the files in .github/changes/.

    .ci/changelog.py            print the entries that wait for a release
    .ci/changelog.py VERSION    write them to the section of VERSION, and remove the files

Each change adds a file of its own, named after what it changes, so that no two changes meet in one
place. It holds the text of one entry. A section called `VERSION (unreleased)` becomes that of the
release, and keeps what it has.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def entries(folder: Path) -> dict[Path, str]:
    """The entry of each file, as an item of a list."""
    found = {file: file.read_text("utf-8").strip() for file in sorted(folder.glob("*.md"))}
    return {file: "- " + textwrap.indent(text, "  ").lstrip() for file, text in found.items()}


def released(changelog: str, version: str, items: list[str]) -> str:
    """*changelog* with *items* in the section of *version*, which is the first."""
    first = re.search(r"^## ", changelog, re.MULTILINE)
    start = first.start() if first else len(changelog)
    heading = f"## {version} (unreleased)\n"
    if not changelog.startswith(heading, start):
        changelog = f"{changelog[:start].rstrip()}\n\n{heading}\n{changelog[start:]}"
        start = changelog.index(heading)
    following = changelog.find("\n## ", start + len(heading))
    end = following if following >= 0 else len(changelog)
    body = changelog[start + len(heading) : end].strip("\n")
    joint = "\n" if re.search(r"^(?:- |  )[^\n]*\Z", body, re.MULTILINE) else "\n\n"
    body = joint.join(filter(None, [body, "\n".join(items)]))
    return f"{changelog[:start]}## {version}\n\n{body}\n{changelog[end:]}"


def main() -> int:
    """Print or write; the exit status."""
    found = entries(ROOT / ".github" / "changes")
    if not sys.argv[1:]:
        print("\n".join(found.values()))
        return 0
    file = ROOT / "CHANGELOG.md"
    text = released(file.read_text("utf-8"), sys.argv[1], [*found.values()])
    file.write_text(text, "utf-8")
    for each in found:
        each.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
