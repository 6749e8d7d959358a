"""Places where GitHub and the parser differ, so that a new layout would change the page there.

For GitHub, a definition is part of a paragraph, and the block below it must be able to end a
paragraph. A tag on a line of its own ends a table; it also ends the paragraph of a list item or a
quote if the line lacks the indent or the `>`. markdown-it does neither, and it ends the paragraph
of a nested quote at an indented `#`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.markdown.document import Document
from notelint.markdown.upstream import HTML_SEQUENCES
from notelint.text.startup import NamedTuple, lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import Token

_QUOTES = ("blockquote_open", "alert_open")
_NOTE = "footnote_reference_open"
_CONTAINERS = frozenset({*_QUOTES, "list_item_open", _NOTE})
_ENDS = frozenset(each.replace("_open", "_close") for each in _CONTAINERS)
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_OTHER_TEXT = frozenset({"paragraph_open", "heading_open"})
_CODE_INDENT = 4  # columns, which also make a line part of a footnote
_MARKER = lazy_regex(r"( *(?:[-+*]|\d{1,9}[.)]))( *)(.?)")
_LABEL = lazy_regex(r" {0,3}\[\^[^\]]*\]: *")
# A list that cannot begin right below a paragraph: its first item is empty or has another number
# than 1.
_NEVER_BELOW_TEXT = lazy_regex(r"[ \t>]*(?:[-+*][ \t]*$|0*1[.)][ \t]*$|(?!0*1[.)])\d{1,9}[.)])")


class Difference(NamedTuple):
    """A place where GitHub and the parser differ.

    ``message`` says what GitHub does, ``line`` is the first line, from 1, and ``written`` are that
    line and the next one.
    """

    message: str
    line: int
    written: str


def github_differences(doc: Document) -> list[Difference]:
    """The known differences between GitHub and the parser in *doc*."""
    found: list[Difference] = []
    for places in (_below_definitions, _in_blocks, _below_containers):
        for message, line in places(doc):
            lines = [doc.lines.line(at) for at in (line, line + 1) if at <= len(doc.lines)]
            written = "\n".join(each.lstrip(" \t>").rstrip() for each in lines)
            found.append(Difference(message, line, written.rstrip()))
    return found


def _below_definitions(doc: Document) -> Iterator[tuple[str, int]]:
    if not doc.definitions:
        return
    lines = sorted({doc.lines.range(each.span).end.line for each in doc.definitions})
    if lines[-1] == len(doc.lines):
        lines.pop()
    lines = [line for line in lines if doc.lines.line(line + 1).strip(" \t>")]
    left = set(lines)
    within: dict[int, Token] = {}  # the innermost containers of the definitions
    containers: list[Token] = []
    for token in doc.shallow_tokens if left else ():
        if token.type in _ENDS:
            containers.pop()
        if token.map is None:
            continue
        first, end = token.map
        if first in left:
            left.remove(first)
            same = within.get(first) is (containers[-1] if containers else None)
            if message := _below_definition(doc, token, same=same):
                yield message, first + 1
        if token.type in _CONTAINERS:
            containers.append(token)
            for line in lines[bisect_right(lines, first) : bisect_right(lines, end)]:
                within[line] = token


def _below_definition(doc: Document, token: Token, *, same: bool) -> str:
    """What GitHub does with *token* right below a definition, in the *same* container or not."""
    assert token.map is not None
    line = doc.lines.line(token.map[0] + 1)
    if token.type == "table_open":
        return "GitHub shows a definition right above a table as text"
    if token.type == "code_block":
        return "GitHub shows an indented line right below a definition as text"
    if token.type in _LISTS and same and _NEVER_BELOW_TEXT.match(line):
        return "GitHub shows a list right below a definition as text"
    if token.type == "html_block" and same and _is_lone_tag(line):
        return "GitHub begins a paragraph with a tag right below a definition"
    if token.type in _OTHER_TEXT and not same and token.markup[:1] != "#":
        return "GitHub takes the line below a definition into its list or quote"
    return ""


def _in_blocks(doc: Document) -> Iterator[tuple[str, int]]:
    """Code right below a paragraph, and tags in the rows of tables."""
    tags, end = "<" in doc.source.text, -1
    for token in doc.shallow_tokens:
        if token.type == "paragraph_open" and token.map:
            end = token.map[1]
        elif token.type == "code_block" and token.map and token.map[0] == end:
            yield "GitHub shows an indented line right below a quote as text", end + 1
        elif tags and token.type == "table_open" and token.map:
            for line in range(token.map[0] + 3, token.map[1] + 1):
                if _is_lone_tag(doc.lines.line(line)):
                    yield "GitHub ends a table above a tag that has a line to itself", line


def _below_containers(doc: Document) -> Iterator[tuple[str, int]]:
    """Tags on a line of their own in a paragraph of a container, without its indent or `>`."""
    if "<" not in doc.source.text:
        return
    containers: list[Token] = []
    for token in doc.shallow_tokens:
        if token.type in _CONTAINERS:
            containers.append(token)
        elif token.type in _ENDS:
            containers.pop()
        elif containers and token.type == "inline" and "<" in token.content:
            assert token.map is not None
            lines = range(token.map[0] + 1, token.map[1])
            tags = [at for at in lines if _is_lone_tag(doc.lines.line(at + 1))]
            widths = _widths(doc, containers) if tags else None
            if widths and (at := _first_outside(doc, tags, containers, widths)):
                yield "GitHub ends the list or quote above a tag that has a line to itself", at + 1


def _is_lone_tag(line: str) -> bool:
    """Whether *line* begins an HTML block that cannot interrupt a paragraph."""
    line = line.lstrip(" \t>").rstrip()
    if line[:1] != "<" or line[-1:] != ">":
        return False
    return not next((below for start, _, below in HTML_SEQUENCES if start.search(line)), True)


def _first_outside(
    doc: Document, lines: list[int], containers: list[Token], widths: list[int]
) -> int | None:
    """The first of *lines*, from 0, that lacks the indent or `>` of one of *containers*.

    Lines that are indented like code, after the containers that they belong to, do not count.
    """
    for at in lines:
        rest, outside = _without(doc, at, containers, widths)
        if outside and _indent(rest) < _CODE_INDENT:
            return at
    return None


def _widths(doc: Document, containers: list[Token]) -> list[int] | None:
    """The columns by which each of *containers*, except quotes, indents its lines."""
    widths: list[int] = []
    for depth, each in enumerate(containers):
        width = _CODE_INDENT
        if each.type == "list_item_open" and each.map:
            before, _ = _without(doc, each.map[0], containers[:depth], widths)
            marker = _MARKER.match(before)
            if marker is None:
                return None
            space = len(marker[2]) if marker[3] and len(marker[2]) <= _CODE_INDENT else 1
            width = len(marker[1]) + space
        widths.append(width)
    return widths


def _without(
    doc: Document, at: int, containers: list[Token], widths: list[int]
) -> tuple[str, bool]:
    """The line *at* without the prefixes of *containers*, and whether it lacks one of them."""
    line = doc.lines.line(at + 1).expandtabs(4)
    for each, width in zip(containers, widths, strict=True):
        indent = _indent(line)
        if each.type in _QUOTES:
            if indent >= _CODE_INDENT or line[indent : indent + 1] != ">":
                return line, True
            line = line[indent + 1 :].removeprefix(" ")
        elif each.type == _NOTE and each.map and each.map[0] == at:
            label = _LABEL.match(line)
            line = line[label.end() :] if label else line
        elif indent < width and not (each.map and each.map[0] == at):
            return line, True
        else:
            line = line[width:]
    return line, False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
