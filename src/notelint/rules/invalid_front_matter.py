from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.front_matter import KEY, is_open
from notelint.rules.base import Document, Finding, Span, rule
from notelint.text.limits import is_small_yaml
from notelint.text.startup import lazy_regex

_MAX_CHARACTERS = 100_000  # of front matter that is judged
_TEMPLATE = lazy_regex(r"\{\{|\{%|\$\{|<%")
_SEPARATION = lazy_regex(r"(?<=\S)[ \t]*\t[ \t]*")


@rule()
def invalid_front_matter(doc: Document) -> Iterator[Finding]:
    """Front matter that is not YAML, or that never ends.

    Why: GitHub shows an error in its place, and a site generator does not build the page. A
    colon followed by a space needs quotes around its text. Without its closing mark, alone on a
    line and not indented, front matter is text on the page. TOML and JSON are not read.

    Bad:

    ```markdown
    ---
    title: GLM-130B: an open model
    ---

    Text.
    ```

    Good:

    ```markdown
    ---
    title: "GLM-130B: an open model"
    ---

    Text.
    ```
    """
    if doc.front_matter is None:
        if is_open(doc.source.text):
            yield Finding(_rest_of_line(doc, 0), _message_of_open(doc.source.text))
        return
    if not doc.source.text.startswith("---"):
        return
    first, last = doc.front_matter
    inside = Span(doc.lines.line_span(first).end, doc.lines.line_span(last).start)
    text = doc.slice(inside)
    if not _is_meant_as_yaml(text):
        return
    problem = _problem(text)
    if problem is not None:
        message, offset = problem
        at = min(inside.start + offset, inside.end - 1)
        yield Finding(_rest_of_line(doc, at), f"front matter is not YAML: {message}")


def _message_of_open(text: str) -> str:
    closing = "}" if text.startswith("{") else text[:3]
    return f"front matter never ends; close it with `{closing}` on a line of its own, not indented"


def _is_meant_as_yaml(text: str) -> bool:
    """Whether *text* starts with a key, and is neither a template nor too large."""
    if not is_small_yaml(text, _MAX_CHARACTERS):
        return False
    lines = (line.strip() for line in re.split(r"[\r\n]+", text))
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return KEY.match(first) is not None and not _TEMPLATE.search(text)


def _problem(text: str) -> tuple[str, int] | None:
    """The first mistake in the YAML *text*, and its offset.

    Events are as far as it is read: no alias is ever expanded.
    """
    # needed only where there is front matter
    from notelint.text.yaml_loader import Loader, yaml

    anchors: set[str] = set()
    try:
        # YAML 1.2 lets tabs separate, the parser does not
        untabbed = _SEPARATION.sub(lambda match: " " * len(match[0]), text)
        for event in yaml.parse(untabbed, Loader=Loader):
            if isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    at = event.start_mark.index if event.start_mark else 0
                    return f"nothing is named `&{event.anchor}`{_QUOTE}", at
            elif isinstance(event, yaml.NodeEvent) and event.anchor:
                anchors.add(event.anchor)
    except yaml.reader.ReaderError as error:
        return f"control character U+{error.character:04X}", error.position
    except yaml.MarkedYAMLError as error:
        message = str(error.problem or error.context)
        # what is never closed is shown where it was opened, a line that is no key where it starts
        opening = any(each in message for each in ("end of stream", "<stream end>", "expected ':'"))
        mark = (error.context_mark if opening else None) or error.problem_mark
        at = mark.index if mark else 0
        return message + (_QUOTE if _lacks_quotes(message, text, at) else ""), at
    except (ValueError, OverflowError):
        return "an escape stands for no character", 0
    return None


_QUOTE = "; quote the value"


def _lacks_quotes(message: str, text: str, at: int) -> bool:
    """Whether quotes around the value are what the line at *at* lacks."""
    if message.startswith("mapping values"):
        start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        return ": " in text[start:at]  # not the key of a line that is indented by mistake
    return "cannot start any token" in message and text[at : at + 1] != "\t"


def _rest_of_line(doc: Document, at: int) -> Span:
    """From *at* to the end of what is on its line; a character at least."""
    line = doc.lines.line_around(at)
    return Span(at, max(line.start + len(doc.slice(line).rstrip()), at + 1))
