from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from notelint.markdown.elements import TopBlock
from notelint.markdown.html import Tag
from notelint.rules.base import Document, Finding, Related, Span, rule
from notelint.rules.shared.html_balance import Fault, faults, nests
from notelint.rules.shared.html_names import WRAPPERS
from notelint.text.covered import Covered
from notelint.text.startup import lazy_regex

_END_TAGS = lazy_regex(r"(?:</[A-Za-z][\w-]*\s*>\s*)+")
# What browsers take for a comment.
_NO_END_TAG = lazy_regex(r"</[ \t]+([A-Za-z][\w-]*)[ \t]*>")
_WORD = 100  # characters, at most
_BRANCH = lazy_regex(r"\{%-?\s*(?:if|unless|case|for|else|elif|elsif)\b")


@rule()
def unbalanced_html(doc: Document) -> Iterator[Finding]:
    """An HTML element that is not closed before more text, or closed in the wrong order.

    Why: an open `<details>` hides the rest of the page, an open `<table>` or `<sup>` swallows it.
    There is no fix: only the author knows where an element should end.

    Not reported are:

    - a missing end tag that HTML lets you leave out: `</p>`, `</li>`, `</td>`
    - a missing end tag if no more than one block follows: the element may hold the rest of the note
    - an end tag that nothing opened, which every browser ignores, except a `</details>` after a
      `<summary>` without `<details>`
    - a `<div>` that ends with the element around it, or right after it
    - components such as `<Tabs>`, and placeholders such as `<name>`

    `</ b>` with a space is not an end tag; it is reported if it was meant as one.

    Bad:

    ```markdown
    <details>
    <summary>Reading notes

    The model predicts masked spans.

    </details>
    ```

    Good:

    ```markdown
    <details>
    <summary>Reading notes</summary>

    The model predicts masked spans.<br>
    `<details>` in code is only talked about.

    </details>
    ```
    """
    if not doc.tags or any(_BRANCH.search(block.source.content) for block in doc.html_blocks):
        return  # a template may open in two branches what it closes once
    found = faults(tag for tag in doc.tags if _plain(doc, tag))
    merged = _merged(doc, [fault for fault in found if not _is_harmless(doc, fault)])
    opened = any(fault.kind == "open" for fault in merged)
    more = _last_but_one(doc) if opened else 0
    blanked = _blanked(doc) if merged else {}
    for fault in merged:
        if not _is_last(doc, fault, more):
            yield _finding(doc, fault, blanked.get(fault.tag.name, []))


def _plain(doc: Document, tag: Tag) -> bool:
    """Whether *tag* is HTML by its looks: ``<Article>`` is a component, ``<B>`` a type."""
    start = tag.span.start + 1 + tag.closing
    written = doc.source.text[start : start + len(tag.name)]
    return written == tag.name or (len(written) > 1 and written.isupper())


def _is_harmless(doc: Document, fault: Fault) -> bool:
    """Whether the element around it closes a `<div>`, and no text shows that it did so early."""
    if fault.tag.name not in WRAPPERS or not fault.other:
        return False
    if fault.kind == "open":
        return True
    start, end = fault.other.span.end, fault.tag.span.start
    between = doc.source.text[start : min(end, start + _WORD + 1)]
    return len(between) <= _WORD and not _END_TAGS.sub("", between).strip(" \t\r\n>")


def _merged(doc: Document, found: list[Fault]) -> list[Fault]:
    """*found*, with `<b>x<b>` as one fault: the second tag was to close the first."""
    merged: list[Fault] = []
    for fault in found:
        last = merged[-1] if merged else None
        if last and _repeats(doc, last, fault):
            merged[-1] = Fault("reopened", fault.tag, last.tag)
        else:
            merged.append(fault)
    return merged


def _repeats(doc: Document, first: Fault, second: Fault) -> bool:
    return (
        first.kind == second.kind == "open"
        and first.tag.name == second.tag.name
        and not nests(second.tag)
        and not second.tag.attributes
        and _line(doc, first.tag.span) == _line(doc, second.tag.span)
    )


def _is_last(doc: Document, fault: Fault, more: int) -> bool:
    """Whether an element that is left open has all that follows in it, and one block at most.

    *more* is the line of the last block but one that shows anything.
    """
    if fault.kind != "open" or fault.other:
        return False
    at = bisect_right(doc.blocks, _line(doc, fault.tag.span), key=lambda block: block[0])
    if at < len(doc.blocks) and doc.blocks[at][0] <= more:
        return False
    # a word may be low or high, a line is not
    stop = min(doc.lines.line_span(doc.blocks[at - 1][1]).end, fault.tag.span.end + _WORD)
    rest = doc.source.text[fault.tag.span.end : stop]
    return fault.tag.name not in ("sub", "sup") or len(rest.split(maxsplit=2)) < 2


def _last_but_one(doc: Document) -> int:
    """The line of the last block but one that shows anything, 0 where there is none."""
    shown = (block for block in reversed(doc.blocks) if _shows(doc, block))
    return next((first for first, _, _ in islice(shown, 1, None)), 0)


def _shows(doc: Document, block: TopBlock) -> bool:
    """Whether there is more in *block* than end tags."""
    text = doc.slice(doc.lines.line_span(block[0], block[1]))
    return _END_TAGS.fullmatch(text.strip(" \t\r\n")) is None


def _finding(doc: Document, fault: Fault, blanked: list[Span]) -> Finding:
    tag, other = fault.tag, fault.other
    name = _written(tag)
    related: tuple[Related, ...] = ()
    again = other if other and fault.kind == "reopened" else None
    no_end = _first_behind((again or tag).span, blanked)
    if no_end and not tag.closing and (not again or no_end.start < tag.span.start):
        what = "opens again" if again else "is never closed"
        written, line = doc.slice(no_end), _line(doc, no_end)
        message = (
            f"{name} {what}: `{written}` on line {line} is not an end tag: it has a space in it"
        )
        return Finding(tag.span, message, related=(Related(no_end, "text, not a tag"),))
    if other and fault.kind == "stray":
        line = _line(doc, other.span)
        message = f"{name} closes nothing: no <details> is around the <summary> on line {line}"
        related = (Related(other.span, "no <details> is around it"),)
    elif other and fault.kind == "reopened":
        message = f"{name} opens again where </{tag.name}> is expected"
        related = (Related(other.span, "first opened here"),)
    elif other and fault.kind == "crossed":
        message = f"{name} comes after {_written(other)}, which closes the element around it"
        related = (Related(other.span, "closed here"),)
    else:
        message = f"{name} is never closed"
        related = (Related(other.span, "the element around it ends here"),) if other else ()
    return Finding(tag.span, message, related=related)


def _first_behind(span: Span, spans: list[Span]) -> Span | None:
    at = bisect_right(spans, span)
    return spans[at] if at < len(spans) else None


def _blanked(doc: Document) -> dict[str, list[Span]]:
    """The texts that a blank keeps from being closing tags, by name; not in blocks of code."""
    blanked: dict[str, list[Span]] = {}
    code = Covered(doc.lines.line_span(*each.lines) for each in doc.codes)
    for match in _NO_END_TAG.finditer(doc.source.text):
        if match.start() not in code:
            blanked.setdefault(match[1].lower(), []).append(Span(*match.span()))
    return blanked


def _written(tag: Tag) -> str:
    return f"<{'/' * tag.closing}{tag.name}>"


def _line(doc: Document, span: Span) -> int:
    return doc.lines.position(span.start).line
