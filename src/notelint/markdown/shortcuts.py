"""Shortcuts through the parser: the same tokens, sooner.

That they are equal is tested on random documents and at the edges of each shortcut;
``tests/benchmarks/commonmark.py`` holds the examples of CommonMark against it.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it.helpers import parseLinkDestination

from notelint.markdown import blocks, later, loops, states
from notelint.markdown.labels import label_end
from notelint.text.startup import NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# A destination without parentheses and with nothing to decode.
_PLAIN = re.compile(r"[^\x00-\x20\x7f()<\\&]+")


def take(md: MarkdownIt) -> None:
    """Let *md* take the shortcuts; call once all plugins are in."""
    blocks.shorten(md)
    md.core.ruler.at("normalize", states.normalize)
    md.core.ruler.at("block", states.block)
    md.core.ruler.at("inline", later.inline)
    md.core.ruler.disable("text_join")  # which is part of it
    md.inline.ruler.at("text", states.text)
    loops.shorten(md)
    vars(md.inline).update(parse=states.inline)
    ours = {"parseLinkDestination": _destination, "parseLinkLabel": label_end}
    vars(md).update(helpers=SimpleNamespace(**{**vars(md.helpers), **ours}))


class _Destination(NamedTuple):
    """What the parser's helper returns of a destination."""

    ok: bool
    pos: int
    str: str


def _destination(text: str, pos: int, end: int) -> Any:
    """A destination that stands there as it reads; any other is left to the parser's helper."""
    match = _PLAIN.match(text, pos, end)
    if match and (match.end() == end or text[match.end()] in " \t\n)"):
        return _Destination(True, match.end(), match[0])
    return parseLinkDestination(text, pos, end)
