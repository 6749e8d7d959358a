"""markdown-it-py, ``helpers.parseLinkLabel``: the end of a link label, in linear time.

The helper reads from a bracket to its end, including all brackets inside, and reads those again for
each bracket around them. The rules ``link``, ``image`` and (of mdit-py-plugins) ``footnote_ref``
read to the end of the block even if no ``]`` follows. A note that consists of brackets takes
quadratic time or worse.

The patch caches the end of each label and skips it, and calls the rules only before the last ``]``
of a block. The result is the same, since the parser caches what it skips. It can be removed when
upstream parses brackets in linear time.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.markdown.upstream import InlineRule, MarkdownIt, StateInline

_KEY = "notelint.labels"  # in the state of a block's content

# By the start of the label, the end of the content, and whether a link inside is not allowed.
Ends = dict[tuple[int, int, bool], int]


_LAST = -1  # in the parser's cache, whose other keys are offsets
_BRACKETED = ("link", "image", "footnote_ref")  # rules that match nothing without a `]`
_FIRST = "[!"  # the characters at which they match


def install(md: MarkdownIt) -> None:
    """Patch *md*; call this after all plugins."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _BRACKETED:
            md.inline.ruler.at(rule.name, _within_brackets(rule.fn))
    vars(md).update(helpers=SimpleNamespace(**{**vars(md.helpers), "parseLinkLabel": _label_end}))


def _within_brackets(rule: InlineRule) -> InlineRule:
    """*rule*, called only before the last ``]`` of the block."""

    def bracketed(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in _FIRST:
            return False
        if _LAST not in state.cache:
            state.cache[_LAST] = state.src.rfind("]")
        return state.pos <= state.cache[_LAST] and rule(state, silent)

    return bracketed


def _label_end(state: StateInline, start: int, flat: bool = False) -> int:
    """The offset of the ``]`` that closes the ``[`` at *start*; -1 if there is none.

    With *flat*, also -1 if a link is in between.
    """
    ends: Ends = vars(state).setdefault(_KEY, {})
    key = (start, state.posMax, flat)
    if key not in ends:
        before = state.pos
        ends[key] = _read(state, start, flat, ends)
        state.pos = before
    return ends[key]


def _read(state: StateInline, start: int, flat: bool, ends: Ends) -> int:
    """:func:`_label_end` without the cache; moves the position of *state*."""
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
