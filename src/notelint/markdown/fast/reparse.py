"""Parsing a text after an edit: only the blocks around the edit are parsed again.

Blocks are parsed from top to bottom. A top-level block depends on its lines, and its end depends at
most on the lines up to the first blank one below the start of the next block. So blocks far enough
above the edit are unchanged. Below the edit, once the parser arrives at the start of a former
block, everything from there on is unchanged except for its place.

Inline content depends on the definitions of the whole text and, with footnotes, on the text before
it. If an edit may change these, the whole text is parsed again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from notelint.markdown.definitions import DEFINITIONS, Definition
from notelint.markdown.fast import AT_ONCE
from notelint.markdown.fast.changed_lines import ChangedLines, changed_lines
from notelint.markdown.fast.lazy_inline import UNFINISHED, inline
from notelint.markdown.fast.states import FastBlockState, normalize
from notelint.markdown.fast.table_row import reparse_row
from notelint.markdown.front_matter import MARKS
from notelint.markdown.source_map import SOURCE_MAP
from notelint.markdown.upstream import StateCore
from notelint.text.source import Span, starts_of
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notelint.markdown.upstream import MarkdownIt, StateBlock, Token

    Env = dict[str, Any]

_FOOTNOTES, _REFERENCES, _DUPLICATES = "footnotes", "references", "duplicate_refs"


class Blocks(NamedTuple):
    """The top-level blocks of a text: their first lines, and the indexes of their first tokens.

    A definition is a block without tokens: it has the index of the next block.
    """

    lines: list[int]
    tokens: list[int]


class Reparsed(NamedTuple):
    """The tokens of a text after an edit, and the environment of the parse.

    The first ``above`` tokens are those before the edit, and so are the last ones, which began at
    the index ``below``; the latter were moved down by ``lines``. ``definitions`` are the numbers of
    unchanged definitions above and below the edit. ``blocks`` are for the next edit.
    """

    tokens: list[Token]
    env: Env
    blocks: Blocks
    above: int
    below: int
    lines: int
    definitions: tuple[int, int]


def blocks_of(text: str, md: MarkdownIt, tokens: Sequence[Token], env: Env) -> Blocks:
    """The blocks of *text*, which the fast path of *md* parsed into *tokens* and *env*."""
    starts = starts_of(_normalized(text, md).split("\n")) if DEFINITIONS in env else []
    return _blocks(tokens, env, starts)


def _blocks(tokens: Sequence[Token], env: Env, starts: list[int]) -> Blocks:
    """The blocks of *tokens* and the definitions of *env*, in a text whose lines have *starts*."""
    defined = [bisect_right(starts, each.span.start) - 1 for each in env.get(DEFINITIONS, ())]
    lines, firsts, stop = list[int](), list[int](), 0
    defined.reverse()
    for at, each in enumerate(tokens):
        if each.map and not each.level:
            while defined and defined[-1] < each.map[0]:
                if (line := defined.pop()) >= stop:  # not inside a list or quote
                    lines.append(line)
                    firsts.append(at)
            lines.append(each.map[0])
            firsts.append(at)
            stop = each.map[1]
    rest = [line for line in reversed(defined) if line >= stop]
    return Blocks([*lines, *rest], [*firsts, *[len(tokens)] * len(rest)])


def reparse(
    old: str, new: str, md: MarkdownIt, tokens: list[Token], env: Env, blocks: Blocks
) -> Reparsed | None:
    """Parse *new*, an edit of *old*, with *md*; *old* had *tokens*, *env* and *blocks*.

    None if the whole text must be parsed. Otherwise *tokens* below the edit are moved in place, and
    are not valid for *old* any more.
    """
    if UNFINISHED not in env or AT_ONCE in env or _DUPLICATES in env:
        return None
    if new.startswith("{") or old.startswith("{"):
        return None
    if new.startswith(MARKS) and not (tokens and tokens[0].type == "front_matter"):
        return None
    old, new = (_normalized(each, md) for each in (old, new))
    edit = changed_lines(old, new)
    by = _Shift(edit.last_after - edit.last_before, len(new) - len(old))
    found: Env = {}
    state = FastBlockState(new, md, found, [])
    window = _reparse_row(state, edit, tokens, blocks) or _reparse_blocks(
        state, edit, by, old, tokens, blocks
    )
    (from_line, line_before), (first, last), (begin, end) = window
    to_line = line_before + by.lines
    start = state.bMarks[from_line] if from_line else 0
    stop = state.bMarks[min(to_line, len(state.bMarks) - 1)]
    old_stop = stop - by.characters
    if "[^" in new[start:stop] or "[^" in old[start:old_stop]:
        return None
    definitions = env.get(DEFINITIONS, [])
    same = bisect_left(definitions, start, key=_start)
    rest = bisect_left(definitions, old_stop, key=_start)
    around = _inline_env(env, found, range(from_line, line_before), range(same, rest), by)
    if around is None:
        return None
    inline(StateCore("", md, around, state.tokens))
    lower = tokens[end:]
    by.move(lower)
    own, more = _blocks(state.tokens, found, state.bMarks), len(state.tokens) - (end - begin)
    lines = [*blocks.lines[:first], *own.lines, *(each + by.lines for each in blocks.lines[last:])]
    firsts = [
        *blocks.tokens[:first],
        *(each + begin for each in own.tokens),
        *(each + more for each in blocks.tokens[last:]),
    ]
    made = [*tokens[:begin], *state.tokens, *lower]
    kept = same, len(definitions) - rest
    return Reparsed(made, around, Blocks(lines, firsts), begin, end, by.lines, kept)


class _Window(NamedTuple):
    """The part to parse again, as ranges before the edit, ends exclusive.

    The ranges are of ``lines``, and of indexes of ``blocks`` and ``tokens``.
    """

    lines: tuple[int, int]
    blocks: tuple[int, int]
    tokens: tuple[int, int]


def _reparse_row(
    state: StateBlock, edit: ChangedLines, tokens: list[Token], blocks: Blocks
) -> _Window | None:
    """Parse again the row of a table that contains *edit*; None if no single row does.

    This saves a quarter of the time of an edit in a table of 93 rows.
    """
    line = edit.first
    if not line == edit.last_before == edit.last_after:
        return None
    last = bisect_right(blocks.lines, line)
    if not last:
        return None
    begin, *rest = [*blocks.tokens[last - 1 : last + 1], len(tokens)]
    row = reparse_row(state, line, tokens, begin, rest[0]) if begin < len(tokens) else None
    if row is None:
        return None
    _Shift(row.lines, row.characters).move(row.tokens)
    state.tokens = row.tokens
    return _Window((line, line + 1), (last, last), (row.begin, row.end))


def _reparse_blocks(
    state: StateBlock, edit: ChangedLines, by: _Shift, old: str, tokens: list[Token], blocks: Blocks
) -> _Window:
    """Parse again the blocks around *edit*."""
    first = _first_block(state, edit.first, blocks.lines)
    from_line, begin = (blocks.lines[first], blocks.tokens[first]) if first else (0, 0)
    below = bisect_right(blocks.lines, edit.last_before)
    last = _tokenize(state, from_line, blocks.lines, below, by.lines)
    # at the end, the difference of lines may also come from a line end at the end of the text
    line_before, end = old.count("\n") + 1, len(tokens)
    if last < len(blocks.lines):
        line_before, end = blocks.lines[last], blocks.tokens[last]
    return _Window((from_line, line_before), (first, last), (begin, end))


def _normalized(text: str, md: MarkdownIt) -> str:
    state = StateCore(text, md, {})
    normalize(state)
    return state.src


def _first_block(state: StateBlock, line: int, lines: list[int]) -> int:
    """The number of unchanged blocks at the top, of those that begin on *lines*.

    *line* is the first line that the edit changes.
    """
    while line > 0 and not state.isEmpty(line - 1):
        line -= 1
    return max(bisect_left(lines, line - 1) - 1, 0)


def _tokenize(state: StateBlock, line: int, lines: list[int], below: int, shift: int) -> int:
    """Parse blocks from *line* on, up to the start of a former block; return the index of that.

    Former blocks began on *lines*, which are *shift* lines further down now; only those from the
    index *below* on count. At the end of the text, return their number.
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


def _inline_env(old: Env, found: Env, lines: range, window: range, by: _Shift) -> Env | None:
    """The environment for inline content after an edit; None if the edit changes definitions.

    *old* is the environment before, *found* that of the blocks parsed again, which were on *lines*
    and had the definitions at the indexes *window*. Definitions below them move *by* so much.
    """
    definitions, again = old.get(DEFINITIONS, []), found.get(DEFINITIONS, [])
    first, last = window.start, window.stop
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
    """A move by a number of lines and characters."""

    lines: int
    characters: int

    def definition(self, moved: Definition) -> Definition:
        """The definition *moved* at its new place."""
        spans = (
            Span(each.start + self.characters, each.end + self.characters) for each in moved[2:]
        )
        return Definition(*moved[:2], *spans)

    def move(self, tokens: Iterable[Token]) -> None:
        """Move *tokens* in place, and so the elements made of them, which share source maps.

        Copying both would take a fifth of the time of an edit in the middle of a long note.
        """
        lines, characters = self
        for each in tokens if characters else ():
            if each.meta and (source := each.meta.get(SOURCE_MAP)):
                source.move(characters)
        for each in tokens if lines else ():
            if each.map:
                each.map = [line + lines for line in each.map]
