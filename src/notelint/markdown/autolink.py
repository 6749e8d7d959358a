"""Bare URLs where GitHub finds them and the specification does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.gfm_autolink._match import match_http

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

NAME = "autolink_after_anything"

_WORD = re.compile(r"[^ \t\r\n\0\x0b\x0c]*")


def autolink_after_anything(md: MarkdownIt) -> None:
    """Link ``http(s)://`` behind any character but an ASCII letter; wants the GFM plugin.

    The specification (GFM, 6.9) asks for white space or one of ``*_~(`` before a bare URL. What
    GitHub runs looks for no more than the letters of the scheme (cmark-gfm,
    ``extensions/autolink.c``, ``url_match``), so that ``说明：https://…`` is a link.
    """
    md.inline.ruler.after("gfm_autolink_protocol", NAME, _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = next((each for each in ("https", "http") if state.pending.endswith(each)), None)
    if scheme is None:
        return False
    before = state.pending[: -len(scheme)][-1:]
    found = _WORD.match(state.src, state.pos, state.posMax)
    if (before.isascii() and before.isalpha()) or found is None:
        return False
    matched = match_http(scheme + found[0])
    if matched is None:
        return False
    url, length = matched
    state.pending = state.pending[: -len(scheme)]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": state.md.normalizeLink(url)}
    opening.markup, opening.info = "autolink", "auto"
    state.push("text", "", 0).content = state.md.normalizeLinkText(url)
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
    state.pos += length - len(scheme)
    return True
