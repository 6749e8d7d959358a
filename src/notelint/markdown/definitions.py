"""Reference definitions: no token exists for them, so the wrapped rule keeps them apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import normalizeReference

from notelint.text.lines import LineIndex
from notelint.text.named import NamedTuple
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

KEY = "notelint.definitions"


class Definition(NamedTuple):
    """``[label]: destination "title"``, with the spans of what is in it but for the title.

    ``key`` is the label as labels are compared (CommonMark, 4.7), ``target`` the destination
    decoded; the span ``destination`` leaves out a ``<`` and ``>`` around it.
    """

    key: str
    target: str
    span: Span
    label: Span
    destination: Span


def recording(rule: BlockRule) -> BlockRule:
    """The ``reference`` rule, which now also notes where the parts of a definition are."""

    def recorded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not rule(state, start, end, silent):
            return False
        if not silent:
            record(state, _definition(state, start))
        return True

    return recorded


def record(state: StateBlock, definition: Definition) -> None:
    """Keep *definition* in the environment of the parse."""
    state.env.setdefault(KEY, []).append(definition)


def definitions(env: dict[str, Any], index: LineIndex) -> list[Definition]:
    """The definitions of a parse, in document order, with spans in the text on disk."""

    def on_disk(span: Span) -> Span:
        return Span(index.original(span.start), index.original(span.end - 1) + 1)

    found: list[Definition] = env.get(KEY, [])
    if index.exact:
        return found
    return [Definition(*each[:2], *map(on_disk, each[2:])) for each in found]


def label_key(label: str) -> str:
    """*label* as labels are compared: without case, with its white space run together."""
    return normalizeReference(label)


def _definition(state: StateBlock, start: int) -> Definition:
    """The definition that just matched; ``state.line`` is its end."""
    starts, pieces, length = [], [], 0
    for line in range(start, state.line):
        first = state.bMarks[line] + state.tShift[line]
        starts.append((length, first))
        pieces.append(state.src[first : state.eMarks[line] + 1])
        length += len(pieces[-1])
    text = "".join(pieces)

    def at(offset: int) -> int:
        run = next(run for run in reversed(starts) if run[0] <= offset)
        return run[1] + offset - run[0]

    def span(begin: int, end: int) -> Span:
        return Span(at(begin), at(end - 1) + 1)

    close = _label_end(text)
    helpers = state.md.helpers
    begin = _skip_space(text, close + 2)
    parsed = helpers.parseLinkDestination(text, begin, len(text))
    quote = _skip_space(text, parsed.pos)
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


def _skip_space(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in " \t\n":
        pos += 1
    return pos
