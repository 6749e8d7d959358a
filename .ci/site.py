#!/usr/bin/env python3
"""Build the site of ``docs/`` and follow its links; needs the extra ``docs``.

Exit with 1 if a link leads nowhere, a page of a rule is missing, or a page asks another host for
anything.
"""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notelint.rules import CATALOG

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
LOADED = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src")}


class Page(HTMLParser):
    """The ``ids``, ``links`` and addresses ``loaded`` of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag has."""
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif (tag, name) in LOADED:
                self.loaded.add(value or "")
            elif name == "href":
                self.links.add(value or "")


def problems() -> list[str]:
    """What is wrong with the site."""
    pages = {file: Page(file) for file in SITE.rglob("*.html") if file.name != "404.html"}
    found = [
        f"{rule}: no page" for rule in CATALOG if SITE / "rules" / rule / "index.html" not in pages
    ]
    for file, page in pages.items():
        for address in page.links | page.loaded:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if address in page.loaded:
                    found.append(f"{file}: loads {address}")
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            fragment = unquote(parts.fragment)
            if not target.is_file():
                found.append(f"{file}: no {address}")
            elif fragment and target in pages and fragment not in pages[target].ids:
                found.append(f"{file}: no anchor {address}")
    return sorted(found)


def main() -> int:
    """Build and look; the exit status."""
    zensical = Path(sys.executable).with_name("zensical")
    subprocess.run([zensical, "build", "--clean", "--strict"], cwd=ROOT, check=True)
    found = problems()
    print("\n".join(found) or "every link of the site leads somewhere")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
