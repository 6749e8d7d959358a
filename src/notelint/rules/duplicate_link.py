from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from notelint.diagnostics import Finding, Related
from notelint.rules.base import rule
from notelint.rules.effects import RemovesEntries
from notelint.text.edits import Edit, Fix
from notelint.text.startup import NamedTuple
from notelint.workspace.dependencies import ALL_ENTRIES, ALL_LINKS
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.resolve import page_of
from notelint.workspace.sites import SITES, Site
from notelint.workspace.workspace import Workspace


class Options(NamedTuple):
    """``scope``: links in list entries, or all. ``across_files``: the notes of the tree too."""

    scope: Literal["entries", "all"] = "entries"
    across_files: bool = False
    sites: tuple[Site, ...] = SITES


@rule(options=Options, effect=RemovesEntries())
def duplicate_link(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """The same page linked by two list entries.

    Why: in a list of links the second entry is a slip, and its notes soon differ from those of
    the first. Two addresses are the same when they lead to the same page: `http` or `https`, with
    or without `www.`, `.git`, a trailing `/`, an arXiv paper as `abs` or `pdf`.

    A link counts that an entry begins with, or ends with as a label; not one that a sentence
    mentions. Badges, anchors of the same file, definitions and code do not count.

    Option `scope` (`entries`): `entries` compares the links that entries of lists are about,
    `all` every link.

    Option `across-files` (false): compare the links of all notes of the tree; the later one, in
    order of path, is reported.

    Fix (unsafe): remove an entry that is nothing but that link.

    Bad:

    ```markdown
    - https://github.com/bigscience-workshop/xmtf
      - cross-lingual
    - [BELLE](https://github.com/LianjiaTech/BELLE)
    - [xMTF](https://github.com/Bigscience-Workshop/xmtf/)
    ```

    Fixed:

    ```markdown
    - https://github.com/bigscience-workshop/xmtf
      - cross-lingual
    - [BELLE](https://github.com/LianjiaTech/BELLE)
    ```

    Good:

    ```markdown
    Text may link https://example.org/a as often as it likes: https://example.org/a

    - [abstract](https://example.org/a) of [the same](https://example.org/a)
    - [results](https://example.org/a#results)
    - Read what [they found](https://example.org/a) before you start.
    ```
    """
    firsts: dict[str, tuple[str, int]] = {}  # of the tree; else each file counts for itself
    if options.across_files:
        index = (duplicate_link.name, options)
        depends_on = ALL_ENTRIES if options.scope == "entries" else ALL_LINKS
        firsts = workspace.memoize(index, lambda: _firsts(workspace, options), depends_on)
    own: dict[str, LinkFact] = {}
    elsewhere: dict[str, tuple[LinkFact, ...]] = {}
    for number, link in enumerate(_counted(facts, options)):
        page = _page(link, facts.path, workspace, options)
        if not page:
            continue
        path, at = firsts.get(page) or (facts.path, number)
        there = None if path == facts.path else workspace.facts(path)
        # here as it is now: a fix may have moved what the tree was asked for
        if there and path not in elsewhere:
            elsewhere[path] = _counted(there, options)
        first = elsewhere[path][at] if there else own.setdefault(page, link)
        if not there and (first.span == link.span or _one_entry(first, link)):
            continue
        yield Finding(
            link.span,
            f"already linked in `{path}`" if there else "already linked above",
            Fix("remove the entry", (Edit(link.alone, ""),), safe=False) if link.alone else None,
            (Related(first.span, "first linked here", path if there else None),),
            page,
        )


def _one_entry(first: LinkFact, link: LinkFact) -> bool:
    return first.item == link.item and link.item >= 0


def _firsts(workspace: Workspace, options: Options) -> dict[str, tuple[str, int]]:
    """Where each page is linked first in the tree: the note, and by which of those that count."""
    found: dict[str, tuple[str, int]] = {}
    for path in workspace.compared:
        for number, page in enumerate(_pages(path, workspace, options)):
            if page:
                found.setdefault(page, (path, number))
    return found


def _pages(path: str, workspace: Workspace, options: Options) -> list[str]:
    if options.scope == "entries":  # of which all that is needed here is known without the note
        return [_here(*page, path, workspace) for page in workspace.pages(path)]
    facts = workspace.facts(path)
    return [_page(link, path, workspace, options) for link in facts.links] if facts else []


def _counted(facts: FileFacts, options: Options) -> tuple[LinkFact, ...]:
    return facts.entries if options.scope == "entries" else facts.links


def _page(link: LinkFact, note: str, workspace: Workspace, options: Options) -> str:
    """What is equal for links to the same page; empty where *link* is not compared."""
    if link.entry:
        return _here(link.page, link.destination, note, workspace)
    if link.image or link.badge or link.kind == "definition":
        return ""
    return page_of(workspace.resolve(link.destination, note), link.destination, options.sites)


def _here(page: str, destination: str, note: str, workspace: Workspace) -> str:
    """*page*, or the file of this repository that *destination* is the address of on GitHub."""
    found = workspace.resolve(destination, note) if page and destination else None
    return page_of(found, destination, ()) if found and found.kind == "local" else page
