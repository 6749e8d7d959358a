"""Plain links and images, each parsed by one search: no markup in the text, nothing to decode.

Nearly all links are plain. The parser reads the text of a link twice, the first time silently to
find its end, and its destination character by character. The rules here parse ``[text](target)``,
``[text][label]``, ``[text]`` and ``![text](target)`` if there is only one way to read them, and
leave the rest to the rules of the parser. They save a tenth of the time of parsing 654 RFCs, and
half of it for notes that are lists of links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notelint.markdown.fast.states import code_span, skims, text_token, token
from notelint.markdown.inline_spans import SPAN
from notelint.markdown.upstream import normalizeReference
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import InlineRule, MarkdownIt, StateInline, Token

# A bare address in the text of a link is not a link itself. A footnote begins with `[^`.
_WORDS = r"[^\[\]\\`<&$*_~\n]"
_CODE = r"`[^`\n]+`"
_TEXT = re.compile(rf"\[(?!\^)(?:{_WORDS}*|{_CODE})\]")
_TEXT_OF_LINES = re.compile(rf"\[(?!\^)(?:[^\[\]\\`<&$*_~]*|{_CODE})\]")
_LABEL = lazy_regex(r"\[(?!\^)([^\[\]\\`<&$*_~]*)\]")
_CHARS = r"[^\x00-\x20\x7f()<>\\&]*"
_IN_BRACKETS = rf"\((?!\))({_CHARS}(?:\({_CHARS}\){_CHARS})*)\)"
_TARGET = re.compile(_IN_BRACKETS)
_IMAGE = lazy_regex(rf"!\[(?!\^)([^\[\]\\`<&$*_~\n:@]*)\]{_IN_BRACKETS}")
_DEEP = 50  # half of the level at which the parser stops


def install(md: MarkdownIt) -> None:
    """Wrap the rules of *md* for links and images in those of this module."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name == "link":
            md.inline.ruler.at("link", _link(rule.fn))
        elif rule.name == "image":
            md.inline.ruler.at("image", _image(rule.fn))


def _link(rule: InlineRule) -> InlineRule:
    """*rule*, called only on links that are not plain."""

    def link(state: StateInline, silent: bool) -> bool:
        src, start, stop = state.src, state.pos, state.posMax
        found = (_TEXT_OF_LINES if skims(state) else _TEXT).match(src, start, stop)
        if found is None or _was_too_deep(state, start + 1, end := found.end()):
            return rule(state, silent)
        after = src[end] if end < stop else ""
        label = ""
        if after == "(":
            target = _TARGET.match(src, end, stop)
            if target is None:
                return rule(state, silent)
            href, end = target[1], target.end()
        else:
            references = state.env.get("references")
            if not references:
                return False
            label = found[0][1:-1]
            if after == "[":
                named = _LABEL.match(src, end, stop)
                if named is None:
                    return rule(state, silent)
                label, end = named[1] or label, named.end()
            label = normalizeReference(label)
            known = references.get(label)
            if not known:
                return False
            if known["title"]:
                return rule(state, silent)
            href = known["href"]
        if not silent:
            opening = _push(state, found[0][1:-1], start + 1)
            opening.attrs = {"href": href}
            opening.meta[SPAN] = (start, end)
            if label:
                opening.meta["label"] = label
        state.pos = end
        return True

    return link


def _was_too_deep(state: StateInline, start: int, end: int) -> bool:
    """Whether brackets are nested so deep that the parser skips, or has skipped, from *start*.

    It caches what it skipped, also for later calls at a lower level.
    """
    return state.level > _DEEP or state.cache.get(start, 0) > end


def _push(state: StateInline, text: str, at: int) -> Token:
    """Push the tokens of a link with *text*, which begins at *at*; returns the first."""
    if state.pending:
        state.pushPending()
    level = state.level
    opening, closing = token("link_open", "a", 1, level), token("link_close", "a", -1, level)
    inside: tuple[Token, ...] = ()
    if text[:1] == "`":
        inside = (code_span(text[1:-1], 1, at, level + 1),)
    elif text:
        inside = (text_token(text, level + 1),)
    new = (opening, *inside, closing)
    state.tokens += new
    state.tokens_meta += [None] * len(new)
    return opening


def _image(rule: InlineRule) -> InlineRule:
    """*rule*, called only on images that are not plain."""

    def image(state: StateInline, silent: bool) -> bool:
        found = _IMAGE.match(state.src, state.pos, state.posMax)
        if found is None or "www." in found[1] or _was_too_deep(state, found.start(1), found.end()):
            return rule(state, silent)
        if not silent:
            made = state.push("image", "img", 0)
            made.attrs = {"src": found[2], "alt": ""}
            made.content = found[1]
            made.children = [text_token(found[1], 0)] if found[1] else None
            made.meta[SPAN] = found.span()
        state.pos = found.end()
        return True

    return image
