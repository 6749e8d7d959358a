"""The fragment targets of a note's links, for the rules that judge them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from notelint.rules.shared.path_separators import separated
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.resolve import Resolved
from notelint.workspace.workspace import Workspace

# Fragments that need no heading: the top of a page (HTML, 7.4.6.3), text fragments, routes of a
# single-page application, tabs of DocFX, footnotes, and what GitHub adds to a page.
_ALWAYS = lazy_regex(
    r"(?i)$|top$|readme$|:~:|[/!]|tab/|fn(ref)?[-:]?\w+$|footnote|issuecomment-"
    r"|discussion(?:_r|comment-|-)?\d|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$"
)
# What a page keeps in its address: in an anchor of a heading all letters are small.
_STATE = lazy_regex(r"[A-Za-z0-9+/=_]{100,}")
# Lines of a file as GitHub writes them, with or without columns, and as GitLab does.
_LINES = lazy_regex(r"L(\d{1,9})(?:C\d+)?(?:-L?(\d{1,9})(?:C\d+)?)?")
PREFIX = "user-content-"  # of an id on a page of GitHub
# What is shown for a folder, by GitHub and by site generators.
_OF_FOLDER = ("readme.md", "index.md", "_index.md")


class FragmentTarget(NamedTuple):
    """A link with a fragment to a note of the workspace.

    ``at`` covers the fragment with its ``#``, ``fragment`` is decoded, without GitHub's prefix.
    """

    link: LinkFact
    note: FileFacts
    fragment: str
    at: Span

    @property
    def is_exact(self) -> bool:
        """Whether ``at`` covers the fragment alone, so that another may take its place."""
        return self.link.destination[0] == "#" or self.at != self.link.target


def fragment_targets(
    facts: FileFacts, workspace: Workspace, *, own: bool | None = None
) -> Iterator[FragmentTarget]:
    """The links of a note that lead to a place in a note, itself or another.

    *own* are those by addresses of the repository alone, or all others.
    """
    for link, found in with_fragment(facts, workspace, own):
        fragment = (found.fragment or "").removeprefix(PREFIX)
        if _ALWAYS.match(fragment) or _is_state(fragment) or _is_route(fragment, workspace):
            continue
        pages = [facts] if found.path == facts.path else _pages(found.path, workspace)
        if pages:
            folded = fragment.casefold()
            note = next((each for each in pages if folded in each.folded_anchors), pages[0])
            yield FragmentTarget(link, note, fragment, fragment_span(link))


def _is_state(fragment: str) -> bool:
    match = _STATE.search(fragment)
    return match is not None and not match[0].islower()


def _is_route(fragment: str, workspace: Workspace) -> bool:
    """Whether a site in one page shows another note for *fragment*: ``#docs/usage``."""
    return "/" in fragment and workspace.page(fragment) is not None


def _pages(path: str, workspace: Workspace) -> list[FileFacts]:
    """The note at *path*, or the notes that may be the page of a folder there."""
    if not workspace.tree.is_folder(path):
        note = workspace.facts(path)
        return [note] if note else []
    names = {name.lower(): name for name in workspace.tree.names(path)}
    if "readme.md" not in names and any(name.split(".")[0] == "readme" for name in names):
        return []  # GitHub shows that one
    there = [posixpath.join(path, names[name]) for name in _OF_FOLDER if name in names]
    return [note for each in there if (note := workspace.facts(each))]


def lines_of(fragment: str) -> tuple[int, int] | None:
    """The first and the last line that *fragment* names, in its order; None if it names none."""
    match = _LINES.fullmatch(fragment)
    return (int(match[1]), int(match[2] or match[1])) if match else None


def with_fragment(
    facts: FileFacts, workspace: Workspace, own: bool | None
) -> Iterator[tuple[LinkFact, Resolved]]:
    """The links of a note with a fragment, and where they lead; *own* as above."""
    for link, found in workspace.inside(facts):
        if "#" not in link.destination or link.image:
            continue
        if link.kind == "inline" and not (link.title.strip() or link.badge):
            continue  # it cannot be clicked: `[](#there)`
        if own is not None and bool(found.prefix) != own:
            continue
        if separated(link, facts.path, workspace) is not None:
            continue  # by a rule of its own
        if found.prefix or link.kind not in ("autolink", "bare"):
            yield link, found


def fragment_span(link: LinkFact) -> Span:
    """The ``#`` and what follows; the whole target where it is not written as it reads."""
    start = link.destination.index("#")
    if link.target.end - link.target.start != len(link.destination):
        return link.target
    return Span(link.target.start + start, link.target.end)
