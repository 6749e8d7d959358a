from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from notelint.finding import Finding, Related
from notelint.rules.base import workspace_rule
from notelint.rules.effects import RemovesEntries
from notelint.text.edits import Edit, Fix
from notelint.text.named import NamedTuple
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.questions import ENTRIES, LINKS
from notelint.workspace.urls import SITES, Site, canonical
from notelint.workspace.workspace import Workspace


class Options(NamedTuple):
    """``scope``: links in list entries, or all. ``across_files``: the notes of the tree too."""

    scope: Literal["entries", "all"] = "entries"
    across_files: bool = False
    sites: tuple[Site, ...] = SITES


@workspace_rule(severity="warning", options=Options, effect=RemovesEntries())
def duplicate_link(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """The same page linked by two list entries.

    Why: in a list of links the second entry is a slip, and its notes soon differ from those of
    the first. Two addresses are the same when they lead to the same page: `http` or `https`, with
    or without `www.`, `.git`, a trailing `/`, an arXiv paper as `abs` or `pdf`.

    A link counts that an entry begins with, or ends with as a label; not one that a sentence
    mentions. Badges, anchors of the same file, definitions and code do not count.

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
    firsts: dict[str, tuple[str, LinkFact]] = {}  # of the tree; else each file counts for itself
    if options.across_files:
        index = (duplicate_link.name, options)
        asks = ENTRIES if options.scope == "entries" else LINKS
        firsts = workspace.once(index, lambda: _firsts(workspace, options), asks)
    own: dict[str, LinkFact] = {}
    links = facts.entries if options.scope == "entries" else facts.links
    for link, key in _keys(facts.path, links, workspace, options):
        path, first = firsts.get(key) or (facts.path, link)
        if path == facts.path:  # as it is now: a fix may have moved what the tree was asked for
            first = own.setdefault(key, link)
        if path == facts.path and (first.span == link.span or _one_entry(first, link)):
            continue
        elsewhere = None if path == facts.path else path
        yield Finding(
            link.span,
            f"already linked in `{path}`" if elsewhere else "already linked above",
            Fix("remove the entry", (Edit(link.alone, ""),), safe=False) if link.alone else None,
            (Related(first.span, "first linked here", elsewhere),),
            key,
        )


def _one_entry(first: LinkFact, link: LinkFact) -> bool:
    return first.item == link.item and link.item >= 0


def _firsts(workspace: Workspace, options: Options) -> dict[str, tuple[str, LinkFact]]:
    """Where each page is linked first in the tree."""
    found: dict[str, tuple[str, LinkFact]] = {}
    for path in workspace.compared:
        if options.scope == "entries":
            links = workspace.entries(path)
        else:
            facts = workspace.facts(path)
            links = facts.links if facts else ()
        for link, key in _keys(path, links, workspace, options):
            found.setdefault(key, (path, link))
    return found


def _keys(
    path: str, links: Iterable[LinkFact], workspace: Workspace, options: Options
) -> Iterator[tuple[LinkFact, str]]:
    """Those of *links* that count, each with what makes it the same as another."""
    for link in links:
        if link.image or link.badge or link.kind == "definition":
            continue
        found = workspace.resolve(link.destination, path)
        if found.kind == "external":
            key = canonical(link.destination, options.sites)
        elif found.kind == "local":
            key = f"{found.path}#{found.fragment or ''}"
        else:
            continue
        if key:
            yield link, key
