"""The local targets of a note's links, for the rules that judge them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from urllib.parse import quote

from notelint.rules.shared.path_separators import separated
from notelint.text.startup import lazy_regex
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.note_kinds import TEMPLATE, is_form, kinds_of
from notelint.workspace.resolve import Resolved
from notelint.workspace.tree import folders_above, is_below, leads_up
from notelint.workspace.urls import from_note, split_fragment, unquote
from notelint.workspace.workspace import Workspace

# What a generator of sites puts at the root of one.
_ROOTS = ("public", "static", "source", "docs", "docs/public", "src", "src/public", "site/static")
_BARS = ("_sidebar.md", "_navbar.md")
_DOCSIFY = frozenset({"sidebar.md", "navbar.md", "coverpage.md"})
# A folder as a bundler knows it: VitePress, Astro, webpack.
_ALIAS = lazy_regex(r"~?@[\w-]*/|~[\w-]+/")
# Pages beside that of an issue or a pull request, which the text of its form becomes.
_OF_FORGE = lazy_regex(
    r"(?:\.\./)+(?:blob|tree|raw|wiki|issues|pulls?|discussions|releases|tags|labels|milestones"
    r"|projects|actions|security|commits?|compare|settings)(?![\w.-])"
)
_TO_FILL_IN = lazy_regex(r"(?:\./)?(?:link|url|path|file(?:-?name)?)(?:\.(?:md|html?))?")
_EXTENSION = lazy_regex(r"[^./]\.[A-Za-z][A-Za-z0-9]*$")


class LocalTarget:
    """The target of *link*, in the note at *note*, in the workspace."""

    def __init__(self, workspace: Workspace, link: LinkFact, note: str, found: Resolved) -> None:
        self.workspace = workspace
        self.link = link
        self.note = note
        self.found = found

    @property
    def path(self) -> str:
        """The path, relative to the root, decoded."""
        return self.found.path

    @property
    def shown(self) -> str:
        """The path as messages name it: from the note, but for one written from the root."""
        from_root = self.found.prefix or self.found.rooted
        return self.path if from_root else from_note(self.path, self.note)

    def is_anchor_of(self, facts: FileFacts) -> bool:
        """Whether the destination is an anchor of the note, but for its `#`."""
        return unquote(self.link.destination).casefold() in facts.folded_anchors

    @cached_property
    def exists(self) -> bool:
        """Whether it is there under exactly this name, or as a page of this name."""
        if self.found.prefix:  # of a site that shows files
            return self.workspace.tree.exists(self.path)
        return self.workspace.page(self.path) is not None

    @cached_property
    def other_case(self) -> str | None:
        """The path that is there when letter case does not count."""
        return self.workspace.tree.other_case(self.path)

    @property
    def missing_folder(self) -> str | None:
        """The first folder of the path that is not there; None if all are."""
        parts = self.path.split("/")[:-1]
        above = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return next((each for each in above if not self.workspace.tree.exists(each)), None)

    @property
    def file(self) -> str:
        """The destination as written, without query and fragment."""
        return split_fragment(self.link.destination)[0].partition("?")[0]

    def rewritten(self, path: str) -> str:
        """The destination with *path* as its path; query and fragment as they were."""
        return path + self.link.destination[len(self.file) :]

    def way_to(self, path: str) -> str:
        """*path* (relative to the root) linked as this target is: by GitHub, or from the note."""
        if self.found.prefix:
            return self.found.prefix + encoded(path)
        return written(path, self.note)

    def in_case(self, path: str) -> str:
        """The path as written, with the letters of *path*; its form and escapes stay."""
        names, pieces = path.split("/"), self.file.split("/")
        left = 0  # folders that a `..` behind them leaves again
        for at in reversed(range(len(pieces))):
            name = unquote(pieces[at])
            if name in ("", "."):
                continue
            if name == ".." or left:
                left += 1 if name == ".." else -1
                continue
            if not names or name.casefold() != names[-1].casefold():
                break
            if name != names[-1]:
                pieces[at] = encoded(names[-1])
            names.pop()
        return "/".join(pieces)


def local_targets(facts: FileFacts, workspace: Workspace) -> Iterator[tuple[LinkFact, LocalTarget]]:
    """The links of a note that lead to a file of its workspace and that can be judged."""
    roots: list[str] | None = None
    for link, found in workspace.inside(facts):  # a reference is judged where it is defined
        if "\\" in link.destination or separated(link, facts.path, workspace) is not None:
            continue  # by a rule of its own
        if link.kind in ("autolink", "bare") and not found.prefix:
            continue
        if found.kind != "local" or (leads_up(found.path) and workspace.repository):
            continue  # beyond the repository, GitHub has pages without a file
        if is_of_template(link.destination, facts.path):
            continue
        target = LocalTarget(workspace, link, facts.path, found)
        made = not found.prefix and (found.rooted or is_page(found.path))
        if made and workspace.in_site(facts.path) and not target.is_anchor_of(facts):
            continue
        if found.rooted and not found.prefix and _is_route(target):
            continue
        if not (found.prefix or target.exists):
            if roots is None:
                roots = _docsify_roots(workspace, facts.path)
            if _is_aliased(target) or _is_of_docsify(target, roots) or _is_of_vault(target):
                continue
            if _is_of_page(target) or _is_of_root(target):
                continue
        yield link, target


def is_of_template(destination: str, note: str) -> bool:
    """Whether a *destination* in a template is to be filled in, or right where it will be used."""
    if _OF_FORGE.match(destination):
        return is_form(note)
    return bool(_TO_FILL_IN.fullmatch(destination)) and TEMPLATE in kinds_of(note)


def _is_route(target: LocalTarget) -> bool:
    """Whether *target*, from the root of a site that is elsewhere, names no file of this tree."""
    workspace, first = target.workspace, target.path.partition("/")[0]
    if any(workspace.tree.exists(f"{each}/{target.path}") for each in _ROOTS):
        return True
    there = workspace.page(first) is not None or workspace.tree.other_case(first) is not None
    return not there and (target.file.endswith("/") or _EXTENSION.search(target.path) is None)


def _is_aliased(target: LocalTarget) -> bool:
    """Whether *target* begins with a folder that is not there and that a bundler may know."""
    if not _ALIAS.match(target.link.destination):
        return False
    first = target.file.partition("/")[0]
    folder = posixpath.join(posixpath.dirname(target.note), first)
    return not target.workspace.tree.exists(folder)


def _is_of_docsify(target: LocalTarget, roots: Sequence[str]) -> bool:
    """Whether *target* is there from one of *roots*, from which docsify resolves paths.

    What its bars and its cover lead to depends on where they are shown.
    """
    workspace = target.workspace
    if roots:
        path = unquote(target.file)
        paths = (posixpath.normpath(posixpath.join(root, path)) for root in roots)
        if any(workspace.page(each) is not None for each in paths):
            return True
    folder, name = posixpath.split(target.note)
    bar = name.lstrip("_") in _DOCSIFY
    return bar and workspace.tree.exists(posixpath.join(folder, "index.html"))


def _is_of_vault(target: LocalTarget) -> bool:
    """Whether *target* is a name, or the end of a path, by which Obsidian finds a file."""
    tree, path = target.workspace.tree, unquote(target.file).removeprefix("./")
    vaults = (each for each in folders_above(target.note) if ".obsidian" in tree.names(each))
    if (vault := next(vaults, None)) is None:
        return False
    found = tree.called(posixpath.basename(path))
    return any(is_below(each, vault) and f"/{each}".endswith(f"/{path}") for each in found)


def _is_of_page(target: LocalTarget) -> bool:
    """Whether *target* is there from the folder that a site makes of the note.

    In `docs/a.md`, which becomes `a/index.html`, the picture at `docs/b.png` is `../b.png`. No
    generator rewrites that in HTML, and Hugo not in Markdown, either.
    """
    workspace = target.workspace
    in_site = workspace.in_site if target.link.kind == "html" else workspace.in_hugo
    if not in_site(target.note):
        return False
    path = posixpath.join(posixpath.splitext(target.note)[0], unquote(target.file))
    return workspace.page(posixpath.normpath(path)) is not None


def _is_of_root(target: LocalTarget) -> bool:
    """Whether *target* is there from the root of a site, which is not that of the repository.

    In a site, `~/` is that root for DocFX and Nuxt, whichever folder it is.
    """
    workspace, note = target.workspace, target.note
    home = target.file.startswith("~/")
    if target.found.prefix or not (workspace.in_site(note) if home else target.found.rooted):
        return False
    path = posixpath.normpath(unquote(target.file[2:])) if home else target.path
    known = workspace.tree.called(posixpath.basename(path))
    roots = [each[: -len(path)].rstrip("/") for each in known if f"/{each}".endswith(f"/{path}")]
    return any(home or workspace.is_site_root(root, note) for root in roots)


def _docsify_roots(workspace: Workspace, note: str) -> list[str]:
    """The folders around *note* that have a bar, as the root of a docsify site does."""
    return [
        root
        for root in folders_above(note)
        if any(workspace.tree.exists(posixpath.join(root, bar)) for bar in _BARS)
    ]


def is_page(path: str) -> bool:
    """Whether a site generator may have its own way to find *path*."""
    return posixpath.splitext(path)[1] in ("", ".html", ".htm")


def written(path: str, note: str) -> str:
    """*path* (relative to the root) as the note at *note* would link it."""
    return encoded(from_note(path, note))


def encoded(path: str) -> str:
    """*path* as it may be in a destination: what would end it there is percent-encoded."""
    return re.sub(r"[\s()<>\"'%?#\\]", lambda match: quote(match[0], safe=""), path)


def same_fragment(before: str, after: str) -> bool:
    """Whether two destinations name the same place, in whatever files."""
    return split_fragment(before)[1] == split_fragment(after)[1]
