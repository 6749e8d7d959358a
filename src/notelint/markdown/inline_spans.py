"""Inline elements with their positions: links, images, code, HTML tags, footnotes, formulas.

An inline rule that matches consumes ``state.src`` from the position before it to the one after it;
``state.src`` is the content of the block. A wrapper around each rule stores these two offsets on
the token that the rule pushed, so that nothing is parsed twice or searched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from notelint.markdown import formulas
from notelint.markdown.source_map import MappedText
from notelint.markdown.upstream import autolink, normalizeReference, parseLinkDestination
from notelint.text.source import Span
from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.upstream import InlineRule, MarkdownIt, StateInline, Token

NodeKind = Literal[
    "inline",
    "reference",
    "autolink",
    "bare",
    "image",
    "image-reference",
    "code",
    "html",
    "footnote",
    "formula",
]

SPAN = "notelint.span"
_LINE_END = lazy_regex(r"(?:(?<! ) +)?\n[ \t]*")
_BACKTICKS = lazy_regex("`+")

# The rules whose matches are elements.
_RECORDED = (
    "backticks",
    "link",
    "image",
    "autolink",
    "html_inline",
    "footnote_ref",
    formulas.INLINE,
    "gfm_autolink_www",
    "gfm_autolink_protocol",
    "gfm_autolink_email",
    autolink.NAME,
)


class Node:
    """An inline element.

    ``at`` are its start and end in ``source.content``, the content of its block. ``text`` is the
    text that a reader sees, without markup: the words of a link, the alternative text of an image,
    the code itself. ``images`` is the number of images inside a link.
    """

    __slots__ = ("at", "images", "kind", "source", "text", "token")

    def __init__(
        self, kind: NodeKind, source: MappedText, at: tuple[int, int], token: Token
    ) -> None:
        self.kind = kind
        self.source = source
        self.at = at
        self.token = token
        self.text = token.content
        self.images = 0

    @property
    def span(self) -> Span:
        """The whole element in the text on disk."""
        return self.source.span(*self.at)

    @property
    def written(self) -> str:
        """The Markdown of the element, without the container prefixes of its lines."""
        return self.source.content[slice(*self.at)]


def install(md: MarkdownIt) -> None:
    """Make the inline rules of *md* store their spans; call this after all plugins."""
    for rule in list(md.inline.ruler.__rules__):
        if rule.name in _RECORDED:
            md.inline.ruler.at(rule.name, _recording(rule.fn))


def _recording(rule: InlineRule) -> InlineRule:
    def recording(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, silent)
        start, mark = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if len(state.tokens) > mark:
            _mark(state, start, mark)
        return True

    return recording


def _mark(state: StateInline, start: int, mark: int) -> None:
    first = state.tokens[mark]
    if first.type == "text":  # pending text, which is pushed first
        first = state.tokens[mark + 1]
    if first.info == "auto" and state.src[start] in ":@":
        # a bare URL matches at its ':' or '@', and takes the part before it from the pending text
        href = str(first.attrs["href"])
        head = href.index(":") if state.src[start] == ":" else href.index("@") - len("mailto:")
        start -= head
    first.meta[SPAN] = (start, state.pos)


def nodes(children: list[Token], source: MappedText, base: int = 0) -> Iterator[Node]:
    """The elements among the tokens of one block, outer ones before those inside them.

    The text of a link is complete only when the next element after it is yielded. *base* is the
    offset in ``source.content`` of the text that *children* were parsed from.
    """
    links: list[tuple[Node, list[str]]] = []  # open links, each with the pieces of its text
    for token in children:
        shown = links[-1][1] if links else []
        if token.type == "link_close":
            if links:
                link, words = links.pop()
                link.text = "".join(words)
            continue
        if token.type in ("softbreak", "hardbreak"):
            shown.append(" ")
        at = token.meta.get(SPAN)
        if at is None:
            if links and token.nesting == 0:
                shown.append(_LINE_END.sub(" ", token.content))
            continue
        node = Node(
            _kind(token, source.content, base, at), source, (at[0] + base, at[1] + base), token
        )
        yield node
        if token.type == "link_open":
            links.append((node, []))
            continue
        if links and token.type != "html_inline":
            shown.append(token.content)
            links[-1][0].images += token.type == "image"
        if token.children:  # the label of an image, which is parsed as a separate text
            yield from nodes(token.children, source, base + at[0] + 2)


_PLAIN: dict[str, NodeKind] = {
    "code_inline": "code",
    "html_inline": "html",
    "footnote_ref": "footnote",
    formulas.INLINE: "formula",
}


def _kind(token: Token, content: str, base: int, at: tuple[int, int]) -> NodeKind:
    if token.type == "link_open":
        if token.info == "auto":
            return "autolink" if content[base + at[0]] == "<" else "bare"
        return "inline" if content[base + at[1] - 1] == ")" else "reference"
    if token.type == "image":
        return "image" if content[base + at[1] - 1] == ")" else "image-reference"
    return _PLAIN[token.type]


def visible_text(children: list[Token]) -> str:
    """The text of inline tokens that a reader sees, without markup, images and tags."""
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type == formulas.INLINE:
            parts.append(token.content.replace("\n", " "))
        elif token.type == "softbreak":
            parts.append(" ")
    return "".join(parts)


def named_text(children: list[Token], footnotes: dict[str, int]) -> str:
    """The text that GitHub makes an anchor of: line ends are dropped, a footnote is its number.

    *footnotes* has these numbers by key; footnotes are numbered by their first use.
    """
    parts = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special", formulas.INLINE):
            parts.append(token.content)
        elif token.type == "footnote_ref":
            parts.append(str(footnotes.get(normalizeReference(token.meta["label"]), "")))
    return "".join(parts)


def destination_at(node: Node, destination: str) -> tuple[int, int] | None:
    """The offsets of *destination* in the block of *node*: ``[text](destination "title")``.

    The text of the link may contain ``](``, too, in code or in an image. The right one is followed
    by *destination*, as the parser's helper reads it, and then only by a title.
    """
    content, (at, end) = node.source.content, node.at
    last = end - 1  # without the whitespace before the `)`
    while content[last - 1] in " \t\n":
        last -= 1
    while (at := content.find("](", at, end)) >= 0:
        begin = skip_space(content, at + 2, end)
        stop = begin + len(destination)
        if content.startswith(destination, begin) and _only_title(content, stop, last):
            return begin, stop  # nearly always
        parsed = parseLinkDestination(content, begin, end - 1)
        stop = parsed.pos if parsed.ok else begin
        if parsed.str == destination and _only_title(content, stop, last):
            if content[begin] == "<" and stop > begin:
                begin, stop = begin + 1, stop - 1
            return begin, stop
        at += 2
    return None


def _only_title(content: str, at: int, last: int) -> bool:
    """Whether the text from *at* to *last* is empty, or whitespace and a title."""
    first = skip_space(content, at, last)
    return first >= last or (
        first > at and content[first] + content[last - 1] in ('""', "''", "()")
    )


def code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The start of each code span in *text*, and the start and end of its content.

    It is between a run of backticks and the next one of the same length (CommonMark, 6.1).
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    last = {end - start: at for at, (start, end) in enumerate(runs)}
    at = 0
    while at < len(runs):
        start, inside = runs[at]
        start += is_escaped(text, start)  # a backslash escapes no closing backtick
        length, at = inside - start, at + 1
        if length and last.get(length, 0) >= at:
            at = next(n for n in range(at, len(runs)) if runs[n][1] - runs[n][0] == length) + 1
            yield start, inside, runs[at - 1][0]


def is_escaped(text: str, at: int) -> bool:
    """Whether the character at *at* is escaped: an odd number of backslashes is before it."""
    start = at
    while start and text[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1


def skip_space(text: str, pos: int, end: int) -> int:
    """The offset of the first character from *pos* to *end* that is not whitespace, else *end*."""
    while pos < end and text[pos] in " \t\n":
        pos += 1
    return pos
