from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from notelint.markdown.elements import Heading
from notelint.rules.base import Document, Finding, Span, rule
from notelint.rules.shared.enclosing_tags import EnclosingTags
from notelint.rules.shared.small_print import small_print
from notelint.text.startup import NamedTuple

_HABIT = 3  # as many of one jump, or siblings after it, are no slip


class Options(NamedTuple):
    """``strict``: report every jump, also one that is the habit of the file."""

    strict: bool = False


@rule(options=Options)
def heading_skip(doc: Document, options: Options) -> Iterator[Finding]:
    """A heading more than one level below the one before it.

    Why: in outlines, tables of contents and screen readers, the section has no parent. There is no
    fix: only the author knows which of the two levels was meant.

    Headings inside `<details>` are compared with each other, and not with those outside.

    Not reported are:

    - a jump that occurs three times or more: it is a habit of the file
    - a second jump over levels that no heading of the file has
    - a jump over a level whose first heading comes later, after three or more headings of the lower
      level, such as a "Reference" below many entries
    - the last heading, if its level is 5 or 6 and nothing is below it: it is read as small print
    - anything in a changelog or a template

    Option `strict` (false): report every jump.

    Bad:

    ```markdown
    # Papers

    ### 2023

    GLM-130B
    ```

    Good:

    ```markdown
    ## Papers

    ### 2023

    <details>

    ##### GLM-130B

    </details>
    ```
    """
    jumps = list(_jumps(doc))
    if not jumps:
        return
    small = small_print(doc)
    number = Counter((above, heading.level) for above, heading in jumps)
    used = {heading.level for heading in doc.headings}
    told: set[int] = set()
    first: dict[tuple[int, int], Heading] = {}
    for above, heading in jumps:
        if not options.strict:
            if heading == small or number[above, heading.level] >= _HABIT or above in told:
                continue
            known = first.setdefault((above, heading.level), heading)
            if _comes_late(doc.headings, above, heading, known):
                continue
            if used.isdisjoint(range(above + 1, heading.level)):
                told.add(above)
        yield Finding(heading.span, f"heading jumps from level {above} to level {heading.level}")


def _comes_late(headings: Sequence[Heading], above: int, to: Heading, first: Heading) -> bool:
    """Whether a skipped level is used later, after three or more headings of the level of *to*.

    Only headings in the section of the jump, from level *above* to *to*, count. A heading of a
    skipped level before the *first* such jump shows that the level is not late.
    """
    between = range(above + 1, to.level)
    run = 0
    for each in headings:
        if each.nested or each.html:
            continue
        if each.span < to.span:
            if each.level in between and each.span < first.span:
                return False
        elif each.level < to.level:
            return run >= _HABIT and each.level in between
        elif each.level == to.level:
            run += 1
    return False


def _jumps(doc: Document) -> Iterator[tuple[int, Heading]]:
    """Pairs: the level of the heading before in the same fold, and the heading that jumps."""
    levels: dict[Span | None, int] = {}
    folds = EnclosingTags(tag for tag in doc.tags if tag.name == "details")
    for heading in doc.headings:
        if heading.nested:
            continue
        details = folds.at(heading.span.start)
        fold = details.span if details else None
        above = levels.get(fold, 0)
        if heading.html:  # may be there for its looks, or fill the gap
            levels[fold] = max(above, heading.level) if above else 0
            continue
        if above and heading.level > above + 1:
            yield above, heading
        levels[fold] = heading.level
