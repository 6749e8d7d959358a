"""Where the label of a link ends, found once for each bracket.

The parser's helper reads on from each bracket through all those in it, and so reads one again for
each that it is in: hundreds of times in a note made for that. Here a bracket that was read is
jumped over. As the parser keeps what it skipped, the helper would come to the same end.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]

KEY = "notelint.labels"  # in the state of a block's content

# By where it starts, where the content ends, and whether a link may not be in between.
Ends = dict[tuple[int, int, bool], int]


_LAST = -1  # in the parser's cache, whose other keys are offsets
_BRACKETED = ("link", "image", "footnote_ref")  # the rules that match nothing without a `]`


def take(md: MarkdownIt) -> None:
    """Let *md* find the ends of labels in this way; call once all plugins are in."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _BRACKETED:
            md.inline.ruler.at(rule.name, _within_brackets(rule.fn))
    vars(md).update(helpers=SimpleNamespace(**{**vars(md.helpers), "parseLinkLabel": label_end}))


def _within_brackets(rule: InlineRule) -> InlineRule:
    """*rule*, called only before the last ``]`` of the block: it looks at all that follows."""

    def bracketed(state: StateInline, silent: bool) -> bool:
        if _LAST not in state.cache:
            state.cache[_LAST] = state.src.rfind("]")
        return state.pos <= state.cache[_LAST] and rule(state, silent)

    return bracketed


def label_end(state: StateInline, start: int, flat: bool = False) -> int:
    """Where the ``]`` is that closes the ``[`` at *start*; -1 if there is none.

    With *flat*, also -1 where a link is in between.
    """
    ends: Ends = vars(state).setdefault(KEY, {})
    key = (start, state.posMax, flat)
    if key not in ends:
        before = state.pos
        ends[key] = _read(state, start, flat, ends)
        state.pos = before
    return ends[key]


def _read(state: StateInline, start: int, flat: bool, ends: Ends) -> int:
    """:func:`label_end`, by reading on; moves the position of *state*."""
    src, stop, skip = state.src, state.posMax, state.md.inline.skipToken
    state.pos, level = start + 1, 1
    while state.pos < stop:
        at = state.pos
        marker = src[at]
        if marker == "]":
            level -= 1
            if level == 0:
                return at
        skip(state)
        if marker != "[":
            continue
        if state.pos != at + 1:
            if flat:
                return -1
            continue
        end = ends.get((at, stop, flat))
        if end is None:
            level += 1
        elif end < 0:
            return -1
        else:
            state.pos = end
            skip(state)
    return -1
