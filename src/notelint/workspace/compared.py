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

    from notelint.workspace.facts import FileFacts


def targets(facts: FileFacts) -> list[Any]:
    """The targets that links of other notes can have."""
    return [facts.lines, facts.anchors, facts.terms, facts.includes]


def compared(facts: FileFacts) -> tuple[list[Any], ...]:
    """For each of ``ALL_KINDS``, what is compared with other notes, without its spans."""
    links = [
        (each.kind, each.image, each.destination, each.item, each.entry, each.badge)
        for each in facts.links
    ]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    copies = [(same, identical) for same, identical, _, _ in facts.copies]
    return entries, links, copies, note_targets(facts)


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
    for kind, old, new in zip(ALL_KINDS, compared(before), compared(after), strict=True):
        if old != new:
            yield from _of_kind(kind, path)


def _of_kind(kind: str, path: str) -> Iterator[str]:
    yield kind
    if kind == ALL_WAYS:
        yield WAYS_OF + path
        yield from (ALL_WAYS + folder for folder in with_parents(posixpath.dirname(path)))
