"""The parts of a note that other notes see: while these stay, the findings there do."""

from __future__ import annotations

import posixpath

from notelint.workspace.dependencies import ALL_KINDS, ALL_WAYS, TEXT_OF, WAYS_OF
from notelint.workspace.note_targets import note_targets
from notelint.workspace.tree import with_parents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from notelint.workspace.facts import FileFacts, LinkFact


def targets(facts: FileFacts) -> list[Any]:
    """The targets that links of other notes can have."""
    return [facts.lines, facts.anchors, facts.terms, facts.includes]


def compared(facts: FileFacts) -> tuple[list[Any], ...]:
    """For each of ``ALL_KINDS``, what is compared with other notes, without its spans."""
    links = [*map(_of_link, facts.links)]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    return entries, links, _of_copies(facts), note_targets(facts)


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
    """Whether nothing that :func:`compared` compares differs.

    An edit leaves most facts of links as they are; to compare the others, and to make no lists,
    saves a tenth of its time in a long note.
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
    if kind == ALL_WAYS:
        yield WAYS_OF + path
        yield from (ALL_WAYS + folder for folder in with_parents(posixpath.dirname(path)))
