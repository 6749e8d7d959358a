"""The links between the notes of a collection: hubs, dead ends, islands, neighborhoods."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.collection.collection import Collection, Note
from notelint.text.startup import NamedTuple

MOST_NOTES = 60  # notes in a neighborhood
_MOST_HUBS, _MOST_OLD = 15, 20
_MANY_LINKS = 3  # links to a note that many others link to, at least


def hubs(collection: Collection) -> list[int]:
    """The notes with the most links to and from others, those with the most first."""
    linked = [n for n, each in enumerate(collection.notes) if degree(each) > 1]
    return sorted(linked, key=lambda n: (-degree(collection.notes[n]), n))[:_MOST_HUBS]


def degree(note: Note) -> int:
    """The number of notes that *note* links to, and of those that link to it."""
    return len(note.links_in) + len(note.links_out)


def dead_ends(collection: Collection) -> list[int]:
    """The notes that others link to and that lead to no other note."""
    return [
        number
        for number, each in enumerate(collection.notes)
        if each.links_in and not each.links_out
    ]


def islands(collection: Collection) -> list[list[int]]:
    """Groups of notes with links between them, and none to others; without the largest group.

    Notes without any link to or from another one are left out: see :func:`alone`.
    """
    notes, seen, found = collection.notes, set[int](), []
    for start in range(len(notes)):
        if start in seen or not degree(notes[start]):
            continue
        seen.add(start)
        group = [start]
        for at in group:
            for near in (*notes[at].links_in, *notes[at].links_out):
                if near not in seen:
                    seen.add(near)
                    group.append(near)
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group))[1:]


def alone(collection: Collection) -> list[int]:
    """The notes without links to or from others."""
    return [number for number, each in enumerate(collection.notes) if not degree(each)]


def old_but_linked(collection: Collection) -> list[int]:
    """The notes not changed for longest of those that many others link to."""
    notes = collection.notes
    linked = [
        n for n, each in enumerate(notes) if each.changed and len(each.links_in) >= _MANY_LINKS
    ]
    linked.sort(key=lambda n: (notes[n].changed, -len(notes[n].links_in), n))
    return linked[:_MOST_OLD]


class Neighborhood(NamedTuple):
    """The notes around one: ``columns`` from those two links before it to those two links after.

    ``links`` are between any of these. ``left`` counts the notes that there is no room for.
    """

    columns: tuple[tuple[int, ...], ...]
    links: tuple[tuple[int, int], ...]
    left: int

    @property
    def notes(self) -> list[int]:
        """The notes in it, in order of path."""
        return sorted(number for column in self.columns for number in column)


def neighborhood(collection: Collection, note: int) -> Neighborhood:
    """The *note*, and those that lead to it or that it leads to, in at most two steps.

    Of more than :data:`MOST_NOTES`, the nearest stay, and of equally near ones the best linked.
    `page.js` does the same.
    """
    notes = collection.notes
    known = {note}

    def step(start: Sequence[int], *, back: bool) -> list[int]:
        found = {
            near
            for at in start
            for near in (notes[at].links_in if back else notes[at].links_out)
            if near not in known
        }
        known.update(found)
        return sorted(found, key=lambda n: (-degree(notes[n]), n))

    after = step([note], back=False)
    before = step([note], back=True)
    rings = [after, before, step(after, back=False), step(before, back=True)]
    room, left = MOST_NOTES - 1, 0
    for index, ring in enumerate(rings):
        left += max(len(ring) - room, 0)
        rings[index] = sorted(ring[: max(room, 0)])
        room -= len(rings[index])
    columns = tuple(map(tuple, (rings[3], rings[1], [note], rings[0], rings[2])))
    return Neighborhood(columns, links_between(collection, {note}.union(*rings)), left)


def links_between(collection: Collection, numbers: set[int]) -> tuple[tuple[int, int], ...]:
    """The links from one of the notes *numbers* to another, in order."""
    return tuple(
        (start, end)
        for start in sorted(numbers)
        for end in collection.notes[start].links_out
        if end in numbers
    )
