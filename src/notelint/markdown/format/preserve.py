"""Blocks that the layout preserves: a run of them becomes one token with their source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from notelint.markdown import formulas
from notelint.markdown.upstream import Token
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from mdformat.renderer import RenderTreeNode

    from notelint.markdown.upstream import MarkdownIt, StateCore

    Lines = tuple[int, int]

LINES = "notelint.lines"  # in the environment: the lines of the source
_DETAILS = lazy_regex(r"<(/?)details\b", re.IGNORECASE)
_QUOTES = ("blockquote", "alert")
_TOGETHER = frozenset({"footnote_reference", formulas.BLOCK})


def install(md: MarkdownIt, wanted: Callable[[str], Sequence[Lines]]) -> None:
    """Make *md* preserve definitions, ``<details>``, and the lines that *wanted* returns.

    *wanted* takes the text and returns ranges of lines in order, from 0, ends exclusive.
    """

    def rule(state: StateCore) -> None:
        lines: list[str] = state.src.split("\n")
        state.env[LINES] = lines
        ranges, details = wanted(state.src), _details(state.tokens)
        tokens: list[Token] = []
        quotes = at = 0
        while at < len(state.tokens):
            token = state.tokens[at]
            if token.type.rpartition("_")[0] in _QUOTES:
                quotes += token.nesting
            stop = _stop(state.tokens, at, ranges, {} if quotes else details)
            if stop == at and _mdformat_differs(token, lines):
                stop = _block_end(state.tokens, at)
            tokens.append(_as_one(state.tokens[at:stop], lines) if stop > at else token)
            at = max(stop, at + 1)
        state.tokens = tokens

    md.core.ruler.after("block", "notelint_preserve", rule)


def _stop(
    tokens: Sequence[Token], at: int, wanted: Sequence[Lines], details: Mapping[int, int]
) -> int:
    """The end of the run to preserve that begins at token *at*; *at* itself if there is none."""
    token = tokens[at]
    if token.type == "definition":
        return _definitions(tokens, at)
    if token.level == 0 and token.map and (end := _meets(token.map, wanted)):
        stop = at + 1
        while stop < len(tokens):
            start = tokens[stop].map
            if start and start[0] >= end and not tokens[stop].level:
                break
            stop += 1
        return stop
    return details.get(at, at)


def _mdformat_differs(token: Token, lines: Sequence[str]) -> bool:
    """Whether mdformat, which compares pages, parses this heading or table as something else."""
    if token.level or token.map is None:
        return False
    if token.type == "table_open":
        return "|" not in lines[token.map[0]]
    return token.type == "heading_open" and token.markup == "-" and "|" in lines[token.map[1] - 2]


def _block_end(tokens: Sequence[Token], at: int) -> int:
    """The end of the top-level block that token *at* opens."""
    return next(stop for stop in range(at + 1, len(tokens)) if tokens[stop].level == 0) + 1


def _meets(lines: list[int], wanted: Sequence[Lines]) -> int:
    """The end of the last range of *wanted* that overlaps *lines*; 0 if there is none."""
    last = bisect_left(wanted, (lines[1],)) - 1
    return wanted[last][1] if last >= 0 and lines[0] < wanted[last][1] else 0


def _definitions(tokens: Sequence[Token], at: int) -> int:
    """The end of the run of definitions from token *at*, on lines without a gap."""
    stop = at + 1
    while stop < len(tokens) and tokens[stop].type == "definition":
        before, after = tokens[stop - 1].map, tokens[stop].map
        if not before or not after or before[1] != after[0]:
            break
        stop += 1
    return stop


def _details(tokens: Sequence[Token]) -> dict[int, int]:
    """The end of each ``<details>`` by its start: after the sibling block with ``</details>``."""
    ends: dict[int, int] = {}
    # for each level, the open ones: the depth before each, and the token that opened it
    levels: list[list[tuple[int, int]]] = []
    depths: list[int] = []
    for at, token in enumerate(tokens):
        del levels[token.level + 1 :], depths[token.level + 1 :]
        if token.type != "html_block":
            continue
        while len(levels) <= token.level:
            levels.append([])
            depths.append(0)
        opened = levels[token.level]
        opened.append((depths[token.level], at))
        tags = _DETAILS.finditer(token.content)
        depths[token.level] += sum(-1 if match[1] else 1 for match in tags)
        while opened and depths[token.level] <= opened[-1][0]:
            first = opened.pop()[1]
            if first < at:
                ends[first] = at + 1
    return ends


def _as_one(run: Sequence[Token], lines: Sequence[str]) -> Token:
    """One token for the blocks of *run*: its content is their source, its info the first type."""
    first = run[0]
    assert first.map is not None
    start = first.map[0]
    end = max(token.map[1] for token in run if token.map)
    source = list(lines[start:end])
    while len(source) > 1 and not source[-1].strip():
        source.pop()
    token = Token(
        "preserved", "", 0, map=[start, start + len(source)], level=first.level, block=True
    )
    token.content = "\n".join(_without_prefix(first, source))
    token.info = first.type
    return token


def _without_prefix(first: Token, lines: list[str]) -> list[str]:
    """*lines* without the indent of the containers around *first*."""
    if first.type == "definition":
        return [lines[0][lines[0].find("[") :], *(line.lstrip(" \t>") for line in lines[1:])]
    if first.level == 0:
        return lines
    own = len(first.content) - len(first.content.lstrip(" "))
    lines = [_expanded(line) for line in lines]
    prefix = max(lines[0].find("<") - own, 0)
    return [lines[0][prefix:], *(_cut(line, prefix) for line in lines[1:])]


def _expanded(line: str) -> str:
    text = line.lstrip(" \t>-+*.)0123456789")
    return line[: len(line) - len(text)].expandtabs(4) + text


def _cut(line: str, most: int) -> str:
    return line[min(most, len(line) - len(line.lstrip(" "))) :]


def is_close(block: RenderTreeNode, lines: Sequence[str]) -> bool:
    """Whether *block* belongs to the one before it, and there is no blank line between them.

    That holds for footnotes, formulas and the text beside them, and for a comment and the block
    below it.
    """
    before = block.previous_sibling
    if before is None or not block.map or not lines[block.map[0] - 1].strip(" \t>"):
        return False
    comment = before.type == "html_block" and before.content.rstrip().endswith("-->")
    table = block.type == "preserved" and block.info == "table_open"  # below the text of its head
    return comment or table or not _TOGETHER.isdisjoint((before.type, block.type))
