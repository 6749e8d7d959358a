"""Source maps of blocks: from offsets in a block's content to offsets in the source.

The ``content`` of a block token differs from the source: each line loses its container prefix
(``> ``, list indent), a table cell loses its pipes and the backslash of every ``\\|``, and the
result is trimmed. While block rules run, ``StateBlock`` knows where each line begins; so a wrapper
around each rule stores a :class:`SourceMap` in ``token.meta`` right after it. Each map is checked
against the content of its token. If the check fails, the token gets no map and nothing in it is
reported: no position is better than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from sys import maxsize
from typing import TYPE_CHECKING

from notelint.markdown.upstream import MD_TRIM_CHARS, isStrSpace
from notelint.text.source import LineIndex, Span

if TYPE_CHECKING:
    from notelint.markdown.upstream import BlockRule, MarkdownIt, StateBlock, Token

    Runs = list[tuple[int, int]]

SOURCE_MAP = "notelint.source_map"


class SourceMap:
    """A map from content offsets to source offsets.

    ``runs`` are the starts of pieces that the parser copied verbatim, as pairs of a content offset
    and a source offset: at least one, sorted by both. Source offsets refer to the text as the
    parser normalizes it, where CRLF is one character (see ``LineIndex.original``). The first run
    may begin after 0, after spaces made from a tab, or before 0, in trimmed whitespace.
    """

    __slots__ = ("runs",)

    def __init__(self, runs: Runs) -> None:
        self.runs = runs

    def start(self, offset: int) -> int:
        """The source offset of the character at *offset*."""
        begin, source = self.runs[max(bisect_right(self.runs, (offset, maxsize)) - 1, 0)]
        # spaces before the first run come from a tab and have no source offset
        return source + max(offset - begin, 0)

    def end(self, offset: int) -> int:
        """The source offset of an exclusive end: right after the last character.

        The next character may be on another line, after its prefix.
        """
        return self.start(offset - 1) + 1

    def move(self, characters: int) -> None:
        """Move all source offsets, after text above them was inserted or removed."""
        self.runs = [(begin, source + characters) for begin, source in self.runs]


class MappedText:
    """The content of a block with its source map."""

    __slots__ = ("content", "index", "source_map")

    def __init__(self, content: str, source_map: SourceMap, index: LineIndex) -> None:
        self.content = content
        self.source_map = source_map
        self.index = index

    def span(self, start: int, end: int) -> Span:
        """The span of ``content[start:end]`` in the text on disk."""
        index, runs = self.index, self.source_map.runs
        if index.exact and len(runs) == 1 and start >= runs[0][0]:  # nearly always
            shift = runs[0][1] - runs[0][0]
            return Span._make((start + shift, (end if end > start else start) + shift))
        first = index.original(self.source_map.start(start))
        if end <= start:
            return Span(first, first)
        return Span(first, index.original(self.source_map.end(end) - 1) + 1)


def mapped_text(token: Token, index: LineIndex) -> MappedText | None:
    """The content of an ``inline`` or ``html_block`` token; None if it has no source map."""
    source_map = token.meta.get(SOURCE_MAP)
    return MappedText(token.content, source_map, index) if source_map else None


def install(md: MarkdownIt) -> None:
    """Make the block rules of *md* store source maps; call this after all plugins."""
    for rule in list(md.block.ruler.__rules__):
        if rule.name in _MAPPERS:
            wrapped = _mapping(rule.fn, _MAPPERS[rule.name])
            md.block.ruler.at(rule.name, wrapped, {"alt": rule.alt})  # at() drops alt otherwise


def _mapping(rule: BlockRule, mapper: Callable[[StateBlock, list[Token]], None]) -> BlockRule:
    """*rule*, followed by *mapper* on the tokens that it pushed."""

    def mapping(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        mark = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            mapper(state, state.tokens[mark:])
        return True

    return mapping


def map_lines(state: StateBlock, new: list[Token]) -> None:
    """Map a block of whole lines; *new* are its opening, content and closing token."""
    _store_trimmed(new[1], *_line_runs(state, new[1].map, state.blkIndent))


def _heading(state: StateBlock, new: list[Token]) -> None:
    """Map an ATX heading, whose text is on one line after the marker."""
    opening, inline = new[:2]
    assert opening.map is not None
    line = opening.map[0]
    start = state.bMarks[line] + state.tShift[line] + len(opening.markup)
    rest = state.src[start : state.eMarks[line]]
    start += len(rest) - len(rest.lstrip(MD_TRIM_CHARS)) if inline.content else 0
    if state.src.startswith(inline.content, start):
        inline.meta[SOURCE_MAP] = SourceMap([(0, start)])


def _html(state: StateBlock, new: list[Token]) -> None:
    """Map an HTML block, whose content is its whole lines."""
    runs, text = _line_runs(state, new[0].map, state.blkIndent)
    if new[0].content.startswith(text):
        new[0].meta[SOURCE_MAP] = SourceMap(runs)


def _line_runs(state: StateBlock, lines: list[int] | None, indent: int) -> tuple[Runs, str]:
    """The runs that ``StateBlock.getLines`` copies, and the text that it returns.

    A tab that is partly in the indent becomes spaces, which are in no run.
    """
    runs: Runs = []
    pieces: list[str] = []
    length = 0
    begin, end = lines or (0, 0)
    for line in range(begin, end):
        first, last = state.bMarks[line], state.eMarks[line] + (line + 1 < end)
        first, width = _indented(state, line, first, last, indent)
        if width > indent:
            pieces.append(" " * (width - indent))
            length += width - indent
            runs.append((length, first))
        elif not runs or runs[-1][1] + length - runs[-1][0] != first:
            runs.append((length, first))
        pieces.append(state.src[first:last])
        length += last - first
    return runs, "".join(pieces)


def _indented(state: StateBlock, line: int, pos: int, end: int, indent: int) -> tuple[int, int]:
    """The offset in *line* after *indent* columns, and the number of columns skipped."""
    start, width = pos, 0
    while pos < end and width < indent:
        char = state.src[pos]
        if isStrSpace(char):
            width += 4 - (width + state.bsCount[line]) % 4 if char == "\t" else 1
        elif pos - start < state.tShift[line]:
            width += 1  # the marker of a container, which is within the indent
        else:
            break
        pos += 1
    return pos, width


def _store_trimmed(token: Token, runs: Runs, text: str) -> None:
    """Store *runs* on *token*, shifted by the whitespace that the parser trimmed."""
    if text.strip(MD_TRIM_CHARS) != token.content:
        return
    if lead := len(text) - len(text.lstrip(MD_TRIM_CHARS)):
        runs = [(start - lead, source) for start, source in runs]
    token.meta[SOURCE_MAP] = SourceMap(runs)


def _table(state: StateBlock, new: list[Token]) -> None:
    """Map the cells of a table, row by row."""
    cells: list[tuple[Runs, str]] = []
    for token in new:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
            base = state.bMarks[line] + state.tShift[line]
            raw = state.src[base : state.eMarks[line]]
            row = raw.strip(MD_TRIM_CHARS)
            cells = _split_row(row, base + len(raw) - len(raw.lstrip(MD_TRIM_CHARS)))
            if cells and not cells[0][1]:
                del cells[0]
            if cells and not cells[-1][1]:
                del cells[-1]
            cells.reverse()
        elif token.type == "inline" and cells:
            runs, text = cells.pop()
            _store_trimmed(token, runs, text)


def _split_row(row: str, base: int) -> list[tuple[Runs, str]]:
    """The runs and text of each cell of *row*, as the parser splits it. *row* begins at *base*."""
    cells: list[tuple[Runs, str]] = []
    if "\\" not in row:  # nearly always
        for cell in row.split("|"):
            cells.append(([(0, base)], cell))
            base += len(cell) + 1
        return cells
    runs: Runs = [(0, base)]
    pieces: list[str] = []
    length = last = 0
    escaped = False
    for pos, char in enumerate(row):
        if char == "|":
            piece = row[last : pos - escaped]
            pieces.append(piece)
            if escaped:  # the backslash is removed, and the pipe begins a run
                length += len(piece)
                runs.append((length, base + pos))
                last = pos
            else:
                cells.append((runs, "".join(pieces)))
                runs, pieces, length, last = [(0, base + pos + 1)], [], 0, pos + 1
        escaped = char == "\\"
    pieces.append(row[last:])
    cells.append((runs, "".join(pieces)))
    return cells


_MAPPERS: dict[str, Callable[[StateBlock, list[Token]], None]] = {
    "table": _table,
    "heading": _heading,
    "lheading": map_lines,
    "paragraph": map_lines,
    "html_block": _html,
}
