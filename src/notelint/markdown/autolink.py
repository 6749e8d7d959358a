"""Bare URLs where GitHub finds them and the specification does not, in time linear in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.gfm_autolink._match import check_prev, match_any_email, match_http

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    InlineRule = Callable[[StateInline, bool], bool]

NAME = "autolink_after_anything"

# The plugin looks through the rest of the block from every place where a URL may begin, and takes
# the longer for every `)` at an end. Nobody can count on a server that takes more characters than
# this (RFC 9110, 4.1), so a word that is longer is no URL.
_MOST = 8000
_WORD = lazy_regex(r"[^ \t\r\n\0\x0b\x0c<]*")
_SCHEME = lazy_regex(r"(?:https?|mailto|xmpp)$")
_LONGEST_SCHEME = len("mailto")
_SIGNS = {"gfm_autolink_www": "www.", "gfm_autolink_email": "@"}


def autolink_after_anything(md: MarkdownIt) -> None:
    """Link ``http(s)://`` behind any character but an ASCII letter; wants the GFM plugin.

    The specification (GFM, 6.9) asks for white space or one of ``*_~(`` before a bare URL. What
    GitHub runs looks for no more than the letters of the scheme (cmark-gfm,
    ``extensions/autolink.c``, ``url_match``), so that ``说明：https://…`` is a link.
    """
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _SIGNS:
            md.inline.ruler.at(rule.name, _within_a_word(rule.fn, _SIGNS[rule.name]))
    md.inline.ruler.at("gfm_autolink_protocol", _email_of_scheme)
    md.inline.ruler.after("gfm_autolink_protocol", NAME, _rule)


def _within_a_word(rule: InlineRule, sign: str) -> InlineRule:
    """*rule*, which matches at *sign*, and sees the text up to the end of the word only."""

    def bounded(state: StateInline, silent: bool) -> bool:
        if silent or state.linkLevel > 0 or not state.src.startswith(sign, state.pos):
            return False
        end = _word_end(state)
        if end is None:
            return False
        whole, state.posMax = state.posMax, end
        try:
            return rule(state, silent)
        finally:
            state.posMax = whole

    return bounded


def _word_end(state: StateInline) -> int | None:
    """Where the word goes to that *state* is in; None where that is too far for a URL."""
    found = _WORD.match(state.src, state.pos, min(state.posMax, state.pos + _MOST + 1))
    end = found.end() if found else state.pos
    return end if end - state.pos <= _MOST else None


def _scheme(state: StateInline, silent: bool) -> str | None:
    """The scheme that stands before the colon that *state* is at."""
    if silent or state.linkLevel > 0:
        return None
    found = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    return found[0] if found else None


def _email_of_scheme(state: StateInline, silent: bool) -> bool:
    """``mailto:a@b.c`` and ``xmpp:a@b.c``."""
    scheme = _scheme(state, silent) if state.src.startswith(":", state.pos) else None
    end = _word_end(state) if scheme in ("mailto", "xmpp") else None
    if scheme is None or end is None:
        return False
    before = state.pos - len(scheme) - 1
    if before >= 0 and not check_prev(state.src[before]):
        return False
    text = scheme + state.src[state.pos : end]
    return _link(state, scheme, match_any_email(text, len(scheme) + 1, scheme), text)


def _rule(state: StateInline, silent: bool) -> bool:
    """``http://…`` and ``https://…``."""
    scheme = _scheme(state, silent) if state.src.startswith("://", state.pos) else None
    end = _word_end(state) if scheme in ("http", "https") else None
    if scheme is None or end is None:
        return False
    before = state.pending[-len(scheme) - 1 : -len(scheme)]
    if before.isascii() and before.isalpha():
        return False
    text = scheme + state.src[state.pos : end]
    return _link(state, scheme, match_http(text), text)


def _link(state: StateInline, scheme: str, matched: tuple[str, int] | None, text: str) -> bool:
    if matched is None:
        return False
    url, length = matched
    state.pending = state.pending[: -len(scheme)]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": state.md.normalizeLink(url)}
    opening.markup, opening.info = "autolink", "auto"
    state.push("text", "", 0).content = state.md.normalizeLinkText(text[:length])
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
    state.pos += length - len(scheme)
    return True
