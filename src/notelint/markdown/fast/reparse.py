"""The parse of a text after an edit: only the blocks around the edit are parsed again.

Blocks are read from top to bottom. What a block outside of others is depends on its lines, and its
end on no more than the lines up to the first blank one below the start of the next block. So blocks
far enough above the edit stay as they are. Below it, the parser has only to arrive at the start of
a block of before: from there on all is the same, at another place.

What inline content is depends on the definitions of the whole text and, with footnotes, on what
comes before. Where an edit may change these, all is parsed anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from notelint.markdown.definitions import KEY as DEFINITIONS
from notelint.markdown.definitions import Definition
from notelint.markdown.fast import AT_ONCE
from notelint.markdown.fast.lazy_inline import UNFINISHED, inline
from notelint.markdown.fast.states import FastBlockState, copied, normalize
from notelint.markdown.front_matter import MARKS
from notelint.markdown.source_map import KEY, SourceMap
from notelint.markdown.upstream import StateCore
from notelint.text.source import Span
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notelint.markdown.upstream import MarkdownIt, StateBlock, Token

    Env = dict[str, Any]

_FOOTNOTES, _REFERENCES, _DUPLICATES = "footnotes", "references", "duplicate_refs"


class Blocks(NamedTuple):
    """The blocks of a text that are in no other: their first lines, and their first tokens."""

    lines: list[int]
    tokens: list[int]


class Reparsed(NamedTuple):
    """The tokens of a text after an edit, and the environment of the parse.

    The first ``shared`` tokens are those of before. ``blocks`` are for the next edit.
    """

    tokens: list[Token]
    env: Env
    blocks: Blocks
    shared: int


class _Edit(NamedTuple):
    """The first line that an edit changes, and the last one before and after it, from 0."""

    first: int
    last_before: int
    last_after: int


def blocks_of(tokens: Sequence[Token]) -> Blocks:
    """The blocks of *tokens*."""
    lines, firsts = [], []
    for at, each in enumerate(tokens):
        if each.map and not each.level:
            lines.append(each.map[0])
            firsts.append(at)
    return Blocks(lines, firsts)


def reparse(
    old: str, new: str, md: MarkdownIt, tokens: list[Token], env: Env, blocks: Blocks
) -> Reparsed | None:
    """The parse by *md* of *new*, a text that was *old* and had *tokens*, *env* and *blocks*.

    None where that takes a parse of the whole text.
    """
    if UNFINISHED not in env or AT_ONCE in env or _DUPLICATES in env:
        return None
    if new.startswith("{") or old.startswith("{"):
        return None
    if new.startswith(MARKS) and not (tokens and tokens[0].type == "front_matter"):
        return None
    old, new = (_normalized(each, md) for each in (old, new))
    edit = _edit(old, new)
    found: Env = {}
    state = FastBlockState(new, md, found, [])
    first = _first_block(state, edit.first, blocks.lines)
    from_line = blocks.lines[first] if first else 0
    by = _Shift(edit.last_after - edit.last_before, len(new) - len(old))
    below = bisect_right(blocks.lines, edit.last_before)
    last = _tokenize(state, from_line, blocks.lines, below, by.lines)
    # after the last block, the numbers of lines also differ by a line end at the end of the text
    to_line, line_before = len(state.bMarks) - 1, old.count("\n") + 1
    if last < len(blocks.lines):
        to_line, line_before = blocks.lines[last] + by.lines, blocks.lines[last]
    start, stop = state.bMarks[from_line] if first else 0, state.bMarks[to_line]
    window = Span(start, stop - by.characters)
    if "[^" in new[start:stop] or "[^" in old[window.start : window.end]:
        return None
    around = _around(env, found, range(from_line, line_before), window, by)
    if around is None:
        return None
    inline(StateCore("", md, around, state.tokens))
    begin = blocks.tokens[first] if first else 0
    end = blocks.tokens[last] if last < len(blocks.tokens) else len(tokens)
    rest = [by.token(each) for each in tokens[end:]] if any(by) else tokens[end:]
    own, more = blocks_of(state.tokens), len(state.tokens) - (end - begin)
    lines = [*blocks.lines[:first], *own.lines, *(each + by.lines for each in blocks.lines[last:])]
    firsts = [
        *blocks.tokens[:first],
        *(each + begin for each in own.tokens),
        *(each + more for each in blocks.tokens[last:]),
    ]
    return Reparsed([*tokens[:begin], *state.tokens, *rest], around, Blocks(lines, firsts), begin)


def _normalized(text: str, md: MarkdownIt) -> str:
    state = StateCore(text, md, {})
    normalize(state)
    return state.src


def common_start(old: str, new: str) -> int:
    """The number of characters at the start that are the same."""
    return _most(min(len(old), len(new)), lambda size: old.startswith(new[:size]))


def _edit(old: str, new: str) -> _Edit:
    same = common_start(old, new)
    rest = min(len(old), len(new)) - same
    below = _most(rest, lambda size: size == 0 or old.endswith(new[-size:]))
    return _Edit(
        new.count("\n", 0, same),
        old.count("\n", 0, len(old) - below),
        new.count("\n", 0, len(new) - below),
    )


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to *limit* for which *holds*, which does for all below it."""
    low = 0
    while low < limit:
        middle = (low + limit + 1) // 2
        if holds(middle):
            low = middle
        else:
            limit = middle - 1
    return low


