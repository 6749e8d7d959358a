"""The parts of a note's facts that findings in other notes can depend on.

While these parts are equal, such findings stay current. The cache stores digests of them.
"""

from __future__ import annotations

import posixpath

from notelint.workspace.dependencies import ALL_KINDS, ALL_OUTLINKS, OUTLINKS_OF, TEXT_OF
from notelint.workspace.outlinks import outlinks
from notelint.workspace.tree import with_parents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from notelint.workspace.facts import FileFacts, LinkFact


def targets(facts: FileFacts) -> list[Any]:
    """The targets that links of other notes can have in the note."""
    return [facts.lines, facts.anchors, facts.terms, facts.includes]


def compared(facts: FileFacts) -> tuple[list[Any], ...]:
    """For each of ``ALL_KINDS``, the part that is compared with other notes, without spans."""
    links = [*map(_of_link, facts.links)]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    return entries, links, _of_copies(facts), outlinks(facts)


def changes(before: FileFacts | None, after: FileFacts | None, path: str) -> Iterator[str]:
    """The dependencies on the note at *path* that change with its facts."""
    yield TEXT_OF + path
    if before is None or after is None:
        yield path
        for kind in ALL_KINDS:
            yield from _of_kind(kind, path)
        return
    if targets(before) != targets(after):
        yield path
    if _are_alike(before, after):
        return
    for kind, old, new in zip(ALL_KINDS, compared(before), compared(after), strict=True):
        if old != new:
            yield from _of_kind(kind, path)


def _are_alike(before: FileFacts, after: FileFacts) -> bool:
    """Whether :func:`compared` is equal for both.

    An edit keeps most facts of links. Comparing only the others, without making lists, saves a
    tenth of the time of an edit in a long note.
    """
    if len(before.links) != len(after.links) or before.about.named != after.about.named:
        return False
    pairs = zip(before.links, after.links, strict=True)
    return _of_copies(before) == _of_copies(after) and all(
        old is new or _of_link(old) == _of_link(new) for old, new in pairs
    )


def _of_link(link: LinkFact) -> tuple[Any, ...]:
    return link.kind, link.image, link.destination, link.item, link.entry, link.badge


def _of_copies(facts: FileFacts) -> list[Any]:
    return [(same, identical) for same, identical, _, _ in facts.copies]


def _of_kind(kind: str, path: str) -> Iterator[str]:
    yield kind
    if kind == ALL_OUTLINKS:
        yield OUTLINKS_OF + path
        yield from (ALL_OUTLINKS + folder for folder in with_parents(posixpath.dirname(path)))
