"""The entries of a table of contents: which headings, under which text, nested how deep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from notelint.markdown.anchors import Slugger, slug
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.toc.markers import TocBlock, excluded
from notelint.toc.options import TocOptions

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.elements import Heading
    from notelint.markdown.inline_spans import Node


_HTML_LEVELS = 4  # doctoc's limit
_FRAGMENT = lazy_regex(r"\]\(<?#([^\s()<>]+)")


class TocEntry(NamedTuple):
    """An entry: its text as inline Markdown, the anchor as in the link, the depth from 0."""

    text: str
    anchor: str
    depth: int


def entries(doc: Document, block: TocBlock | None, options: TocOptions) -> list[TocEntry]:
    """The entries for *block*, or for a new block at the top of *doc*.

    These are the top-level headings of the wanted levels below the block, with ``all`` also those
    above, that have text and an anchor. A heading in a quote, a list or a footnote keeps an entry
    that it has, if no other heading may be meant by that.
    """
    if block is not None:
        options = block.options(options)
    listed = list(_listed(doc, block, options))
    depths = options.depths([heading.level for heading, _ in listed])
    anchors = [_encoded(anchor) for _, anchor in listed]
    texts = entry_texts(doc, [heading for heading, _ in listed], anchors)
    return [TocEntry(*each) for each in zip(texts, anchors, depths, strict=True)]


def number_of(doc: Document, block: TocBlock | None, options: TocOptions) -> int:
    """The number of entries of *block*, or of a new table; faster than :func:`entries`."""
    return sum(1 for _ in _listed(doc, block, block.options(options) if block else options))


def levels_of(doc: Document, block: TocBlock, options: TocOptions) -> list[tuple[int, str]]:
    """The level and the anchor of each entry; faster than :func:`entries`, without the texts."""
    listed = _listed(doc, block, block.options(options))
    return [(heading.level, _encoded(anchor)) for heading, anchor in listed]


def _listed(
    doc: Document, block: TocBlock | None, options: TocOptions
) -> Iterable[tuple[Heading, str]]:
    whole = block is not None and block.style.whole  # mdformat-toc lists Markdown headings, all
    everywhere, with_html = options.all or whole, not whole
    below = block.span.end if block is not None else 0
    anchors = _anchors(doc, options)
    out = excluded(doc) | _title(doc, block, anchors, options)
    nested = _nested_entries(doc, block, anchors)
    for index, heading in enumerate(doc.headings):
        if index in out or not heading.text.strip() or not anchors[index]:
            continue
        if heading.nested and index not in nested:
            continue
        if not everywhere and heading.span.start < below:
            continue
        if not options.min_level <= heading.level <= options.max_level:
            continue
        if heading.html and not (with_html and _simple(heading)):
            continue
        yield heading, anchors[index]


def _nested_entries(
    doc: Document, block: TocBlock | None, anchors: Sequence[str]
) -> frozenset[int]:
    """The indexes of the headings in quotes, lists and footnotes that have an entry in *block*.

    If a heading outside has the same text, the entry is of that one.
    """
    nested = [at for at, each in enumerate(doc.headings) if each.nested]
    if not nested or block is None:
        return frozenset()
    linked = {*_FRAGMENT.findall(doc.slice(block.inner))}
    outside = {slug(each.text.strip()) for each in doc.headings if not each.nested}
    return frozenset(
        at
        for at in nested
        if linked & {anchors[at], _encoded(anchors[at])}
        and slug(doc.headings[at].text.strip()) not in outside
    )


def _title(
    doc: Document, block: TocBlock | None, anchors: Sequence[str], options: TocOptions
) -> frozenset[int]:
    """The index of the heading that is the title of *block*, unless it is listed there.

    A title that the refresh removes is never listed: its entry would lead nowhere.
    """
    if block is None:
        return frozenset()
    start, end = block.inner
    inside = {at for at, each in enumerate(doc.headings) if start <= each.span.start < end}
    if not inside:
        return frozenset()
    from notelint.toc.block import read_block  # few tables have a heading in them

    found = read_block(doc, block)
    if found.title is None or found.foreign:  # then the block is left alone
        return frozenset()
    goes = options.no_title or options.title not in (None, found.title.text)
    return frozenset(
        at
        for at in inside
        if doc.headings[at].lines[0] == found.title.lines[0]
        and (goes or not {f"#{anchors[at]}", f"#{_encoded(anchors[at])}"} & found.targets)
    )


def _simple(heading: Heading) -> bool:
    """Whether doctoc lists the HTML *heading*: on one line, and of level 1 to 4."""
    return heading.level <= _HTML_LEVELS and heading.lines[0] == heading.lines[1]


def _anchors(doc: Document, options: TocOptions) -> list[str]:
    if options.flavor != "github":
        slugger = Slugger(options.flavor)
        return [slugger.next(heading.text) for heading in doc.headings]
    ids = {
        tag.span.end: attribute.value
        for tag in doc.tags
        if tag.name[:1] == "h" and (attribute := tag.get("id"))
    }
    return [
        (heading.html and ids.get(heading.span.start)) or heading.slug for heading in doc.headings
    ]


def _encoded(anchor: str) -> str:
    """*anchor* as it is in a link: non-ASCII characters percent-encoded, as doctoc does."""
    if anchor.replace("-", "").replace("_", "").isalnum() and anchor.isascii():
        return anchor
    from urllib.parse import quote

    return quote(anchor, safe="-_.!~*';/?:@&=+$,#")


_LINE_BREAK = lazy_regex(r"(?:(?<![ \t])[ \t]+)?\\?\n[ \t]*")
_LOST_TAG = lazy_regex(r"</?(?:a|img)\b|<!--", re.IGNORECASE)
_BREAK_TAG = lazy_regex(r"<br\b", re.IGNORECASE)
_SPECIAL = lazy_regex(r"[\\`*_\[\]<>~&]")
_BRACKET = lazy_regex(r"[\[\]]")
# Characters without a meaning in the text and in the address of a link.
_PLAIN = lazy_regex(r"(?!.*www\.)[^\W_](?:[^\W_]|[ .,()/+'-])*")
_STAND_IN = "*"  # doctoc's, for an image
_MARKS = frozenset("*_~[]")
_PLAIN_ADDRESS = lazy_regex(r"#[\w%-]+", re.ASCII)


def entry_texts(doc: Document, headings: Sequence[Heading], anchors: Sequence[str]) -> list[str]:
    """The text of each entry: the Markdown of the heading if it works in a link, else escaped.

    It works if the line, parsed with the definitions of *doc*, is a link to the anchor with the
    words of the heading. *anchors* are as written in the links.
    """
    known = doc.entry_texts
    pairs = [*zip(headings, anchors, strict=True)]
    new = [each for each in pairs if (each[0].span.start, each[1]) not in known]
    keys = [(heading.span.start, anchor) for heading, anchor in new]
    known.update(zip(keys, _texts(doc, new), strict=True))
    return [known[heading.span.start, anchor] for heading, anchor in pairs]


def _texts(doc: Document, entries: Sequence[tuple[Heading, str]]) -> list[str]:
    texts = [_marked_up(heading, _STAND_IN) for heading, _ in entries]
    for at in (bad := _bad(doc, entries, texts)):  # a stand-in next to a mark of emphasis
        texts[at] = _marked_up(entries[at][0], "")
    bad = bad and _bad(doc, entries, texts)
    return [
        _SPECIAL.sub(r"\\\g<0>", " ".join(heading.text.split())) if at in bad or not text else text
        for at, (text, (heading, _)) in enumerate(zip(texts, entries, strict=True))
    ]


def _bad(
    doc: Document, entries: Sequence[tuple[Heading, str]], texts: Sequence[str]
) -> frozenset[int]:
    """The numbers of those *texts* that do not show the words of their headings in a link."""
    wanted = [("#" + anchor, _compared(heading.text)) for heading, anchor in entries]
    doubtful = [
        number
        for number, (text, (address, words)) in enumerate(zip(texts, wanted, strict=True))
        if text and not (_is_plain(text, address) and _compared(text) == words)
    ]
    if not doubtful:
        return frozenset()
    lines = [f"- [{texts[number]}]({wanted[number][0]})" for number in doubtful]
    shown = _shown(lines, sorted({each.key for each in doc.definitions}))
    return frozenset(
        at
        for line, at in enumerate(doubtful, 1)
        if (found := shown.get(line)) is None
        or (found[0], _compared(found[1])) != wanted[at]
        or found[1].count("*") > _asterisks(entries[at][0])
    )


def _asterisks(heading: Heading) -> int:
    """How many asterisks an entry may show: those of the heading, and a stand-in per image."""
    return heading.text.count("*") + sum(node.kind.startswith("image") for node in heading.nodes)


def _is_plain(text: str, address: str) -> bool:
    """Whether *text* and *address* have nothing that can be markup in a link: the usual case."""
    return _PLAIN.fullmatch(text) is not None and _PLAIN_ADDRESS.fullmatch(address) is not None


def _shown(lines: Sequence[str], labels: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Destination and text of the link on each line that is one link, by line number, from 1."""
    from notelint.markdown.document import Document  # imports the parser

    doc = Document.of("\n".join([*lines, "", *(f"[{label}]: x" for label in labels)]))
    links: dict[int, list[tuple[str, str]]] = {}
    for link in doc.links:
        line, column = doc.lines.position(link.span.start)
        whole = (
            column == 3
            and line <= len(lines)
            and len(lines[line - 1]) + 1 == (doc.lines.position(link.span.end).column)
        )
        found = (link.destination, link.text) if whole else ("", "")
        links.setdefault(line, []).append(found)
    return {line: found[0] for line, found in links.items() if len(found) == 1}


