"""What other notes can see of a note: as long as that is the same, their findings are."""

from __future__ import annotations

from notelint.workspace.dependencies import ALL_KINDS, TEXT_OF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from notelint.workspace.facts import FileFacts


def targets(facts: FileFacts) -> list[Any]:
    """What links of other notes can lead to."""
    return [facts.lines, facts.anchors, facts.terms, facts.includes]


def compared(facts: FileFacts) -> tuple[list[Any], ...]:
    """For each of ``ALL_KINDS``, what is compared with other notes, without its spans."""
    links = [
        (each.kind, each.image, each.destination, each.item, each.entry, each.badge)
        for each in facts.links
    ]
    entries = [link for link, each in zip(links, facts.links, strict=True) if each.entry]
    copies = [(same, identical) for same, identical, _, _ in facts.copies]
    return entries, links, copies


def changes(before: FileFacts | None, after: FileFacts | None, path: str) -> Iterator[str]:
    """The dependencies on the note at *path* that change with its facts."""
    yield TEXT_OF + path
    if before is None or after is None:
        yield from (path, *ALL_KINDS)
        return
    if targets(before) != targets(after):
        yield path
    pairs = zip(ALL_KINDS, compared(before), compared(after), strict=True)
    yield from (kind for kind, old, new in pairs if old != new)
