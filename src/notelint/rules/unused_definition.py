from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator

from notelint.markdown.definitions import Definition, label_key
from notelint.rules.base import Document, Edit, Finding, Fix, Related, Span, rule
from notelint.rules.linking import Defines
from notelint.rules.shared.references import is_comment, may_be_incomplete
from notelint.rules.undefined_reference import letters, near, undefined_references
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester

_SHARED = 20  # more unused ones in a block are a list that several notes have in common
_MENTION = lazy_regex(r"\[([^\[\]]{1,999})\](?!\()")


@rule(effect=Defines())
def unused_definition(doc: Document) -> Iterator[Finding]:
    """A reference definition that no link and no image uses.

    Why: nobody sees it. Often the link that used it was removed, or its label is misspelt.

    Not reported are:

    - the definitions of a note that has nothing else, or that includes another file
    - those of a long list in which most are unused: several notes share it
    - a label in brackets in code or in HTML: a generator may use it there
    - a label for its own section, such as `[usage]: #usage` below the heading

    Fix (safe): remove it. The fix is unsafe if the note uses a label that is not defined. If a
    reference misspells the label (`[push][identify-push]`), the definition is renamed instead; this
    is unsafe if more than punctuation differs. There is no fix if the reference may mean either of
    two labels, or if a colon turned ordinary words into a definition.

    Bad:

    ```markdown
    See the [book].

    [book]: https://example.org/book
    [paper]: https://example.org/paper
    ```

    Fixed:

    ```markdown
    See the [book].

    [book]: https://example.org/book
    ```

    Good:

    ```markdown
    See the [book].

    [book]: https://example.org/book

    [//]: # (a remark)
    ```
    """
    unused = list(_unused(doc))
    if not unused:
        return
    broken = undefined_references(doc)
    # one of the labels that are not defined may be this one, misspelt
    fixes, meant = _removals(doc, unused, safe=not broken), _meant(doc, unused, broken)
    claims = Counter(span for spans in meant.values() for span in spans)
    for at, each in enumerate(unused):
        message, fix = f"nothing uses `[{doc.slice(each.label)}]`", fixes.get(at)
        related: tuple[Related, ...] = ()
        if spans := meant.get(each.key):
            wanted = " ".join(doc.slice(spans[0]).split())
            line = doc.lines.position(spans[0].start).line
            message += f", and `[{wanted}]` on line {line} is not defined"
            related = tuple(Related(span, "not defined") for span in spans)
            rivals = any(claims[span] > 1 for span in spans)
            fix = None if rivals else _renamed(each, {doc.slice(span) for span in spans})
        elif not _is_address(each.target):
            message += ": this is read as a definition, not shown"
            fix = None
        yield Finding(each.span, message, fix, related)


def _meant(doc: Document, unused: list[Definition], broken: list[Span]) -> dict[str, list[Span]]:
    """The labels without a definition that may be those of the *unused* ones, by their keys."""
    keys = dict.fromkeys(each.key for each in unused)
    found: dict[str, list[Span]] = {}
    suggester = Suggester()
    for span in broken:
        for key in near(label_key(doc.slice(span)), keys, suggester):
            found.setdefault(key, []).append(span)
    return found


def _renamed(definition: Definition, labels: set[str]) -> Fix | None:
    """The *definition* with the only one of *labels*."""
    if len({label_key(each) for each in labels}) != 1 or "\n" in "".join(labels):
        return None
    label = min(labels)
    edit = Edit(definition.label, label)
    return Fix(
        f"name it `[{label}]`", (edit,), letters(label_key(label)) == letters(definition.key)
    )


