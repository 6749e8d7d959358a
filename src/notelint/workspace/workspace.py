"""The notes of a tree and the files around them, as rules across files see them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from notelint.workspace.discover import ignored_below
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.home import Home, home_of, may_be_home
from notelint.workspace.observe import home_digest, listing_digest
from notelint.workspace.questions import is_note
from notelint.workspace.resolve import Resolved, resolve
from notelint.workspace.tree import Tree

T = TypeVar("T")
_WEB = ("https://", "http://")

# A file of one of these names says that a generator gives the tree its own root and addresses.
_SITE_FILES = (
    "_config.yml", "_config.toml", "mkdocs.yml", "mkdocs.yaml", "book.toml", "hugo.toml",
    "hugo.yaml", "docusaurus.config.js", "docusaurus.config.ts", "gatsby-config.js", "conf.py",
    "astro.config.mjs", "next.config.js", "antora.yml", "_quarto.yml", "SUMMARY.md", "_sidebar.md",
    ".vitepress", ".vuepress", "_layouts", "archetypes", "eleventy.config.js", ".eleventy.js",
)  # fmt: skip
# Of these, and no others, anchors are not GitHub's: hyphens are merged, and none is left at the
# ends. What is made into a site lies beside one of the first, and below one of the others.
_OWN_ANCHORS = (
    "conf.py", "_quarto.yml", "_sidebar.md", "eleventy.config.js", ".eleventy.js",
    *(f".{kind}/config.{suffix}" for kind in ("vitepress", "vuepress")
      for suffix in ("js", "ts", "mjs", "mts")),
)  # fmt: skip
_OWN_BELOW = ("mkdocs.yml", "mkdocs.yaml")
_SITE_FOLDERS = ("", "docs", "website", "site", "src", "book")
_PAGE = (
    "{}.md",
    "{}.markdown",
    "{}.mdx",
    "{}/index.md",
    "{}/README.md",
    "{}.html",
    "{}/index.html",
)


class Workspace:
    """The tree below *root*; *load* gives the facts of a note in it, None if it can't be read.

    *named* are the notes of the run, relative to the root; *left_out* tells which notes of the tree
    are not to be compared with others; *pages* may know those of a note sooner. *tree* stands for
    what is on disk if given. ``asked`` collects which notes were asked about, and what of
    ``EVERY`` note: the answers hold as long as these notes are as they are, and the tree is as
    :meth:`looked_at` says.
    """

    def __init__(
        self,
        root: str,
        load: Callable[[str], FileFacts | None],
        named: Sequence[str] = (),
        *,
        repository: bool = False,
        left_out: Callable[[str], bool] = lambda path: False,
        tree: Tree | None = None,
        pages: Callable[[str], Sequence[str] | None] = lambda path: None,
    ) -> None:
        self.tree = tree or Tree(root)
        self.repository = repository
        self.named = frozenset(named)
        self._left_out = left_out
        self._load = load
        self._pages = pages
        self._facts: dict[str, FileFacts | None] = {}
        self._derived: dict[Hashable, Any] = {}
        self._line_counts: dict[str, int | None] = {}
        self._sites: dict[tuple[str, Sequence[str]], bool] = {}
        self._files: dict[str, str | None] = {}  # what stands behind a path
        # of the note that was asked about last: several rules ask in turn
        self._inside: tuple[FileFacts | None, list[tuple[LinkFact, Resolved]]] = None, []
        self.asked: set[str] = set()

    def facts(self, path: str) -> FileFacts | None:
        """The facts of the note at *path*; None if it is no Markdown or can't be read."""
        self.asked.add(path)
        if not is_note(path, self.named, self.tree.root):
            return None
        if path not in self._facts:
            self._facts[path] = self._load(path)
        return self._facts[path]

    def pages(self, path: str) -> Sequence[str]:
        """The ``page`` of each of the entries of the note at *path*."""
        found = None if path in self._facts else self._pages(path)
        if found is None:
            facts = self.facts(path)
            found = facts.pages if facts else ()
        return found

    def forget(self, path: str) -> None:
        """The note at *path* is another one now."""
        self._facts.pop(path, None)
        self._derived.clear()

    def once(self, key: Hashable, build: Callable[[], T], asks: str) -> T:
        """What *build* makes of all the facts, made once for *key*.

        Which of the facts is what it *asks*: one of :data:`~notelint.workspace.questions.EVERY`.
        """
        self.asked.add(asks)
        if key not in self._derived:
            asked = set(self.asked)
            self._derived[key] = build()
            self.asked = asked  # of single notes nothing was asked
        found: T = self._derived[key]
        return found

    @cached_property
    def notes(self) -> list[str]:
        """Every note of the tree and of the run, in order of path."""
        return sorted({*self.tree.notes, *self.named})

    @cached_property
    def compared(self) -> list[str]:
        """The notes whose content is compared, in order of path."""
        return [path for path in self.notes if not self._left_out(path)]

    def in_site(self, note: str) -> bool:
        """Whether the note at *note* is plainly part of a site with a root of its own."""
        folders = (*_SITE_FOLDERS, *_above(note))
        return any(self._has_one(folder, _SITE_FILES) for folder in folders)

    def has_own_anchors(self, note: str) -> bool:
        """Whether the note at *note* is part of a site whose anchors differ from GitHub's."""
        folders = _above(note)
        return any(self._has_one(folder, _OWN_ANCHORS) for folder in folders) or any(
            self._has_one(folder, _OWN_BELOW) for folder in folders[:-1]
        )

    def _has_one(self, folder: str, names: Sequence[str]) -> bool:
        if (folder, names) not in self._sites:
            paths = (posixpath.join(folder, name) for name in names)
            self._sites[folder, names] = any(map(self.tree.exists, paths))
        return self._sites[folder, names]

    @cached_property
    def home(self) -> Home | None:
        """Where this repository lives on GitHub."""
        return home_of(self.tree.root) if self.repository else None

    def resolve(self, destination: str, note: str) -> Resolved:
        """What *destination* leads to from the note at *note*, also where it takes the way
        over this repository's own pages on GitHub."""
        return resolve(destination, note, self.home if may_be_home(destination) else None)

    def inside(self, facts: FileFacts) -> list[tuple[LinkFact, Resolved]]:
        """The links of a note that lead to a place in it or to a file, references set aside."""
        if self._inside[0] is not facts:
            self._inside = facts, [*self._find_inside(facts)]
        return self._inside[1]

    def _find_inside(self, facts: FileFacts) -> Iterator[tuple[LinkFact, Resolved]]:
        for link in facts.links:
            to = link.destination
            if link.kind == "reference" or (to.startswith(_WEB) and not may_be_home(to)):
                continue  # most links
            found = self.resolve(to, facts.path)
            if found.kind in ("anchor", "local"):
                yield link, found

    def line_count(self, path: str) -> int | None:
        """The number of lines of the text file at *path*; None for any other.

        An empty file counts as none: it may stand for one that is kept elsewhere.
        """
        if path not in self._line_counts:
            self._line_counts[path] = self.tree.line_count(path)
        return self._line_counts[path]

    def looked_at(self) -> list[tuple[str, str, str]]:
        """What was seen of the tree beside the notes: kinds, paths, digests; see ``observe``."""
        looked = self.tree.looked_at()
        if "home" in self.__dict__:
            looked.append(("home", "", home_digest(self.home)))
        if "ignored" in self.__dict__:
            looked.append(("ignored", "", listing_digest(self.ignored)))
        return looked

    @cached_property
    def ignored(self) -> frozenset[str]:
        """What is there and git ignores: files, and whole folders with a ``/`` at the end."""
        return frozenset(ignored_below(self.tree.root) if self.repository else ())

    def is_ignored(self, path: str) -> bool:
        """Whether git ignores the file or folder at *path*, itself or with a folder above it."""
        if self.tree.is_listed(path) or not self.ignored:
            return False
        parts = path.split("/")
        above = ("/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1))
        return path in self.ignored or any(each in self.ignored for each in above)

    def page(self, path: str) -> str | None:
        """The file that stands behind *path* as a site generator or GitHub resolves it."""
        if path not in self._files:
            stem = path.removesuffix(".html").rstrip("/")
            forms = (path, *(form.format(stem) for form in _PAGE))
            self._files[path] = next(filter(self.tree.exists, forms), None)
        return self._files[path]

    def outside(self, path: str) -> bool:
        """Whether *path* leaves the tree."""
        return path == ".." or path.startswith("../")


def _above(note: str) -> list[str]:
    """The folders that *note* is in, from the root."""
    parts = note.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(len(parts) + 1)]
