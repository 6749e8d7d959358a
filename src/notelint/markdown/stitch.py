"""Where a block's content comes from: the block half of exact positions.

A block token's ``content`` is stitched together: each source line loses its container prefix
(``> ``, list indent), a table cell loses its pipes and the backslash of every ``\\|``, the result
is trimmed. Block rules run while ``StateBlock`` still knows where each line begins, so a wrapper
around the rule notes a :class:`Stitch` (content offset to source offset) there and then, in
``token.meta``. Each is checked against the token's content as it is made. What does not check out
gets no stitch, and nothing inside it is reported: rather silent than in the wrong place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from sys import maxsize
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS, isStrSpace

from notelint.markdown import definitions
from notelint.text.lines import LineIndex
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    Runs = list[tuple[int, int]]

KEY = "notelint.stitch"


class Stitch:
    """Content offset to source offset, as runs of characters copied verbatim."""

    __slots__ = ("runs",)

    def __init__(self, runs: Runs) -> None:
        self.runs = runs

    def start(self, offset: int) -> int:
        """Where the character at *offset* comes from."""
        begin, source = self.runs[max(bisect_right(self.runs, (offset, maxsize)) - 1, 0)]
        # in front of the first run are spaces that a tab became: they were never in the source
        return source + max(offset - begin, 0)

    def end(self, offset: int) -> int:
        """An exclusive end: behind the character before, not before the next line's prefix."""
        return self.start(offset - 1) + 1


class Stitched:
    """A token's content together with the way back to the text on disk."""

    __slots__ = ("content", "index", "stitch")

    def __init__(self, content: str, stitch: Stitch, index: LineIndex) -> None:
        self.content = content
        self.stitch = stitch
        self.index = index

    def span(self, start: int, end: int) -> Span:
        """Where ``content[start:end]`` is on disk."""
        stitch, index = self.stitch, self.index
        if index.exact and len(stitch.runs) == 1 and start >= stitch.runs[0][0]:  # as nearly always
            shift = stitch.runs[0][1] - stitch.runs[0][0]
            return Span._make((start + shift, max(start, end) + shift))
        first = index.original(stitch.start(start))
        if end <= start:
            return Span(first, first)
        return Span(first, index.original(stitch.end(end) - 1) + 1)


def stitched(token: Token, index: LineIndex) -> Stitched | None:
    """The way back for an ``inline`` or ``html_block`` token, where there is one."""
    stitch = token.meta.get(KEY)
    return Stitched(token.content, stitch, index) if stitch else None


def record(md: MarkdownIt) -> None:
    """Make the block rules of *md* note their stitches; call once all plugins are in."""
    for rule in list(md.block.ruler.__rules__):
        if rule.name in _STITCHERS:
            wrapped = _stitching(rule.fn, _STITCHERS[rule.name])
        elif rule.name == "reference":
            wrapped = definitions.recording(rule.fn)
        else:
            continue
        md.block.ruler.at(rule.name, wrapped, {"alt": rule.alt})  # at() drops alt unless told


def _stitching(rule: BlockRule, stitch: Callable[[StateBlock, list[Token]], None]) -> BlockRule:
    def stitching(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        mark = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            stitch(state, state.tokens[mark:])
        return True

    return stitching


def of_lines(state: StateBlock, new: list[Token]) -> None:
    """Note where a block of whole lines comes from, whose opening, content and end are *new*."""
    inline = new[1]
    if not _verbatim(state, inline):
        _trimmed(inline, *_line_runs(state, inline.map, state.blkIndent))


def _html(state: StateBlock, new: list[Token]) -> None:
    runs, text = _line_runs(state, new[0].map, state.blkIndent)
    if new[0].content.startswith(text):
        new[0].meta[KEY] = Stitch(runs)


def _verbatim(state: StateBlock, inline: Token) -> bool:
    """One run, when the content is in the source as it stands: most blocks, and fast."""
    if inline.map is None:
        return False
    src, line = state.src, inline.map[0]
    start = state.bMarks[line] + state.tShift[line]
    while start < state.eMarks[line] and src[start] in MD_TRIM_CHARS:
        start += 1
    if not src.startswith(inline.content, start):
        return False
    inline.meta[KEY] = Stitch([(0, start)])
    return True


def _line_runs(state: StateBlock, lines: list[int] | None, indent: int) -> tuple[Runs, str]:
    """What ``StateBlock.getLines`` copies, as runs, with the text that it would return.

    A tab that the indent consumes only in part becomes spaces, which belong to no run.
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
    """Where *line* goes on behind *indent* columns, and how many columns that took."""
    start, width = pos, 0
    while pos < end and width < indent:
        char = state.src[pos]
        if isStrSpace(char):
            width += 4 - (width + state.bsCount[line]) % 4 if char == "\t" else 1
        elif pos - start < state.tShift[line]:
            width += 1  # the marker of a container that reaches into the indent
        else:
            break
        pos += 1
    return pos, width


def _trimmed(token: Token, runs: Runs, text: str) -> None:
    """Store *runs* on *token*, less the white space in front that the parser cut off."""
    if text.strip(MD_TRIM_CHARS) != token.content:
        return
    if lead := len(text) - len(text.lstrip(MD_TRIM_CHARS)):
        runs = [(start - lead, source) for start, source in runs]
    token.meta[KEY] = Stitch(runs)


def _table(state: StateBlock, new: list[Token]) -> None:
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
            _trimmed(token, runs, text)


def _split_row(row: str, base: int) -> list[tuple[Runs, str]]:
    """The cells of a row as the parser splits it, with the runs each is made of."""
    cells: list[tuple[Runs, str]] = []
    runs: Runs = [(0, base)]
    pieces: list[str] = []
    length = last = 0
    escaped = False
    for pos, char in enumerate(row):
        if char == "|":
            piece = row[last : pos - escaped]
            pieces.append(piece)
            if escaped:  # the backslash goes, the pipe starts a run of its own
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


_STITCHERS: dict[str, Callable[[StateBlock, list[Token]], None]] = {
    "table": _table,
    "lheading": of_lines,
    "paragraph": of_lines,
    "html_block": _html,
}
