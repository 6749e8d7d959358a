from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.rules.base import rule
from notelint.rules.effects import Effect
from notelint.rules.shared.excluded import Covered
from notelint.rules.shared.indents import Indent, indents
from notelint.text.edits import Edit, Fix
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_NUMBER = lazy_regex(r" *\d{1,9}[.)](?: |$)")
_OTHERS = 3  # as many other nested items make a habit
_SHARE = 0.75  # and this part of them all
_MOST_EDITS = 100_000  # told in all, as every item of a list tells those of the whole list


@rule(effect=Effect())
def list_indent(doc: Document) -> Iterator[Finding]:
    """A nested list item indented deeper than the others in the file.

    Why: it looks as if it belonged to an item that is not there, and the next edit beside it easily
    turns it into code or a paragraph. The norm is what most items of the file do. Nothing is
    reported if there is no norm, if the marker of the item above needs the room, or in numbered
    lists.

    Fix (safe): indent it, and all that is under it, as the others are. There is no fix where an
    item of its list is deeper than the one before: it was meant to be under that one, and only the
    author can mend that. Changelogs are not judged.

    Bad:

    ```markdown
    - LLaMA
      - [Paper](a.pdf)
      - [Code](b.md)
    - Koala
      - Code
          - [Data pipeline](c.md)
    - GLM
      - [Paper](d.pdf)
      - [Code](e.md)
    ```

    Fixed:

    ```markdown
    - LLaMA
      - [Paper](a.pdf)
      - [Code](b.md)
    - Koala
      - Code
        - [Data pipeline](c.md)
    - GLM
      - [Paper](d.pdf)
      - [Code](e.md)
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
    habit = _habit(nested)
    if habit is None:
        return
    runs: dict[int, list[Indent]] = {}
    for each in nested:
        if each.depth > habit and each.parent and each.parent.text - each.parent.marker <= habit:
            runs.setdefault(doc.items[each.item].list, []).append(each)
    uneven = _uneven(doc, every)
    told = 0
    seen: dict[tuple[int, int], tuple[int, bool]] = {}
    for number, run in runs.items():
        if _looks_numbered(doc, run[0], seen):
            continue
        fix = _fix(doc, run, habit) if number not in uneven else None
        told += len(fix.edits) * len(run) if fix else 0
        if told > _MOST_EDITS:
            fix = None
        for each in run:
            start = doc.lines.line_span(doc.items[each.item].lines[0]).start
            message = f"item is indented by {each.depth} spaces, the others in this file by {habit}"
            yield Finding(Span(start, start + each.marker), message, fix)


def _counts(doc: Document, indent: Indent, made: Covered) -> bool:
    """Whether an item tells the habit: a bullet under a bullet, in a line of its own.

    *made* is where tables of contents are, whose indents come from the levels of headings.
    """
    item = doc.items[indent.item]
    if made.meets(doc.lines.line_span(item.lines[0])):
        return False
    return (
        indent.leads
        and indent.parent is not None
        and not item.ordered
        and not doc.items[item.parent].ordered
    )


def _habit(nested: Sequence[Indent]) -> int | None:
    """By how many columns nearly all nested items are indented, if there is such a number."""
    counts = Counter(each.depth for each in nested)
    if not counts:
        return None
    habit, number = counts.most_common(1)[0]
    return habit if number >= _OTHERS and number >= _SHARE * len(nested) else None


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


def _looks_numbered(
    doc: Document, indent: Indent, seen: dict[tuple[int, int], tuple[int, bool]]
) -> bool:
    """Whether an item stands under a number that is not its parent to the parser alone.

    *seen* are the answers for others in the same parent, each with the line above the item.
    """
    above = number = doc.items[indent.item].lines[0] - 1
    first = doc.items[doc.items[indent.item].parent].lines[0]
    key = first, indent.marker
    known, looks = seen.get(key, (first, False))
    while number > known:
        line = doc.lines.line(number)
        if line.strip() and _depth(doc, number) < indent.marker:
            looks = _NUMBER.match(line) is not None
            break
        number -= 1
    seen[key] = above, looks
    return looks


def _fix(doc: Document, run: Sequence[Indent], habit: int) -> Fix | None:
    """A fix for all that is too deep in one list; None where it could change the page."""
    edits: list[Edit] = []
    moved = {doc.items[each.item].lines[0] for each in run}
    for indent in run:
        shift = indent.depth - habit
        for number, deep in _lines(doc, indent):
            line = doc.lines.line(number)
            if "\t" in line or line[:deep].strip(" "):
                return None  # a tab stops elsewhere then, and a lazy line may start something
            start = doc.lines.line_span(number).start
            edits.append(Edit(Span(start, start + shift), ""))
        behind = _behind(doc, indent)
        if behind not in moved and _depth(doc, behind) >= indent.text - shift:
            return None  # it would come under the item
    return Fix("indent it like the others", tuple(edits))


def _lines(doc: Document, indent: Indent) -> Iterator[tuple[int, int]]:
    """The lines of an item that are not blank, and how deep each must at least be."""
    first, last = doc.items[indent.item].lines
    yield first, indent.marker
    for number in range(first + 1, last + 1):
        if doc.lines.line(number).strip(" "):
            yield number, indent.text


def _behind(doc: Document, indent: Indent) -> int:
    """The first line behind an item that is not blank; it may lie behind the end."""
    number = doc.items[indent.item].lines[1] + 1
    while number <= len(doc.lines) and not doc.lines.line(number).strip(" "):
        number += 1
    return number


def _depth(doc: Document, number: int) -> int:
    if number > len(doc.lines):
        return 0
    line = doc.lines.line(number).expandtabs(4)
    return len(line) - len(line.lstrip(" "))
