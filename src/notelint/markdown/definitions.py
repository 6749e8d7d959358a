"""Reference definitions with their positions.

The parser makes no token for a definition, so a wrapper around its rule stores definitions in the
environment of the parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notelint.markdown.inline_spans import skip_space
from notelint.markdown.source_map import SourceMap
from notelint.markdown.upstream import normalizeReference
from notelint.text.source import LineIndex, Span
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, MarkdownIt, StateBlock

DEFINITIONS = "notelint.definitions"


class Definition(NamedTuple):
    """``[label]: destination "title"`` with the spans of it, its label and its destination.

    ``key`` is the normalized label (CommonMark, 4.7), ``target`` the decoded destination. The
    span ``destination`` is without the ``<`` and ``>`` around it.
    """

    key: str
    target: str
    span: Span
    label: Span
    destination: Span


def install(md: MarkdownIt) -> None:
    """Make the block rule ``reference`` of *md* record definitions."""
    for rule in list(md.block.ruler.__rules__):
        if rule.name == "reference":
            md.block.ruler.at(rule.name, _recording(rule.fn), {"alt": rule.alt})


def _recording(rule: BlockRule) -> BlockRule:
    def recording(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not rule(state, start, end, silent):
            return False
        if not silent:
            record(state, _definition(state, start))
        return True

    return recording


def record(state: StateBlock, definition: Definition) -> None:
    """Add *definition*, with offsets in the text as parsed, to the environment of the parse."""
    state.env.setdefault(DEFINITIONS, []).append(definition)


def definitions(env: dict[str, Any], index: LineIndex) -> list[Definition]:
    """The definitions of a parse in document order, with spans in the text on disk."""

    def on_disk(span: Span) -> Span:
        return Span(index.original(span.start), index.original(span.end - 1) + 1)

    found: list[Definition] = env.get(DEFINITIONS, [])
    if index.exact:
        return found
    return [Definition(*each[:2], *map(on_disk, each[2:])) for each in found]


def label_key(label: str) -> str:
    """*label* normalized for comparison: case folded, whitespace collapsed."""
    return normalizeReference(label)


def _definition(state: StateBlock, start: int) -> Definition:
    """The definition that the rule has just matched, from line *start* to ``state.line``."""
    runs, pieces, length = [], [], 0
    for line in range(start, state.line):
        first = state.bMarks[line] + state.tShift[line]
        runs.append((length, first))
        pieces.append(state.src[first : state.eMarks[line] + 1])
        length += len(pieces[-1])
    text, source_map = "".join(pieces), SourceMap(runs)

    def span(begin: int, end: int) -> Span:
        return Span(source_map.start(begin), source_map.end(end))

    close = _label_end(text)
    helpers = state.md.helpers
    begin = skip_space(text, close + 2, len(text))
    parsed = helpers.parseLinkDestination(text, begin, len(text))
    quote = skip_space(text, parsed.pos, len(text))
    title = helpers.parseLinkTitle(text, quote, len(text), None) if quote > parsed.pos else None
    end = title.pos if title and title.ok else parsed.pos
    bracket = text.startswith("<", begin)
    return Definition(
        key=label_key(text[1:close]),
        target=parsed.str,
        span=span(0, end),
        label=span(1, close),
        destination=span(begin + bracket, parsed.pos - bracket),
    )


def _label_end(text: str) -> int:
    close = 1
    while text[close] != "]":
        close += 2 if text[close] == "\\" else 1
    return close
