"""The anchors that a site generator may make of the text of a note, and GitHub does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.text.startup import lazy_regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.markdown.elements import Heading

_IN_COMMENT = lazy_regex(r"<!--(?:(.*?)-->|.*)", re.DOTALL)
# An attribute list (kramdown, Python-Markdown): `{#id}`, `{: #id .class}`, `{ id="id" }`.
_BRACES = lazy_regex(r"\{([^{}\n]*)\}")
_ID = lazy_regex(r"""(?:^:?|[ \t])(?:\#([\w.:-]+)|id=["']?([\w.:-]+))""")
_IN_MDX = lazy_regex(r"/\*[ \t]*#?([\w.:-]+)[ \t]*\*/")  # what a comment of MDX holds
_AT_END = lazy_regex(r"\[#([\w.:-]+)\]$")  # of a heading of javascript.info
# Code that a plugin of GitBook inserts, with its name as the anchor: `[import, a.js](src/a.js)`.
_IMPORT = lazy_regex(r"^\[import,?[ \t]+((?:[\w.-]+/)*([\w.-]+))\]\(", re.MULTILINE)


def site_anchors(text: str, headings: Sequence[Heading]) -> set[str]:
    """The anchors of *text* with its *headings*.

    They come from ``{#id}`` and ``{/*id*/}``, from the words of a comment and a ``[#id]`` in a
    heading, and from the names of inserted code.
    """
    found = {
        word
        for heading in headings
        if "<!--" in heading.raw
        for comment in _IN_COMMENT.findall(heading.raw)
        for word in comment.split()
    }
    found.update(end[1] for each in headings if (end := _AT_END.search(each.raw)))
    if "[import" in text:
        found.update(name for names in _IMPORT.findall(text) for name in names)
    if "{" in text:
        found.update(filter(None, map(_id_in, _BRACES.findall(text))))
    return found


def _id_in(braces: str) -> str:
    """The last id in an attribute list, up to the first one with `#`; else ``""``."""
    if braces.startswith("/*"):
        comment = _IN_MDX.fullmatch(braces)
        return comment[1] if comment else ""
    found = ""
    first = braces.find("#")
    for match in _ID.finditer(braces):
        if 0 <= first < match.start():
            break
        found = match[1] or match[2]
    return found
