"""Results computed for each element of a document, and reused after an edit.

For elements that an edit leaves unchanged, the result of the document before is taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from notelint.markdown.document import Document
    from notelint.markdown.shift import Shift

    Element = TypeVar("Element")
    Made = TypeVar("Made")


class Reusable(NamedTuple):
    """What an edited document can reuse of the document before.

    ``made`` are the results there, by name. ``above`` and ``below`` are, for each list of elements,
    the numbers of unchanged ones at its start and at its end. The latter moved ``by`` so much.
    """

    made: dict[str, tuple[object, list[Any]]]
    above: dict[str, int]
    below: dict[str, int]
    by: Shift


def of_each(
    doc: Document,
    what: str,
    make: Callable[[Element], Made],
    elements: Sequence[Element],
    *,
    of: str = "prose",
    given: object = None,
    move: Callable[[list[Made], Shift], list[Made]] | None = None,
) -> list[Made]:
    """The result of *make* for each of *elements*, kept under the name *what*.

    *elements* are the list in *doc* called *of*; for links, those that are not definitions. A
    result must depend only on the block of its element and on *given*. If *doc* is an edit of
    another document, *make* is called only for elements around the edit; *move* moves offsets and
    lines in the results for elements below it.
    """
    if doc.made is None:
        return [*map(make, elements)]
    reusable = doc.reusable
    known, before = reusable.made.get(what, (None, [])) if reusable else (None, [])
    if reusable is None or not before or known != given:
        found = [*map(make, elements)]
    else:
        first, last = reusable.above[of], reusable.below[of]
        rest = before[len(before) - last :]
        if move and rest and any(reusable.by):
            rest = move(rest, reusable.by)
        around = elements[first : len(elements) - last]
        found = [*before[:first], *map(make, around), *rest]
    doc.made[what] = given, found
    return found
