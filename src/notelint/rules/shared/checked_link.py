"""A link that was followed over the network, as the rules about such links see it."""

from __future__ import annotations

import re
from urllib.parse import quote

from notelint.markdown.elements import LinkKind
from notelint.markdown.html import decode
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

# What would end a destination, or be read as markup, where a destination can be.
_ENDS = lazy_regex(r"[\x00-\x20\x7f<>\"'`\\|\ud800-\udfff]")
# GitHub leaves trailing punctuation out of a bare URL (GFM, 6.9), and any `<` ends it.
_BARE = lazy_regex(r"[^\s<]*[A-Za-z0-9/=#%+-]")
_ESCAPED = lazy_regex(r"\\.?", re.DOTALL)
_REFERENCE = lazy_regex(r"&#?[A-Za-z0-9]+;")


class Visit(NamedTuple):
    """A link, and the outcome of requesting it.

    ``span`` covers ``destination`` as it is written. ``dead`` says why the link is dead, and is
    empty if it may be alive. ``moved`` is the new permanent address of the page, with the fragment
    of the link; ``archived`` is the address of a copy of a dead page. Both may be None.
    """

    kind: LinkKind
    destination: str
    span: Span
    dead: str = ""
    moved: str | None = None
    archived: str | None = None


def written(url: str, kind: LinkKind) -> str | None:
    """The address *url* as it may be in place of the destination of a link of that *kind*.

    None where it cannot: between angle brackets GitHub decodes ``&lt;``, and others do not.
    """
    url = _ENDS.sub(lambda char: quote(char[0], safe="", errors="replace"), url)
    if kind in ("autolink", "bare"):
        if any(decode(each) != each for each in _REFERENCE.findall(url)):
            return None
        whole = kind == "autolink" or (_BARE.fullmatch(url) and balanced(url))
        return url if whole else f"<{url}>"
    if kind != "html" and not balanced(url):
        url = url.replace("(", "%28").replace(")", "%29")
    # `&copy=1` would become a sign
    return url.replace("&", "&amp;") if decode(url) != url else url


def balanced(destination: str) -> bool:
    """Whether parentheses in *destination*, but for escaped ones, come in pairs."""
    depth = 0
    for char in _ESCAPED.sub("", destination):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
