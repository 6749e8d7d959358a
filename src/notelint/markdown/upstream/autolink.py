"""mdit-py-plugins, ``gfm_autolink``: bare URLs after any character, in linear time.

The plugin follows the specification (GFM, 6.9), which requires whitespace or one of ``*_~(`` before
a bare URL. The code of GitHub only requires that no letter is before the scheme (cmark-gfm,
``extensions/autolink.c``, ``url_match``), so that ``说明：https://…`` is a link. The plugin also
reads the rest of the block at every place where a URL may begin, and copies it for every ``)`` at
an end, which takes quadratic time.

The patch adds a rule for ``http(s)://`` after any character except an ASCII letter, and limits each
rule to the current word. It can be removed when the plugin does both; it uses the private
``_match`` of the plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.gfm_autolink._match import check_prev, match_any_email, match_http

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import InlineRule, MarkdownIt, StateInline

NAME = "autolink_after_anything"

# A longer word is not a URL: servers need not support longer ones (RFC 9110, 4.1).
_MAX_URL_LENGTH = 8000
_WORD = lazy_regex(r"[^ \t\r\n\0\x0b\x0c<]*")
# A host name has at most 253 characters (RFC 1035, 2.3.4); the plugin looks up each of them.
_LONG_HOST = lazy_regex(r"www\.[^\s!-,/:-@\[-^`{-~]{254}")
_SCHEME = lazy_regex(r"(?:https?|mailto|xmpp)$")
_LAST_WORD = "notelint.word"  # in the state of a block's content: start and end
_LONGEST_SCHEME = len("mailto")
_STARTS = {"gfm_autolink_www": "www.", "gfm_autolink_email": "@"}


def install(md: MarkdownIt) -> None:
    """Patch the rules of the plugin, which *md* must have."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _STARTS:
            md.inline.ruler.at(rule.name, _within_a_word(rule.fn, _STARTS[rule.name]))
    md.inline.ruler.at("gfm_autolink_protocol", _email_of_scheme)
    md.inline.ruler.after("gfm_autolink_protocol", NAME, _rule)


def _within_a_word(rule: InlineRule, start: str) -> InlineRule:
    """*rule*, which matches at the text *start*, limited to the current word."""

    def bounded(state: StateInline, silent: bool) -> bool:
        if silent or state.linkLevel > 0 or not state.src.startswith(start, state.pos):
            return False
        end = _word_end(state)
        if end is None or _LONG_HOST.match(state.src, state.pos):
            return False
        whole, state.posMax = state.posMax, end
        try:
            return rule(state, silent)
        finally:
            state.posMax = whole

    return bounded


def _word_end(state: StateInline) -> int | None:
    """The end of the word at the position of *state*; None if it is too long for a URL."""
    start, stop = vars(state).get(_LAST_WORD, (0, 0))
    if not start <= state.pos < stop:
        found = _WORD.match(state.src, state.pos)
        start, stop = vars(state)[_LAST_WORD] = found.span() if found else (state.pos, state.pos)
    end = min(stop, state.posMax)
    return end if end - state.pos <= _MAX_URL_LENGTH else None


def _scheme(state: StateInline, silent: bool) -> str | None:
    """The scheme before the colon at the position of *state*."""
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