def _unused(doc: Document) -> Iterator[Definition]:
    if not doc.definitions:
        return  # most notes; looking at every element for its label takes time
    seen = set(doc.used_labels)
    candidates = []
    for each in doc.definitions:
        if each.key not in seen and not is_comment(each):
            candidates.append(each)
        seen.add(each.key)  # of two definitions the first counts; the other is a duplicate
    shown = _above_tables(doc) if candidates else set()
    candidates = [
        each
        for each in candidates
        if doc.lines.position(each.span.end).line not in shown and not _names_a_section(doc, each)
    ]
    mentioned = _mentioned(doc) if candidates else set()
    unused = {id(each) for each in candidates if each.key not in mentioned}
    found: list[Definition] = []
    for block in _blocks(doc) if unused else ():
        some = [each for each in block if id(each) in unused]
        if len(some) <= _SHARED or 2 * len(some) < len(block):
            found += some
    if found and not may_be_incomplete(doc):
        yield from found


def _above_tables(doc: Document) -> set[int]:
    """The lines with nothing blank between them and a table.

    GitHub takes these for text of the paragraph that the head of the table ends, definitions too.
    """
    found: set[int] = set()
    for first, _ in doc.tables:
        line = first - 1
        while line and line not in found and doc.lines.line(line).strip(" \t>"):
            found.add(line)
            line -= 1
    return found


def _names_a_section(doc: Document, definition: Definition) -> bool:
    """Whether *definition* names a section of the note, and stands in it or below a heading.

    Templates of long documents give every section such a name, for whoever may want to link it.
    """
    if not definition.target.startswith("#"):
        return False
    line = doc.lines.position(definition.span.start).line
    above = bisect(doc.headings, line, key=lambda heading: heading.lines[0])
    if not above:
        return False
    heading = doc.headings[above - 1]
    between = range(heading.lines[1] + 1, line)
    return heading.slug == definition.target[1:] or (
        len(between) <= _SHARED
        and all(each[:1] in ("", "[") for each in (doc.lines.line(n).strip() for n in between))
    )


def _blocks(doc: Document) -> Iterator[list[Definition]]:
    """The definitions in runs without a line between them."""
    block: list[Definition] = []
    last = 0
    for each in doc.definitions:
        first, end = doc.lines.range(each.span)
        if block and first.line > last + 1:
            yield block
            block = []
        block.append(each)
        last = end.line
    yield block


def _mentioned(doc: Document) -> set[str]:
    """The labels that stand in brackets anywhere but in a definition, as in code."""
    labels = {each.label.start - 1 for each in doc.definitions}
    written = {
        match[1] for match in _MENTION.finditer(doc.source.text) if match.start() not in labels
    }
    return {*map(label_key, written)}


def _is_address(target: str) -> bool:
    """Whether *target* can be one: words in other scripts were hardly meant as a destination."""
    return target.isascii() or any(mark in target for mark in "/.#:%")


def _removals(doc: Document, unused: list[Definition], safe: bool) -> dict[int, Fix]:
    """The fix for each of *unused* that has its lines to itself, by its index.

    Without one right above it, an indented line would be code, which GitHub shows as text now.
    """
    code = {each.lines[0] for each in doc.codes if not each.fenced}
    runs: list[list[tuple[int, int, int]]] = []  # in lines that adjoin: index, first and last line
    for at, each in enumerate(unused):
        first, last = (position.line for position in doc.lines.range(each.span))
        lines = doc.lines.line_span(first, last)
        around = Span(lines.start, each.span.start), Span(each.span.end, lines.end)
        if last + 1 in code or any(doc.slice(part).strip() for part in around):
            continue
        if not runs or first > runs[-1][-1][2] + 1:
            runs.append([])
        runs[-1].append((at, first, last))
    fixes = {}
    for run in runs:
        for at, first, last in _with_blank(doc, run):
            edit = Edit(doc.lines.line_span(first, last), "")
            fixes[at] = Fix("remove the definition", (edit,), safe)
    return fixes


def _with_blank(doc: Document, run: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The lines of *run*, with a blank one beside it if there is one on both sides."""
    (first, top, end), (last, start, bottom) = run[0], run[-1]
    if top > 1 and doc.lines.line(top - 1).strip():
        return run
    if bottom < len(doc.lines):
        if not doc.lines.line(bottom + 1).strip():
            bottom += 1
        return [*run[:-1], (last, start, bottom)]
    return [(first, max(top - 1, 1), end), *run[1:]]
