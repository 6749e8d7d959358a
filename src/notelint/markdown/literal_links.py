"""Links that are shown as text because of a mistake in their form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import compress

from notelint.markdown.addresses import URL, is_address, is_address_with_spaces
from notelint.markdown.anchors import slug
from notelint.markdown.document import Document
from notelint.markdown.literal_brackets import Brackets, is_plain, is_text, swallowed_at
from notelint.markdown.prose import WORD, YEAR_OR_KEY, Prose
from notelint.markdown.reuse import of_each
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex

_TEXT = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
# `[text] (url)`, `[text]（url）`, also with only one of the two parentheses full-width
_APART = lazy_regex(
    _TEXT + r"(?P<gap>[ \t]*)(?P<open>[(（])[ \t]*(?P<url>(?:[^()（）\s]|\([^()（）\s]*\))+)"
    r"(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*(?P<close>[)）])"
)
# `(text)[url]`
_SWAPPED = lazy_regex(r"\((?P<text>[^()\n]+)(?P<open>\)\[)(?P<url>[^\[\]\s]+)\]")
_SIGN = lazy_regex(r"\][ \t]*[(（]|\)\[")
_MAX_CUT = 3  # links that are cut off in one note: a tool has probably cut its lines
_NO_LINK = lazy_regex(rf"[@^!]|[xX ]$|{YEAR_OR_KEY}")  # a citation, a footnote, a box


class Literal(NamedTuple):
    """A link that is shown as text: its span, the reason, and how to mend it.

    ``mended`` replaces ``part``, and is None if that would be a guess; ``safe``: nothing else can
    be meant. ``file`` is an address with spaces that may be the path of a file, which depends on
    the tree; it is empty for other links.
    """

    span: Span
    image: bool
    why: str
    part: Span
    mended: str | None = None
    safe: bool = True
    file: str = ""


def literal_links(doc: Document) -> tuple[Literal, ...]:
    """The links of *doc* that are shown as text, because of a mistake."""
    hold = of_each(doc, "marks of links", _may_hold, doc.prose)
    found = [each for prose in compress(doc.prose, hold) for each in _in_prose(prose, doc)]
    cut = [_is_cut_off(each, doc) for each in found]
    if sum(cut) >= _MAX_CUT:
        pairs = zip(found, cut, strict=True)
        found = [each._replace(mended=None) if is_cut else each for each, is_cut in pairs]
    return tuple(found)


def _is_cut_off(literal: Literal, doc: Document) -> bool:
    """Whether *literal* is not closed at the end of its line, so that the rest may be missing."""
    line = doc.lines.line_around(literal.part.end)
    return literal.mended == ")" and not doc.source.text[literal.part.end : line.end].strip()


def _may_hold(prose: Prose) -> bool:
    """Whether *prose* has a mark of a link outside of links: a quick test, mostly False."""
    content, search = prose.content, _SIGN.search
    if ("[" not in content and "](" not in content) or search(content) is None:
        return False
    start = end = 0  # the start of the text to search, and the end of the last element
    for node in prose.nodes:
        if node.at[1] <= end:
            continue  # inside the last one
        end = node.at[1]
        if node.kind != "bare":
            if search(content, start, node.at[0]):
                return True
            start = end
    return search(content, start) is not None


def _in_prose(prose: Prose, doc: Document) -> Iterator[Literal]:
    # in a heading nothing is mended: its text makes the anchor, which others may link
    found = [*_apart(prose, doc), *_swapped(prose, doc)]
    found += _adjacent(prose, doc, {each.span.start + each.image for each in found})
    lost = list(_lost(prose)) if found else []
    for each in found:
        at = bisect_right(lost, each.span.start, key=lambda span: span.start)
        if at and each.span.start < lost[at - 1].end:
            continue
        yield each._replace(mended=None, file="") if prose.heading else each


def _lost(prose: Prose) -> Iterator[Span]:
    """The rest of each line after a URL that includes a bracket.

    After a missing `)`, everything else on the line looks wrong.
    """
    end = 0
    for node in prose.nodes:
        start = node.at[0]
        if start >= end and node.kind == "bare" and swallowed_at(prose, start):
            end = prose.content.find("\n", start)
            end = end if end >= 0 else len(prose.content)
            yield prose.span(start, end)


def _apart(prose: Prose, doc: Document) -> Iterator[Literal]:
    for match in _APART.finditer(prose.content):
        gap, url = match["gap"], match["url"]
        # without a gap and between two plain parentheses it would be a link
        if not gap and match["open"] + match["close"] == "()":
            continue
        wiki = match["text"][:1] == "[" and match["text"][-1:] == "]"
        if wiki and not URL.match(url):
            continue  # `[[note]]（a.md）` may be a wiki link and a remark
        if _stands_apart(match, prose) and is_address(url, doc.anchors):
            wide = match["open"] + match["close"] != "()"
            why = (
                "its parentheses are full-width" if wide else "there is a space before its address"
            )
            part = prose.span(match.start("gap"), match.end())
            mended = f"({url}{match['title'] or ''})"
            safe = not wiki and (not gap or _is_image(prose, match.start()))
            yield _found(prose, match.span(), why, part, mended, safe=safe)


def _swapped(prose: Prose, doc: Document) -> Iterator[Literal]:
    for match in _SWAPPED.finditer(prose.content):
        called = match.start() > 0 and re.match(r"\w", prose.content[match.start() - 1])
        if called or not _is_plain(prose, match):
            continue
        if is_address(match["url"], doc.anchors):
            part, mended = prose.span(*match.span()), f"[{match['text']}]({match['url']})"
            yield _found(prose, match.span(), "its brackets are swapped", part, mended)


def _adjacent(prose: Prose, doc: Document, known: set[int]) -> Iterator[Literal]:
    for slip in Brackets(prose, doc.anchors).slips():
        part = prose.span(*slip.part)
        if prose.span(*slip.at).start in known:
            continue
        if not slip.spaces:
            # a pipe in the address ends the cell
            cut = slip.mended == ")" and doc.source.text[part.end : part.end + 1] == "|"
            mended = None if cut else slip.mended
            yield _found(prose, slip.at, slip.why, part, mended, safe=slip.safe)
        elif is_address_with_spaces(url := prose.content[slice(*slip.part)]) or (
            prose.content[slip.at[0] + 1 : slip.part[0] - 2] == url  # a name, as of a wiki link
        ):
            found = _found(prose, slip.at, slip.why, part, _linked_heading(url, doc))
            local = not URL.match(url) and not url.startswith("#")
            yield found._replace(file=url) if local else found


def _found(
    prose: Prose,
    at: tuple[int, int],
    why: str,
    part: Span,
    mended: str | None,
    *,
    safe: bool = True,
) -> Literal:
    start, end = at
    image = _is_image(prose, start)
    return Literal(prose.span(start - image, end), image, why, part, mended, safe)


def _is_image(prose: Prose, start: int) -> bool:
    """Whether the bracket at *start* is that of an image."""
    return start > 0 and prose.content.startswith("![", start - 1) and is_plain(prose, start - 1)


def _stands_apart(match: re.Match[str], prose: Prose) -> bool:
    """Whether the brackets hold the words of a link, not a number, a citation or a checkbox."""
    text = match["text"]
    words = prose.masked[slice(*match.span("text"))]
    if not WORD.search(words) or _NO_LINK.match(text):
        return False
    return _is_plain(prose, match)


def _is_plain(prose: Prose, match: re.Match[str]) -> bool:
    """Whether brackets and destination are text, see :func:`is_plain`."""
    marks = match.start(), match.end("text"), match.start("open")
    return all(is_plain(prose, at) for at in marks) and is_text(
        prose, match.start("url"), match.end()
    )


def _linked_heading(url: str, doc: Document) -> str | None:
    """``#`` and the anchor of the heading whose text is after the ``#`` of *url*; else None.

    In other addresses, a space may stand for nothing, for `%20`, or for the end of the address.
    """
    anchor = slug(url[1:].strip()) if url.startswith("#") else ""
    return f"#{anchor}" if anchor in doc.anchors else None
