"""The shift of the elements below an edit to their places after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from notelint.markdown.elements import Elements, Heading


# The lists of elements in document order, to whose ends each block adds its elements.
ELEMENT_LISTS = (
    "links", "items", "nodes", "prose", "tags", "comments", "html_blocks", "codes", "formulas",
    "tables", "headings", "footnotes",
)  # fmt: skip


def counts(elements: Elements) -> tuple[int, ...]:
    """The lengths of :data:`ELEMENT_LISTS`."""
    return tuple([len(getattr(elements, name)) for name in ELEMENT_LISTS])


class Shift(NamedTuple):
    """How far elements move, in ``characters`` and ``lines``, and by how much numbers grow.

    ``items`` is for indexes of list items, ``lists`` for numbers of lists.
    """

    characters: int
    lines: int
    items: int
    lists: int

    def apply(self, below: Elements) -> None:
        """Move the elements *below*; links and prose in place.

        Source maps are not moved here: they are shared with tokens, and move with these. So do the
        elements that have their place from one.
        """
        if self.characters or self.items:
            self._in_place(below)
        if self.characters:
            by = self.characters
            below.formulas = [each.moved(by) for each in below.formulas]
            below.headings = [self._heading(each) for each in below.headings]
        if self.lines or self.items or self.lists:
            self._rows(below)

    def _in_place(self, below: Elements) -> None:
        for link in below.links:
            link.move(self.items)
        for prose in below.prose if self.items else ():
            if prose.item >= 0:
                prose.item += self.items

    def _rows(self, below: Elements) -> None:
        items, lists = self.items, self.lists
        below.items = [
            each._replace(
                lines=self.shifted(each.lines),
                parent=each.parent + items if each.parent >= 0 else -1,
                list=each.list + lists,
            )
            for each in below.items
        ]
        if self.lines:
            below.html_blocks = [
                each._replace(lines=self.shifted(each.lines)) for each in below.html_blocks
            ]
            below.codes = [each._replace(lines=self.shifted(each.lines)) for each in below.codes]
            below.tables = [self.shifted(each) for each in below.tables]
            below.footnotes = [(label, self.shifted(lines)) for label, lines in below.footnotes]
            if not self.characters:
                below.headings = [self._heading(each) for each in below.headings]

    def shifted(self, lines: tuple[int, int]) -> tuple[int, int]:
        """The *lines* moved."""
        return lines[0] + self.lines, lines[1] + self.lines

    def _heading(self, moved: Heading) -> Heading:
        return moved._replace(
            span=moved.span.moved(self.characters), lines=self.shifted(moved.lines)
        )
