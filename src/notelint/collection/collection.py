"""The content of a report on a collection: plain, frozen data for every renderer.

Notes are known by their number in ``Collection.notes``, which are in order of path. Paths are
relative to the current folder, with ``/``. An ``address`` is where a file or a line can be seen on
the web; it is empty where that is not known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from notelint.text.startup import NamedTuple

Severity = Literal["error", "warning"]


class Note(NamedTuple):
    """A note. ``links_in`` and ``links_out`` are the notes that link to it, and that it links to.

    ``links`` and ``images`` count all links and pictures in it. ``changed`` is the date of its last
    commit, ``YYYY-MM-DD``, empty if git does not know it. ``unreachable``: no path of links leads
    to it from an index.
    """

    path: str
    title: str
    words: int
    links: int
    images: int
    errors: int
    warnings: int
    links_in: tuple[int, ...]
    links_out: tuple[int, ...]
    changed: str
    unreachable: bool
    address: str

    @property
    def problems(self) -> int:
        """The number of problems in it."""
        return self.errors + self.warnings

    @property
    def folder(self) -> str:
        """The folder that it is in; empty for the current one."""
        return self.path.rpartition("/")[0]


class Problem(NamedTuple):
    """A finding of ``check``. ``text`` identifies it, as in a baseline.

    ``excerpt`` is the line that it is on, cut, with the part at fault from ``start`` to ``end``.
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    text: str
    excerpt: str
    start: int
    end: int
    address: str


class ExternalHost(NamedTuple):
    """An external host: the links to it, and how many of its addresses are in which state."""

    name: str
    links: int
    addresses: int
    states: tuple[tuple[str, int], ...] = ()


class Picture(NamedTuple):
    """A picture in the tree, and whether no note shows it and no file names it."""

    path: str
    size: int
    unused: bool
    address: str


class NoteLine(NamedTuple):
    """A line of a note."""

    note: int
    line: int
    address: str


class Duplicate(NamedTuple):
    """A page that entries of more than one note link to, with the line of the first in each."""

    page: str
    title: str
    places: tuple[NoteLine, ...]


class RecordedRun(NamedTuple):
    """One run as a line of a history has it. ``rules`` counts the problems of each rule."""

    commit: str
    date: str
    notes: int
    errors: int
    warnings: int
    unreachable: int
    rules: tuple[tuple[str, int], ...]

    @property
    def problems(self) -> int:
        """The number of problems."""
        return self.errors + self.warnings


class Comparison(NamedTuple):
    """The difference from an earlier run: the new problems, and how many are gone of each rule."""

    new: tuple[Problem, ...]
    gone: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Collection:
    """A collection of notes in its state at ``commit``, which is of the day ``date``.

    ``problems`` are in the order of ``check``. ``indexed``: an index leads to the notes.
    ``history`` are earlier runs, oldest first, that differ from this one. ``change`` is against
    the baseline or the earlier report that was given.
    """

    name: str
    commit: str
    date: str
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    hosts: tuple[ExternalHost, ...]
    pictures: tuple[Picture, ...]
    duplicates: tuple[Duplicate, ...]
    indexed: bool
    history: tuple[RecordedRun, ...] = ()
    change: Comparison | None = None

    @cached_property
    def errors(self) -> int:
        """The number of errors."""
        return sum(each.severity == "error" for each in self.problems)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return len(self.problems) - self.errors

    @cached_property
    def unreachable(self) -> list[int]:
        """The notes that no path of links leads to from an index."""
        return [number for number, each in enumerate(self.notes) if each.unreachable]

    @cached_property
    def rules(self) -> list[tuple[str, Severity, int]]:
        """Each rule with its severity and the number of its problems, errors and many first."""
        counted = Counter((each.rule, each.severity) for each in self.problems)
        ordered = sorted(counted.items(), key=lambda each: (each[0][1], -each[1], each[0][0]))
        return [(rule, severity, number) for (rule, severity), number in ordered]

    @cached_property
    def recorded(self) -> RecordedRun:
        """This run as a line of the history."""
        counted = Counter(each.rule for each in self.problems)
        return RecordedRun(
            self.commit,
            self.date,
            len(self.notes),
            self.errors,
            self.warnings,
            len(self.unreachable),
            tuple(sorted(counted.items())),
        )

    @cached_property
    def worst(self) -> list[int]:
        """All notes, those with the most problems first, errors before warnings."""
        found = self.notes
        order = range(len(found))
        return sorted(order, key=lambda n: (-found[n].problems, -found[n].errors, found[n].path))

    def in_folder(self, folder: str) -> list[int]:
        """The notes in *folder* and below it."""
        start = f"{folder}/" if folder else ""
        return [number for number, each in enumerate(self.notes) if each.path.startswith(start)]
