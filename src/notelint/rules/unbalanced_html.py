from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from notelint.diagnostics import Finding, Related
from notelint.markdown.document import Document
from notelint.markdown.html import Tag
from notelint.rules.base import rule
from notelint.rules.shared.html_balance import Fault, faults, nests
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_BRANCH = lazy_regex(r"\{%-?\s*(?:if|unless|case|for|else|elif|elsif)\b")


@rule()
def unbalanced_html(doc: Document) -> Iterator[Finding]:
    """An HTML element that is never closed, closed twice, or closed out of order.

    Why: an open `<details>` hides the rest of the page from the reader, an open `<table>` or
    `<sup>` swallows it. Closing tags that HTML lets you leave out (`</p>`, `</li>`, `</td>`) are
    not missed, and components such as `<Tabs>` and placeholders such as `<name>` are not judged.
    There is no fix: where an element should end, only the author knows.

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
    merged = _merged(doc, faults(tag for tag in doc.tags if _plain(doc, tag)))
    hidden = _hidden(doc) if any(fault.kind == "open" for fault in merged) else {}
    for fault in merged:
        yield _finding(doc, fault, hidden)


def _plain(doc: Document, tag: Tag) -> bool:
    """Whether *tag* is HTML by its looks: ``<Article>`` is a component, ``<B>`` a type."""
    start = tag.span.start + 1 + tag.closing
    written = doc.source.text[start : start + len(tag.name)]
    return written == tag.name or (len(written) > 1 and written.isupper())


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


def _finding(doc: Document, fault: Fault, hidden: dict[str, list[Span]]) -> Finding:
    tag, other = fault.tag, fault.other
    name = _written(tag)
    related: tuple[Related, ...] = ()
    if fault.kind == "stray":
        message = f"{name} closes nothing"
    elif other and fault.kind == "reopened":
        message = f"{name} opens again what </{tag.name}> was to close"
        related = (Related(other.span, "first opened here"),)
    elif other and fault.kind == "crossed":
        message = f"{name} comes after {_written(other)}, which closes the element around it"
        related = (Related(other.span, "closed here"),)
    elif code := _first_behind(tag.span, hidden.get(tag.name, [])):
        line = _line(doc, code)
        message = f"{name} is never closed: {_closing(tag)} in line {line} is indented into code"
        related = (Related(code, "code, not a tag"),)
    else:
        message = f"{name} is never closed"
        related = (Related(other.span, "the element around it ends here"),) if other else ()
    return Finding(tag.span, message, related=related)


def _first_behind(span: Span, spans: list[Span]) -> Span | None:
    at = bisect_right(spans, span)
    return spans[at] if at < len(spans) else None


def _hidden(doc: Document) -> dict[str, list[Span]]:
    """Lines of indented code that are a closing tag and nothing else, by name."""
    hidden: dict[str, list[Span]] = {}
    for code in doc.codes:
        if code.fenced:
            continue
        for number in range(code.lines[0], code.lines[1] + 1):
            line = doc.lines.line(number)
            text = line.strip(" \t>")
            if text.startswith("</"):
                start = doc.lines.line_span(number).start + line.index("</")
                hidden.setdefault(text[2:].lower(), []).append(Span(start, start + len(text) + 1))
    return hidden


def _written(tag: Tag) -> str:
    return _closing(tag) if tag.closing else f"<{tag.name}>"


def _closing(tag: Tag) -> str:
    return f"</{tag.name}>"


def _line(doc: Document, span: Span) -> int:
    return doc.lines.position(span.start).line
