from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from notelint.rules.base import Document, Edit, Finding, Fix, Span, rule
from notelint.rules.effects import Effect
from notelint.rules.shared.indents import Indent, indents, width
from notelint.text.covered import Covered
from notelint.text.startup import lazy_regex

_NUMBER = lazy_regex(r" *\d{1,9}[.)](?: |$)")
_LEAST = 3  # nested items of one indent that make it the norm
_SHARE = 0.75  # of all nested items that must have it
_MOST_EDITS = 100_000  # in the findings of a note: each item has the edits of its whole list


@rule(effect=Effect())
def list_indent(doc: Document) -> Iterator[Finding]:
    """A nested list item indented deeper than the others in the file.

    Why: the item looks as if its parent were missing, and the next edit beside it easily turns it
    into code or a paragraph.

    The norm is the indent of at least three quarters of the nested items in the file. If there is
    no norm, nothing is reported, nor is an item in a numbered list, or one below a marker that
    needs the room. Changelogs are not judged.

    Fix (safe): indent the item, and all that is under it, as the others are. There is no fix if an
    item of the same list is indented deeper than the one before it: it was probably meant to be
    nested under that one.

    Bad:

    ```markdown
    - LLaMA
      - [Paper](a.pdf)
      - [Code](b.md)
    - Koala
      - Code
          - [Data pipeline](c.md)
    ```

    Fixed:

    ```markdown
    - LLaMA
      - [Paper](a.pdf)
      - [Code](b.md)
    - Koala
      - Code
        - [Data pipeline](c.md)
    ```

    Good:

    ```markdown
    1. LLaMA
       - [Paper](a.pdf)
       - [Code](b.md)

    - GLM
      - [Paper](d.pdf)
      - [Code](e.md)
    ```
    """
    if all(item.parent < 0 for item in doc.items):
        return
    from notelint.toc.markers import find_blocks  # most notes have no lists in lists

    made = Covered(block.span for block in find_blocks(doc))  # not by a writer's habit
    every = indents(doc)
    nested = [each for each in every if each and _counts(doc, each, made)]
    norm = _norm(nested)
    if norm is None:
        return
    runs: dict[int, list[Indent]] = {}
    for each in nested:
        if each.depth > norm and each.parent and each.parent.text - each.parent.marker <= norm:
            runs.setdefault(doc.items[each.item].list, []).append(each)
    uneven, above = _uneven(doc, every), _lines_above(doc) if runs else {}
    edits = 0
    for number, run in runs.items():
        if _looks_numbered(doc, run[0], above):
            continue
        fix = _fix(doc, run, norm) if number not in uneven else None
        edits += len(fix.edits) * len(run) if fix else 0
        for each in run:
            start = doc.lines.line_span(doc.items[each.item].lines[0]).start
            message = f"item is indented by {each.depth} spaces, the others in this file by {norm}"
            span = Span(start, start + each.marker)
            yield Finding(span, message, fix if edits <= _MOST_EDITS else None)


def _counts(doc: Document, indent: Indent, made: Covered) -> bool:
    """Whether an item counts for the norm: a bullet under a bullet, in a line of its own.

    *made* are the tables of contents, whose indents come from the levels of headings.
    """
    item = doc.items[indent.item]
    return (
        indent.leads
        and indent.parent is not None
        and not item.ordered
        and not doc.items[item.parent].ordered
        and not made.meets(doc.lines.line_span(item.lines[0]))
    )


def _norm(nested: Sequence[Indent]) -> int | None:
    """By how many columns nearly all nested items are indented, if there is such a number."""
    ((norm, number),) = Counter(each.depth for each in nested).most_common(1) or [(0, 0)]
    return norm if number >= max(_LEAST, _SHARE * len(nested)) else None


def _uneven(doc: Document, every: Sequence[Indent | None]) -> set[int]:
    """The lists with an item that is deeper than the one before it."""
    last: dict[int, int] = {}
    found = set()
    for item, each in zip(doc.items, every, strict=True):
        if each:
            if each.marker > last.get(item.list, each.marker):
                found.add(item.list)
            last[item.list] = each.marker
    return found


def _lines_above(doc: Document) -> dict[int, int]:
    """For each line that is not blank, the last such line above it that is indented less, or 0."""
    found, around = {}, [(-1, 0)]
    for number in range(1, len(doc.lines) + 1):
        if doc.lines.line(number).strip():
            depth = width(doc.lines.line(number))
            while around[-1][0] >= depth:
                around.pop()
            found[number] = around[-1][1]
            around.append((depth, number))
    return found


def _looks_numbered(doc: Document, indent: Indent, above: dict[int, int]) -> bool:
    """Whether an item stands under a number that is not its parent to the parser alone."""
    item = doc.items[indent.item]
    line = above[item.lines[0]]
    return line > doc.items[item.parent].lines[0] and bool(_NUMBER.match(doc.lines.line(line)))


def _fix(doc: Document, run: Sequence[Indent], norm: int) -> Fix | None:
    """A fix for all that is too deep in one list; None where it could change the page."""
    edits: list[Edit] = []
    moved = {doc.items[each.item].lines[0] for each in run}
    for indent in run:
        shift = indent.depth - norm
        first, last = doc.items[indent.item].lines
        for number in range(first, last + 1):
            line, deep = doc.lines.line(number), indent.marker if number == first else indent.text
            if not line.strip(" "):
                continue
            if "\t" in line or line[:deep].strip(" "):
                return None  # a tab stops elsewhere then, and a lazy line may start something
            start = doc.lines.line_span(number).start
            edits.append(Edit(Span(start, start + shift), ""))
        rest = range(last + 1, len(doc.lines) + 1)
        behind = next((each for each in rest if doc.lines.line(each).strip(" ")), None)
        if behind and behind not in moved and width(doc.lines.line(behind)) >= indent.text - shift:
            return None  # it would come under the item
    return Fix("indent it like the others", tuple(edits))
