"""Where the links of a tree lead, traced without notelint: by cmark-gfm, and as browsers resolve.

A tree is a dictionary of paths and texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import cmarkgfm
from cmarkgfm.cmark import Options

Tree = Mapping[str, str]
_BASE = "http://x/"


class Target(NamedTuple):
    """A file or folder, and what of it a link leads to: the number of a heading, or an id."""

    path: str
    place: int | str | None = None


def traced(tree: Tree) -> dict[str, list[Target | str]]:
    """Where each link of each note leads; addresses elsewhere and broken links as they are."""
    pages = {path: _page(path, text) for path, text in tree.items()}
    return {
        path: [_target(tree, pages, path, each) for each in page.links]
        for path, page in pages.items()
        if path.endswith((".md", ".html"))
    }


def followed(
    before: dict[str, list[Target | str]], move: Callable[[str], str]
) -> dict[str, list[Target | str]]:
    """What :func:`traced` is to be of the tree after a *move*."""

    def moved(each: Target | str) -> Target | str:
        return each._replace(path=move(each.path)) if isinstance(each, Target) else each

    return {move(path): [*map(moved, links)] for path, links in before.items()}


class _Page(HTMLParser):
    """The links and places of an HTML page, in order; destinations of unused definitions last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.places: dict[str, int | str] = {}
        self._heading: list[str] | None = None
        self._headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "poster"):
                self.links.append((value or "").strip())
            elif name == "srcset":
                self.links += [each.split()[0] for each in (value or "").split(", ")]
            elif name in ("id", "name"):
                self.places.setdefault(value or "", value or "")
        if re.fullmatch("h[1-6]", tag):
            self._heading = []

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag) and self._heading is not None:
            base = anchor = _slug("".join(self._heading))
            number = 0
            while isinstance(self.places.get(anchor), int):
                number += 1
                anchor = f"{base}-{number}"
            self.places[anchor] = self._headings
            self._headings += 1
            self._heading = None


def _slug(text: str) -> str:
    kept = ("L", "M", "Nd", "Nl", "Pc")
    return "".join(
        "-" if char == " " else char
        for char in text.lower()
        if char in " -" or unicodedata.category(char).startswith(kept)
    )


def _page(path: str, text: str) -> _Page:
    page = _Page()
    if path.endswith(".md"):
        # a definition that nothing uses shows nowhere; here all are used
        labels = re.findall(r"^\[(\w+)\]:", text, re.MULTILINE)
        text += "".join(f"\n\n[{label}]" for label in sorted(set(labels)))
        text = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    if path.endswith((".md", ".html")):
        page.feed(text)
    return page


def _target(tree: Tree, pages: Mapping[str, _Page], note: str, link: str) -> Target | str:
    if re.match("[a-z]+:", link):
        return link
    where = urlsplit(urljoin(_BASE + note, link))
    path, fragment = unquote(where.path).strip("/"), unquote(where.fragment)
    if not link.partition("#")[0]:
        path = note
    folders = {""} | {"/".join(each.split("/")[:at]) for each in tree for at in range(1, 9)}
    if path not in tree:
        return Target(path) if path in folders else link
    if not fragment or path not in pages or not path.endswith(".md"):
        return Target(path, fragment or None)
    places = pages[path].places
    return Target(path, places.get(fragment, places.get(fragment.lower(), fragment)))