def _first_block(state: StateBlock, line: int, lines: list[int]) -> int:
    """The number of blocks at the top, of those that begin on *lines*, that an edit leaves.

    *line* is the first one that it changes.
    """
    while line > 0 and not state.isEmpty(line - 1):
        line -= 1
    return max(bisect_left(lines, line - 1) - 1, 0)


def _tokenize(state: StateBlock, line: int, lines: list[int], below: int, shift: int) -> int:
    """Read blocks from *line* on, up to one of those that began on *lines*.

    That is the one at *below* or a later one, *shift* lines further down now. Return which, or the
    number of all of them at the end of the text.
    """
    rules = state.md.block.ruler.getRules("")
    while True:
        state.line = line = state.skipEmptyLines(line)
        if line >= state.lineMax:
            return len(lines)
        while below < len(lines) and lines[below] + shift < line:
            below += 1
        if below < len(lines) and lines[below] + shift == line:
            return below
        if not any(rule(state, line, state.lineMax, False) for rule in rules):
            raise RuntimeError("no rule takes the line")
        line = state.line


def _around(old: Env, found: Env, lines: range, window: Span, by: _Shift) -> Env | None:
    """The environment of inline content after an edit; None if that changes what is defined.

    *old* is the one before, *found* has what is defined in the blocks that are read again, which
    were on *lines* and had the span *window*. What is below them moves *by* so much.
    """
    definitions, again = old.get(DEFINITIONS, []), found.get(DEFINITIONS, [])
    first = bisect_left(definitions, window.start, key=_start)
    last = bisect_left(definitions, window.end, key=_start)
    if _DUPLICATES in found or [each[:2] for each in definitions[first:last]] != [
        each[:2] for each in again
    ]:
        return None
    env: Env = {UNFINISHED: True}
    if _FOOTNOTES in old:
        env[_FOOTNOTES] = old[_FOOTNOTES]
    if DEFINITIONS in old:
        below = [by.definition(each) for each in definitions[last:]]
        env[DEFINITIONS] = [*definitions[:first], *again, *below]
    if _REFERENCES in old:
        env[_REFERENCES] = references = dict(old[_REFERENCES])
        for label, about in references.items():
            line = about["map"][0]
            if line >= lines.stop:
                references[label] = {**about, "map": [each + by.lines for each in about["map"]]}
            elif line in lines:
                references[label] = found[_REFERENCES][label]
                if references[label]["title"] != about["title"]:
                    return None
    return env


def _start(definition: Definition) -> int:
    return definition.span.start


class _Shift(NamedTuple):
    """How far something moves: by so many lines and characters."""

    lines: int
    characters: int

    def definition(self, moved: Definition) -> Definition:
        """The definition that *moved*."""
        spans = (
            Span(each.start + self.characters, each.end + self.characters) for each in moved[2:]
        )
        return Definition(*moved[:2], *spans)

    def token(self, moved: Token) -> Token:
        """The token that *moved*; it shares its children with that."""
        source = moved.meta.get(KEY)
        if source is None and not (self.lines and moved.map):
            return moved
        made = copied(moved)
        made.meta = {**moved.meta}
        made.map = moved.map and [each + self.lines for each in moved.map]
        if UNFINISHED in made.meta:
            made.meta[UNFINISHED] = True  # two tokens cannot join the texts of one list
        if source is not None:
            runs = [(content, start + self.characters) for content, start in source.runs]
            made.meta[KEY] = SourceMap(runs)
        return made