def _compared(text: str) -> str:
    return re.sub(r"[\s*]+", "", text)  # an image is shown as `*`


def _marked_up(heading: Heading, stand_in: str) -> str:
    """The Markdown of *heading* with *stand_in* for each image."""
    if heading.html:
        return " ".join(heading.text.split())
    inner = _inner(heading.raw, heading.nodes, 0, len(heading.raw), stand_in)
    return _LINE_BREAK.sub(" ", inner).strip()


def _inner(raw: str, nodes: Sequence[Node], start: int, end: int, stand_in: str) -> str:
    """``raw[start:end]`` as text, without links, images, and markup that a link cannot have."""
    parts: list[str] = []
    at = start
    for node in nodes:
        first, stop = node.at
        if at <= first and stop <= end:  # not inside one that is done already
            text, before, at = _as_text(raw, nodes, node, stand_in), raw[at:first], stop
            if not (text or stand_in):  # spaces next to it would separate emphasis from its mark
                if raw[first - 1 : first] in _MARKS:
                    at += len(raw[stop:end]) - len(raw[stop:end].lstrip(" "))
                if raw[stop : stop + 1] in _MARKS:
                    before = before.rstrip(" ")
            parts += before, text
    return "".join([*parts, raw[at:end]])


def _as_text(raw: str, nodes: Sequence[Node], node: Node, stand_in: str) -> str:
    first, stop = node.at
    if node.kind in ("inline", "reference"):
        from notelint.markdown.delimiters import outermost, text_end  # few headings need it

        inside = [each for each in nodes if first < each.at[0] and each.at[1] < stop]
        close = text_end(raw, first + 1, stop, outermost(each.at for each in inside))
        return _inner(raw, inside, first + 1, close, stand_in)
    if node.kind == "autolink":
        return raw[first + 1 : stop - 1]
    if node.kind in ("image", "image-reference"):
        return stand_in
    if node.kind == "footnote":
        return ""
    if node.kind == "bare":  # a URL may have swallowed brackets that are a link without it
        return _BRACKET.sub(r"\\\g<0>", raw[first:stop])
    if node.kind == "html" and _BREAK_TAG.match(raw, first):
        return " "
    return "" if node.kind == "html" and _LOST_TAG.match(raw, first) else raw[first:stop]
