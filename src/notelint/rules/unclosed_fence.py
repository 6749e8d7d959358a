from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.markdown.document import Document
from notelint.markdown.elements import Code
from notelint.rules.base import rule
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

_MARKER = lazy_regex(r"`{3,}|~{3,}")


@rule()
def unclosed_fence(doc: Document) -> Iterator[Finding]:
    """A code fence or a comment that is never closed.

    Why: all the rest of the note is shown as code, or not at all. A fence in a list or a quote
    ends with it, so only one that should have been closed right behind is reported: its closing
    fence, not indented as far, opens a new block.

    Bad:

    ````markdown
    ```sh
    pip install notelint

    Then run it.
    ````

    Good:

    ````markdown
    ```sh
    pip install notelint
    ```

    Then run it.
    ````
    """
    end = _last_line(doc)
    for at, code in enumerate(doc.codes):
        if not code.fenced or code.closed:
            continue
        if code.lines[1] >= end:
            yield Finding(_opening(doc, code), "code fence is never closed")
        elif at + 1 < len(doc.codes) and _is_its_end(doc, code, doc.codes[at + 1]):
            message = "code fence is closed outside of its list item or quote, which opens another"
            yield Finding(_opening(doc, code), message)
    unclosed = [comment for comment in doc.comments if not comment.closed]
    close = _last_close(doc) if unclosed else 0
    for comment in unclosed:
        start = comment.span.start
        if start > close and not comment.text.startswith((">", "->")):  # `<!-->` is a whole one
            yield Finding(Span(start, start + len("<!--")), "comment is never closed")


def _last_line(doc: Document) -> int:
    """The last line with something on it."""
    return doc.lines.position(len(doc.source.text.rstrip())).line


def _marker(doc: Document, code: Code) -> Span:
    start = doc.lines.line_span(code.lines[0]).start
    found = _MARKER.search(doc.lines.line(code.lines[0]))
    return Span(start + found.start(), start + found.end()) if found else Span(start, start)


def _opening(doc: Document, code: Code) -> Span:
    """The opening fence with its info string."""
    line = doc.lines.line_span(code.lines[0])
    return Span(_marker(doc, code).start, line.start + len(doc.slice(line).rstrip()))


def _is_its_end(doc: Document, code: Code, following: Code) -> bool:
    """Whether *following* was opened by what was meant to close *code*."""
    if not following.fenced or following.lines[0] != code.lines[1] + 1:
        return False
    fence, closing = doc.slice(_marker(doc, code)), doc.slice(_marker(doc, following))
    return not following.info.strip() and closing.startswith(fence)


def _last_close(doc: Document) -> int:
    """Where the last block starts in which a browser finds the end of a comment."""
    return max((b.span.start for b in doc.html_blocks if "-->" in b.source.content), default=-1)
