"""Drawings of a collection: its treemap, a neighborhood, the trend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from notelint.collection.collection import Collection, RecordedRun
from notelint.collection.labels import Labels
from notelint.collection.link_graph import Neighborhood
from notelint.collection.treemap import HEIGHT, WIDTH, Tile, tiles
from notelint.text.escape import printable, without_marks
from notelint.text.startup import lazy_regex

# of a neighborhood; `page.js` has the same
COLUMN, ROW, BOX, MARGIN = 260, 26, 200, 24
# The width of a letter in a label, in units of the drawing. Chinese and the like take twice that;
# `page.js` has the same.
_LETTER, _NARROW, _WIDE, _ELLIPSIS = 7.3, 4.3, 10.5, 12
_BOLD = 1.14  # times as wide
_NARROW_LETTERS, _WIDE_LETTERS = frozenset(" !'(),-./:;I[]fijlrt|"), frozenset("MWmw@%")
_INDEX = lazy_regex(r"(?:readme|index)\.", re.IGNORECASE)  # its name needs that of its folder
_MAP_BYTES = 56_000
_MAP_NOTES = (400, 320, 250, 200, 150, 110, 80, 50, 20)  # with a tile: as many as there is room for


def shown(text: str) -> str:
    """*text* of a note as text of a page: nothing in it is markup, or a control character.

    Nor is it a command to a runner that has the page in its log.
    """
    return without_marks(escape(printable(text)), "&#35;")


def cut(text: str, width: float) -> str:
    """*text*, cut to *width*."""
    at, end = 0.0, 0
    for index, char in enumerate(text):
        at += _width(char)
        if at <= width - _ELLIPSIS:
            end = index + 1
        elif at > width:
            return text[:end] + "…"
    return text


def _width(char: str) -> float:
    if char >= "\u1100":
        return 2 * _LETTER
    return _NARROW if char in _NARROW_LETTERS else _WIDE if char in _WIDE_LETTERS else _LETTER


def treemap(collection: Collection, label: Labels) -> str:
    """The treemap; the folders are a table below it for those who cannot see it."""
    drawn = ""
    for most in _MAP_NOTES:
        drawn = "".join(_tile(each, label) for each in tiles(collection, most))
        if len(drawn.encode()) <= _MAP_BYTES:
            break
    name = escape(label("folders"))
    return (
        f'<svg class=map viewBox="0 0 {WIDTH} {HEIGHT}" role=img aria-label="{name}">{drawn}</svg>'
    )


def _tile(tile: Tile, label: Labels) -> str:
    x, y = round(tile.rect.x), round(tile.rect.y)
    width = round(tile.rect.x + tile.rect.width) - x
    height = round(tile.rect.y + tile.rect.height) - y
    if width < 1 or height < 1:
        return ""
    name = label("rest", tile.notes) if tile.kind == "rest" else tile.name
    kind = "f" if tile.kind == "folder" else f"t{tile.level}"
    whole = tile.path if tile.kind != "rest" else f"{tile.path or label('here')}: {name}"
    about = f"{whole}: {label.count(tile.words, 'words')}"
    if tile.problems:
        about += f", {label.count(tile.problems, 'problems')}"
    drawn = f"<rect x={x} y={y} width={width} height={height} />"
    number = str(tile.problems) if tile.problems else ""
    room = (width - 8) / (_BOLD if tile.kind == "folder" else 1)
    if tile.kind == "folder" and room < 60:
        number = ""  # its name says more
    room -= _LETTER * len(number) + _NARROW if number else 0
    text = cut(printable(name), room) if room > 26 else ""
    if tile.kind == "rest" and text != name:
        text = ""
    text = f"{text} {number}".strip()
    if text and height >= 16 and width > 8 + _LETTER * len(number):
        drawn += f"<text x={x + 4} y={y + 12}>{shown(text)}</text>"
    return f"<g class={kind}><title>{shown(about)}</title>{drawn}</g>"


def neighborhood(collection: Collection, around: Neighborhood, name: str) -> str:
    """The notes *around* one, in columns from left to right as links lead."""
    height = max(map(len, around.columns)) * ROW + 2 * MARGIN
    width = 4 * COLUMN + BOX + 2 * MARGIN
    places: dict[int, tuple[int, int]] = {}
    for index, column in enumerate(around.columns):
        for row, number in enumerate(column):
            places[number] = MARGIN + index * COLUMN, MARGIN + row * ROW
    lines = "".join(
        f'<path d="{_way(places[start], places[end])}" />' for start, end in around.links
    )
    chosen = around.columns[2][0]
    boxes = "".join(
        f"<g class={'c' if number == chosen else 'b'}>"
        f"<title>{shown(_named(collection, number))}</title>"
        f"<rect x={x} y={y + 2} width={BOX} height={ROW - 6} rx=4 />"
        f"<text x={x + 6} y={y + 16}>{_short(collection, number)}</text></g>"
        for number, (x, y) in places.items()
    )
    return (
        f'<svg class=graph id=graph viewBox="0 0 {width} {height}" width={width} height={height} '
        f'role=group aria-label="{shown(name)}"><g class=l>{lines}</g>{boxes}</svg>'
    )


def _named(collection: Collection, number: int) -> str:
    note = collection.notes[number]
    return f"{note.path}: {note.title}" if note.title else note.path


def _short(collection: Collection, number: int) -> str:
    parts = collection.notes[number].path.split("/")
    name = "/".join(parts[-2:] if _INDEX.match(parts[-1]) else parts[-1:])
    return shown(cut(printable(name), BOX - 12))


def _way(start: tuple[int, int], end: tuple[int, int]) -> str:
    """The curve of a link: out of the right side of one box, into the left side of the other.

    Within a column, and back, it bulges to the right.
    """
    x1, y1 = start[0] + BOX, start[1] + ROW // 2
    x2, y2 = end[0], end[1] + ROW // 2
    if start[0] < end[0]:
        middle = (x1 + x2) // 2
        return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    return f"M{x1} {y1}C{x1 + 40} {y1} {end[0] + BOX + 40} {y2} {end[0] + BOX} {y2}"


def trend(runs: Sequence[RecordedRun], name: str) -> str:
    """A line through the number of problems in *runs*, and one through the errors."""
    width, height = 600, 140
    most = max((each.problems for each in runs), default=0) or 1
    step = width / max(len(runs) - 1, 1)

    def line(numbers: Sequence[int], kind: str) -> str:
        points = " ".join(
            f"{30 + index * step:.0f},{20 + height - height * number / most:.0f}"
            for index, number in enumerate(numbers)
        )
        last = points.rpartition(" ")[2].split(",")
        dot = f"<circle cx={last[0]} cy={last[1]} r=4 />" if points else ""
        return f'<g class={kind}><polyline points="{points}" />{dot}</g>'

    problems = [each.problems for each in runs]
    return (
        f'<svg class=trend viewBox="0 0 680 180" role=img aria-label="{shown(name)}">'
        f'<path class=axis d="M30 160H640M30 20H640" /><text x=26 y=164>0</text>'
        f"<text x=26 y=24>{most}</text>"
        f"{line(problems, 'p')}{line([each.errors for each in runs], 'e')}</svg>"
    )
