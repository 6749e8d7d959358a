from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.elements import Code
from notelint.rules.base import Document, Finding, Related, Span, rule
from notelint.text.startup import lazy_regex

_INFO = lazy_regex(r"[ ]?[A-Za-z][\w+#.-]*")
# What begins a block of its own in the notes of javascript.info, and no fence for GitHub.
_BLOCK = lazy_regex(r'^`{3,}[a-z]+ header="[^"\n`]*`[^"\n]*"', re.MULTILINE)
_MARKER = lazy_regex(r"`{3,}|~{3,}")


@rule()
def unclosed_fence(doc: Document) -> Iterator[Finding]:
    """A code fence or a comment that is never closed, or closed too late.

    Why: all the rest of the note is shown as code, or not at all.

    A fence in a list item or a quote ends with it. It is reported at the end of the note, and if
    its closing fence is not indented as far, so that it opens a new block.

    A fence that is not closed before the next one opens swallows that one, and the text between.
    If a line of only two backticks was meant to close it, that line is reported.

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
    end = doc.lines.position(len(doc.source.text.rstrip())).line  # the last that is not blank
    if ' header="' in doc.source.text and _BLOCK.search(doc.source.text):
        return
    late = list(_closed_late(doc, end))
    yield from late
    for at, code in enumerate(doc.codes):
        if not code.fenced or code.closed:
            continue
        if code.lines[1] >= end:
            # what ends one fence opens the next, once an end is missing
            if _is_script(doc, code):
                continue
            if not late or (code.info.strip() and _fences_in(doc, code)[0] is None):
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


def _closed_late(doc: Document, end: int) -> Iterator[Finding]:
    """The fences with another one in them, and the ends that are too short."""
    told, early = False, None  # early: a block that seems closed, and an end too short in it
    for code in doc.codes:
        if not code.fenced or (told and not code.info.strip()):
            continue
        short, inner = _fences_in(doc, code)
        open_end = not code.closed and code.lines[1] >= end
        if short and (open_end or (inner and short.start < inner.start)):
            yield _too_short(doc, code, short)
        elif open_end and not code.info.strip() and early:
            yield _too_short(doc, *early)
        elif inner and code.closed:
            line = doc.lines.position(inner.start).line
            message = f"code fence is not closed before line {line}, where the next one opens"
            yield Finding(_opening(doc, code), message, related=(Related(inner, "swallowed"),))
        else:
            early = early or ((code, short) if short else None)
            continue
        told = True


def _too_short(doc: Document, code: Code, short: Span) -> Finding:
    opening = _marker(doc, code)
    message = f"closing fence is too short: {len(doc.slice(opening))} characters opened it"
    return Finding(short, message, related=(Related(opening, "opened here"),))


def _fences_in(doc: Document, code: Code) -> tuple[Span | None, Span | None]:
    """The first two lines in *code* that are fences, as far as there are such.

    The one is two characters of its own fence and nothing else; the other could close it, but has
    an info string.
    """
    short = inner = None
    first, last = code.lines[0] + 1, code.lines[1] - code.closed
    inside = doc.slice(doc.lines.line_span(first, last)) if first <= last else ""
    if "``" in inside or "~~" in inside:
        fence = doc.slice(_marker(doc, code))
        for number in range(first, last + 1):
            line = doc.lines.line(number)
            text = line.strip(" \t>")  # without what is around
            start = doc.lines.line_span(number).start + line.find(text)
            span = Span(start, start + len(text))
            if text == fence[:2]:
                short = short or span
            elif text.startswith(fence) and _INFO.fullmatch(text.lstrip(fence[0])):
                inner = inner or span
    return short, inner


def _is_script(doc: Document, code: Code) -> bool:
    """Whether the note is a script, in which all above *code* is a comment: `/*` … `*/`.

    Plugins of editors read scripts that are notes, too.
    """
    if not doc.source.text.startswith("/*") or code.lines[0] == len(doc.lines):
        return False
    return doc.lines.line(code.lines[0] + 1).strip() == "*/"


def _marker(doc: Document, code: Code) -> Span:
    start = doc.lines.line_span(code.lines[0]).start
    found = _MARKER.search(doc.lines.line(code.lines[0]))
    assert found
    return Span(start + found.start(), start + found.end())


def _opening(doc: Document, code: Code) -> Span:
    """The opening fence with its info string."""
    return Span(_marker(doc, code).start, doc.lines.filled(code.lines[0]).end)


def _is_its_end(doc: Document, code: Code, following: Code) -> bool:
    """Whether *following* was opened by what was meant to close *code*."""
    if not following.fenced or following.lines[0] != code.lines[1] + 1:
        return False
    fence, closing = doc.slice(_marker(doc, code)), doc.slice(_marker(doc, following))
    return not following.info.strip() and closing.startswith(fence)


def _last_close(doc: Document) -> int:
    """The start of the last block in which a browser finds the end of a comment."""
    return max((b.span.start for b in doc.html_blocks if "-->" in b.source.content), default=-1)
