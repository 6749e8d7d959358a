"""The fragments of a note's links, for the rules that judge them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from notelint.text.span import Span
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.resolve import resolve
from notelint.workspace.workspace import Workspace

# The top of a page (HTML, 7.4.6.3), text fragments, routes of a single-page application,
# footnotes and GitHub's own page parts: there without a heading.
_ALWAYS = re.compile(
    r"(?i)$|top$|readme$|:~:|[/!]|fn(ref)?[-:]?\w+$|footnote|issuecomment-|discussion|L\d+"
)


class Jump(NamedTuple):
    """A link with a fragment to a note of the workspace.

    ``at`` covers the fragment with its ``#``, ``fragment`` is decoded, without GitHub's prefix.
    """

    link: LinkFact
    note: FileFacts
    fragment: str
    at: Span


def jumps(facts: FileFacts, workspace: Workspace) -> Iterator[Jump]:
    """The links of a note that lead to a place in a note, itself or another."""
    for link in facts.links:
        if "#" not in link.destination or link.image:
            continue
        if link.kind in ("reference", "autolink", "bare"):
            continue
        found = resolve(link.destination, facts.path)
        fragment = (found.fragment or "").removeprefix("user-content-")
        if found.kind not in ("anchor", "local") or _ALWAYS.match(fragment):
            continue
        note = facts if found.path == facts.path else workspace.facts(found.path)
        if note is not None:
            yield Jump(link, note, fragment, _fragment_span(link))


def _fragment_span(link: LinkFact) -> Span:
    """The ``#`` and what follows; the whole target where it is not written as it reads."""
    start = link.destination.index("#")
    if link.target.end - link.target.start != len(link.destination):
        return link.target
    return Span(link.target.start + start, link.target.end)
