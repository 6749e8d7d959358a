"""What is inside a block: links, images, code, HTML tags and footnote references, each in place.

When an inline rule matches, the text that it consumed is ``[pos before, pos after)`` of
``state.src``, which is the block's content. A wrapper around each rule notes that pair on the
token it pushed; nothing is parsed twice and nothing is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from notelint.markdown import autolink
from notelint.markdown.stitch import Stitched
from notelint.text.late import late
from notelint.text.span import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]

Kind = Literal[
    "inline",
    "reference",
    "autolink",
    "bare",
    "image",
    "image-reference",
    "code",
    "html",
    "footnote",
]

KEY = "notelint.span"
_LINE_END = late(r" *\n[ \t]*")

# The rules whose constructs are noted.
_RECORDED = (
    "backticks",
    "link",
    "image",
    "autolink",
    "html_inline",
    "footnote_ref",
    "gfm_autolink_www",
    "gfm_autolink_protocol",
    "gfm_autolink_email",
    autolink.NAME,
)


class Node:
    """An inline construct.

    ``at`` is its range in the content of its block, ``source`` the way from there to the text on
    disk. ``text`` is what a reader sees of it, without markup: the words of a link, the
    alternative text of an image, the code itself. ``images`` counts the images inside a link.
    """

    __slots__ = ("at", "images", "kind", "source", "text", "token")

    def __init__(self, kind: Kind, source: Stitched, at: tuple[int, int], token: Token) -> None:
        self.kind = kind
        self.source = source
        self.at = at
        self.token = token
        self.text = token.content
        self.images = 0

    @property
    def span(self) -> Span:
        """Where the whole construct is on disk."""
        return self.source.span(*self.at)

    @property
    def written(self) -> str:
        """The construct as it stands in its block's content."""
        return self.source.content[slice(*self.at)]


def record(md: MarkdownIt) -> None:
    """Make the inline rules of *md* note their spans; call once all plugins are in."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _RECORDED:
            md.inline.ruler.at(rule.name, _recording(rule.fn))


def _recording(rule: InlineRule) -> InlineRule:
    def recorded(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, silent)
        start, mark = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if len(state.tokens) > mark:
            _mark(state, start, mark)
        return True

    return recorded


def _mark(state: StateInline, start: int, mark: int) -> None:
    first = state.tokens[mark]
    if first.type == "text":  # text that was pending and had to go first
        first = state.tokens[mark + 1]
    if first.info == "auto" and state.src[start] in ":@":
        # bare URLs match at the ':' or '@' and take their head back from pending text
        href = str(first.attrs["href"])
        head = href.index(":") if state.src[start] == ":" else href.index("@") - len("mailto:")
        start -= head
    first.meta[KEY] = (start, state.pos)


def nodes(children: list[Token], source: Stitched, base: int = 0) -> Iterator[Node]:
    """The constructs among the tokens of one block, outer ones before those inside them.

    *base* is where the text that *children* were parsed from starts in ``source.content``.
    """
    links: list[Node] = []
    for token in children:
        if token.type == "link_close":
            if links:
                links.pop()
            continue
        if token.type in ("softbreak", "hardbreak") and links:
            links[-1].text += " "
        at = token.meta.get(KEY)
        if at is None:
            if links and token.nesting == 0:
                links[-1].text += _LINE_END.sub(" ", token.content)
            continue
        node = Node(_kind(token, source.content, base, at), source, _shift(at, base), token)
        if token.type == "link_open":
            node.text = ""
            yield node
            links.append(node)
            continue
        yield node
        if links and token.type != "html_inline":
            links[-1].text += token.content
            links[-1].images += token.type == "image"
        if token.children:  # the label of an image, parsed as a text of its own
            yield from nodes(token.children, source, base + at[0] + 2)


def _shift(at: tuple[int, int], base: int) -> tuple[int, int]:
    return (at[0] + base, at[1] + base)


_PLAIN: dict[str, Kind] = {
    "code_inline": "code",
    "html_inline": "html",
    "footnote_ref": "footnote",
}


def _kind(token: Token, content: str, base: int, at: tuple[int, int]) -> Kind:
    if token.type == "link_open":
        if token.info == "auto":
            return "autolink" if content[base + at[0]] == "<" else "bare"
        return "inline" if content[base + at[1] - 1] == ")" else "reference"
    if token.type == "image":
        return "image" if content[base + at[1] - 1] == ")" else "image-reference"
    return _PLAIN[token.type]
