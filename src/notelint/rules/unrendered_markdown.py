from __future__ import annotations

from collections.abc import Iterator

from notelint.markdown.elements import HtmlBlock
from notelint.rules.base import Document, Finding, Span, rule
from notelint.rules.rewrites import TakesEffect
from notelint.rules.shared.html_blank_lines import separated
from notelint.rules.shared.html_literal import Reading
from notelint.rules.shared.html_names import INLINE
from notelint.rules.shared.html_patterns import may_hold_markdown
from notelint.text.startup import lazy_regex

_COMPONENT = lazy_regex(r"\s*</?[A-Z][A-Za-z0-9]*[a-z]")


@rule(effect=TakesEffect())
def unrendered_markdown(doc: Document) -> Iterator[Finding]:
    """Markdown that is shown as text in HTML, because there is no blank line before it.

    Why: an HTML block lasts until a blank line, and what stands in it is HTML. The reader sees the
    `1.`, the `**` and the backticks as they were typed, and lines without `<br>` run together.

    A line in which a comment begins or ends, outside a paragraph, is such a block, too. A single
    line with a number reads the same as Markdown, and is not reported. Each block is reported once.

    Fix (unsafe): put blank lines around the Markdown, and remove the `<br>` at the ends of list
    items. There is no fix for a `#`, which would become a heading, nor if text that is not indented
    follows a list item, nor if the lines are indented by four columns or more.

    Bad:

    ```markdown
    <details>
    <summary>Reading notes</summary>
    1. Predicts masked spans.  <br>
    2. Uses DeepNorm.
    <img src="glm.png" alt="GLM">
    </details>
    ```

    Fixed:

    ```markdown
    <details>
    <summary>Reading notes</summary>

    1. Predicts masked spans.
    2. Uses DeepNorm.

    <img src="glm.png" alt="GLM">
    </details>
    ```

    Good:

    ```markdown
    <p align="center">
    1.3 * 10<sup>9</sup> parameters<br>
    - and no more -
    </p>
    ```
    """
    blocks = [each for each in doc.html_blocks if may_hold_markdown(each.source.content)]
    if not blocks or _is_processed(doc):
        return
    for block in blocks:
        reading = Reading(block.source.content)
        if reading.is_plain and reading.literals:
            yield _finding(doc, block, reading)


def _is_processed(doc: Document) -> bool:
    """Whether a site generator reads the Markdown in this document's HTML."""
    return any(tag.get("markdown") for tag in doc.tags) or any(
        _COMPONENT.match(block.source.content) for block in doc.html_blocks
    )


def _finding(doc: Document, block: HtmlBlock, reading: Reading) -> Finding:
    found = reading.literals
    span = block.source.span(found[0].span.start, max(each.span.end for each in found))
    kinds = ", ".join(dict.fromkeys(each.kind for each in found))
    message = f"Markdown is shown as text ({kinds}): {_reason(reading, found[0].span.start)}"
    runs = [
        _lines(first + block.lines[0], last + block.lines[0])
        for region in reading.regions
        if any(each.kind == "list" for each in region.literals)
        for first, last in reading.run_on(region)
    ]
    if runs:
        message += f"; {', '.join(runs)} run together without <br>"
    return Finding(span, message, separated(doc, block, reading))


def _reason(reading: Reading, offset: int) -> str:
    before = reading.tags_in(Span(0, offset))
    if not before and reading.content.lstrip().startswith("<!--"):
        return "the line begins with a comment"
    if not before:
        return "no blank line before it"
    tag = next((tag for tag in reversed(before) if tag.name not in INLINE), before[-1])
    name = f"<{'/' * tag.closing}{tag.name}>"
    if "\n" in reading.content[tag.span.end : offset]:
        return f"no blank line after {name}"
    return f"it is on the same line as {name}"


def _lines(first: int, last: int) -> str:
    return f"lines {first} and {last}" if last == first + 1 else f"lines {first} to {last}"
