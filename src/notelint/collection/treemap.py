"""A treemap of a collection: each folder and note as an area of its size.

The layout is that of Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000). It is short enough
to be here: a package for it would have to be required, so that the page is the same everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from notelint.collection.collection import Collection
from notelint.text.startup import NamedTuple

WIDTH, HEIGHT = 1000, 480
_LEAST = 1 / 4000  # of the whole, for a tile
_HEAD = 17  # of a folder, for its name
_SMALL = 34  # the side of a folder that is not divided
_STEPS = (0, 1, 3, 7)  # problems a note up to which a tile has a level


class Rect(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def turned(self) -> Rect:
        """The same with its axes exchanged."""
        return Rect(self.y, self.x, self.height, self.width)


class Tile(NamedTuple):
    """A folder, a note, or all small notes of a folder together.

    ``notes`` is their number, ``words`` and ``problems`` are their sums. ``kind`` is ``folder`` for
    one with tiles in it, ``whole`` for one without, ``note`` or ``rest``. ``name`` is the path as
    seen from the tile around it, of a note without its suffix.
    """

    kind: str
    path: str
    name: str
    rect: Rect
    notes: int
    words: int
    problems: int

    @property
    def level(self) -> int:
        """The number of the color, 0 without problems, 4 for the most a note."""
        each = self.problems / self.notes
        return next((level for level, most in enumerate(_STEPS) if each <= most), len(_STEPS))


class Folder:
    """A folder, with its ``notes`` by number, its sums, and the folders in it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.folders: dict[str, Folder] = {}
        self.notes: list[int] = []
        self.count = self.words = self.problems = 0


def folders_of(collection: Collection) -> Folder:
    """The folders of the notes, from the one that has them all."""
    top = Folder("")
    for number, note in enumerate(collection.notes):
        at = top
        parts = note.folder.split("/") if note.folder else []
        way = [top]
        for name in parts:
            path = f"{at.path}/{name}" if at.path else name
            at = at.folders.setdefault(name, Folder(path))
            way.append(at)
        for each in way:
            each.count += 1
            each.words += max(note.words, 1)
            each.problems += note.problems
        at.notes.append(number)
    return top


def tiles(collection: Collection, most: int) -> list[Tile]:
    """The tiles, a folder before its content; none without notes.

    About *most* notes have one of their own; the smaller ones of a folder share one.
    """
    top = folders_of(collection)
    found: list[Tile] = []
    if top.count:
        sizes = sorted((max(each.words, 1) for each in collection.notes), reverse=True)
        least = max(sizes[min(most, len(sizes)) - 1], _LEAST * top.words)
        _fill(collection, top, Rect(0, 0, WIDTH, HEIGHT), least, found, above=None)
    return found


def _fill(
    collection: Collection,
    folder: Folder,
    area: Rect,
    least: float,
    found: list[Tile],
    *,
    above: str | None,
) -> None:
    """Add the tiles of *folder* in *area*; within the folder *above* it has its name on top."""
    while not folder.notes and len(folder.folders) == 1:
        folder = next(iter(folder.folders.values()))
    shown = "" if above is None else folder.path
    sums = folder.count, folder.words, folder.problems
    if above is not None:
        name = folder.path.removeprefix(f"{above}/")
        if min(area.width, area.height) < _SMALL:
            found.append(Tile("whole", folder.path, name, area, *sums))
            return
        found.append(Tile("folder", folder.path, name, area, *sums))
        area = Rect(area.x + 2, area.y + _HEAD, area.width - 4, area.height - _HEAD - 2)
    parts: list[tuple[int, str, Folder | Tile]] = [
        (each.words, each.path, each) for each in folder.folders.values()
    ]
    rest = [0, 0, 0]
    for number in folder.notes:
        note = collection.notes[number]
        words = max(note.words, 1)
        if words >= least:
            name = os.path.splitext(os.path.basename(note.path))[0]
            tile = Tile("note", note.path, name, area, 1, words, note.problems)
            parts.append((words, note.path, tile))
        else:
            rest = [rest[0] + 1, rest[1] + words, rest[2] + note.problems]
    if rest[0]:
        parts.append((rest[1], folder.path, Tile("rest", folder.path, "", area, *rest)))
    parts.sort(key=lambda part: (-part[0], part[1]))
    for (_, _, part), rect in zip(parts, squarify([each[0] for each in parts], area), strict=True):
        if isinstance(part, Folder):
            _fill(collection, part, rect, least, found, above=shown)
        else:
            found.append(part._replace(rect=rect))


def squarify(sizes: Sequence[float], area: Rect) -> list[Rect]:
    """Divide *area* in proportion to *sizes*, largest first, into rectangles close to squares."""
    scale = area.width * area.height / (sum(sizes) or 1)
    left, found = [size * scale for size in sizes], list[Rect]()
    while left:
        side = min(area.width, area.height)
        number = 1
        while number < len(left) and _worst(left[: number + 1], side) <= _worst(
            left[:number], side
        ):
            number += 1
        row, left = left[:number], left[number:]
        found_row, area = _row(row, area)
        found += found_row
    return found


def _worst(row: Sequence[float], side: float) -> float:
    """The largest ratio of the sides in a *row* along *side*."""
    thick = sum(row) / side if side > 0 else 0.0
    if thick <= 0:
        return float("inf")
    return max(max(thick * thick / each, each / (thick * thick)) for each in (row[0], row[-1]))


def _row(row: Sequence[float], area: Rect) -> tuple[list[Rect], Rect]:
    """The rectangles of *row* along the shorter side of *area*, and the rest of the area."""
    x, y, width, height = area
    if width < height:  # as in the area with its sides exchanged
        found, left = _row(row, area.turned())
        return [each.turned() for each in found], left.turned()
    thick = sum(row) / height if height > 0 else 0.0
    found = []
    for each in row:
        long = each / thick if thick > 0 else 0.0
        found.append(Rect(x, y, thick, long))
        y += long
    return found, Rect(x + thick, area.y, max(width - thick, 0.0), height)
