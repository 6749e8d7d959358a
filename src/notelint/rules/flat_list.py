from __future__ import annotations

from collections.abc import Iterator, Sequence

from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.rewrites import Nests
from notelint.rules.shared.indents import Indent, indents


@rule(effect=Nests())
def flat_list(doc: Document) -> Iterator[Finding]:
    """List items that are indented as if they were nested, and are not.

    Why: an item is nested only if it is indented as far as the text of the item above. Two spaces
    are enough below `- `, but `1. ` needs three. With fewer, the page shows all items on one level,
    or splits the list and counts on.

    Not reported are items that are indented by one space below a bullet, and numbers that continue
    those above: they are not meant to be nested. Several such items in a row are one problem.

    Fix (unsafe): indent the items, and all that is in them, far enough to be nested.

    Bad:

    ```markdown
    1. Read the paper.
      - Take notes.
      - Check the figures.
    2. Write the summary.
    ```

    Fixed:

    ```markdown
    1. Read the paper.
       - Take notes.
       - Check the figures.
    2. Write the summary.
    ```

    Good:

    ```markdown
    - Read the paper.
      - Take notes.

     9. Nine
    10. Ten
    ```
    """
    for above, run in _runs(doc):
        first = run[0]
        start = doc.lines.line_span(doc.items[first.item].lines[0]).start
        yield Finding(
            Span(start, start + first.marker),
            f"item is not nested under `{above.mark}`: it is indented by "
            f"{_spaces(first.marker - above.marker)} and needs {above.text - above.marker}",
            _fix(doc, above, run),
        )


def _spaces(number: int) -> str:
    return f"{number} space{'' if number == 1 else 's'}"


def _runs(doc: Document) -> Iterator[tuple[Indent, list[Indent]]]:
    """Items in a row that are meant to be in the one above, with that."""
    last: dict[int, Indent | None] = {}  # by parent, the last item
    above: dict[int, Indent] = {}  # by parent, the last item that is indented least
    runs: dict[int, list[Indent]] = {}
    found: list[tuple[Indent, list[Indent]]] = []
    for item, here in zip(doc.items, indents(doc), strict=True):
        before = last.get(item.parent)
        last[item.parent] = here
        if here is None:
            continue
        outer = above.get(item.parent)
        if (
            outer is None
            or before is None
            or not here.leads
            or not outer.leads
            or not outer.marker < here.marker < outer.text
            or not _adjoin(doc, before, here)
        ):
            above[item.parent] = here
            runs.pop(item.parent, None)
        elif item.parent in runs:
            runs[item.parent].append(here)
        else:
            runs[item.parent] = [here]
            if _is_meant(doc, outer, here):
                found.append((outer, runs[item.parent]))
    yield from found


def _adjoin(doc: Document, before: Indent, here: Indent) -> bool:
    """Whether nothing but blank lines stands between two items."""
    first, stop = doc.items[before.item].lines[1] + 1, doc.items[here.item].lines[0]
    return all(not doc.lines.line(number).strip(" \t") for number in range(first, stop))


def _is_meant(doc: Document, above: Indent, here: Indent) -> bool:
    """Whether *here*, indented more than *above*, is meant to be in it."""
    depth, outer, inner = here.marker - above.marker, above.mark, here.mark
    line = doc.items[above.item].lines[0]
    if doc.lines.line(line).strip() == outer and not doc.lines.line(line + 1).strip():
        return False  # after a blank line nothing gets into an empty item
    if outer[0] in "-*+":
        return depth > 1
    if inner[0] in "-*+":
        return True
    number, start = int(outer[:-1]), int(inner[:-1])
    if start == number + 1 or start == number == 0:
        return False
    return start == 1 and (depth > 1 or number > 1)


def _fix(doc: Document, above: Indent, run: Sequence[Indent]) -> Fix | None:
    missing = " " * (above.text - run[0].marker)
    edits = []
    first, last = doc.items[run[0].item].lines[0], doc.items[run[-1].item].lines[1]
    for number in range(first, last + 1):
        line = doc.lines.line(number)
        if line[: len(line) - len(line.lstrip())].strip(" "):
            return None  # a tab stops elsewhere then
        if line.strip():
            start = doc.lines.line_span(number).start
            edits.append(Edit(Span(start, start), missing))
    return Fix("indent it below the text above", tuple(edits), safe=False)
