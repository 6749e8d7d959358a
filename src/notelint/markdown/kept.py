"""What is made of each element of a document, kept for the elements that an edit leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from notelint.markdown.document import Document
    from notelint.markdown.moved import Move

    Element = TypeVar("Element")
    Made = TypeVar("Made")


class Kept(NamedTuple):
    """What a document that was edited has of the one before.

    ``made`` is what was made of the elements there. Of each list of elements, so many are the same
    at the beginning, ``above``, and at the end, ``below``; these moved ``by`` so much.
    """

    made: dict[str, tuple[object, list[Any]]]
    above: dict[str, int]
    below: dict[str, int]
    by: Move


def of_each(
    doc: Document,
    what: str,
    make: Callable[[Element], Made],
    elements: Sequence[Element],
    *,
    of: str = "prose",
    given: object = None,
    move: Callable[[list[Made], Move], list[Made]] | None = None,
) -> list[Made]:
    """What *make* makes of each of *elements*, kept under the name *what*.

    These are the list *of* that name in *doc*; of links, those that are no definitions. What is
    made of one must depend on nothing but its block, and on what is *given*. Where *doc* was
    edited, it is made of those elements only that are around the edit; *move* moves offsets and
    lines in the others.
    """
    if doc.made is None:
        return [*map(make, elements)]
    kept = doc.kept
    known, before = kept.made.get(what, (None, [])) if kept else (None, [])
    if kept is None or not before or known != given:
        found = [*map(make, elements)]
    else:
        first, last = kept.above[of], kept.below[of]
        rest = before[len(before) - last :]
        if move and rest and any(kept.by):
            rest = move(rest, kept.by)
        around = elements[first : len(elements) - last]
        found = [*before[:first], *map(make, around), *rest]
    doc.made[what] = given, found
    return found
