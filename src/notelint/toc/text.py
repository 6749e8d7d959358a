"""The text of a heading as it can stand in a link of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.text.startup import lazy_regex

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.elements import Heading
    from notelint.markdown.inline_spans import Node

_LINE_BREAK = lazy_regex(r"(?:(?<![ \t])[ \t]+)?\\?\n[ \t]*")
_LOST_TAG = lazy_regex(r"</?(?:a|img)\b|<!--", re.IGNORECASE)
_BREAK_TAG = lazy_regex(r"<br\b", re.IGNORECASE)
_SPECIAL = lazy_regex(r"[\\`*_\[\]<>~&]")
_BRACKET = lazy_regex(r"[\[\]]")
# What is read as it is written, in the text of a link and in its address.
_PLAIN = lazy_regex(r"(?!.*www\.)[^\W_](?:[^\W_]|[ .,()/+'-])*")
_STAND_IN = "*"  # doctoc's, for an image
_MARKS = frozenset("*_~[]")
_PLAIN_ADDRESS = lazy_regex(r"#[\w%-]+", re.ASCII)


def entry_texts(doc: Document, headings: Sequence[Heading], anchors: Sequence[str]) -> list[str]:
    """The text of each entry: the heading's Markdown where that works in a link, else escaped.

    It works where the line, among the definitions of *doc*, is a link to the anchor and shows
    the words of the heading; *anchors* are as they stand in the links.
    """
    known = doc.entry_texts
    pairs = [*zip(headings, anchors, strict=True)]
    new = [each for each in pairs if (each[0].span.start, each[1]) not in known]
    keys = [(heading.span.start, anchor) for heading, anchor in new]
    known.update(zip(keys, _texts(doc, new), strict=True))
    return [known[heading.span.start, anchor] for heading, anchor in pairs]


def _texts(doc: Document, entries: Sequence[tuple[Heading, str]]) -> list[str]:
    texts = [_marked_up(heading, _STAND_IN) for heading, _ in entries]
    bad = _bad(doc, entries, texts)
    if bad:  # an image may stand between emphasis and its mark
        texts = [
            _marked_up(heading, "") if at in bad else texts[at]
            for at, (heading, _) in enumerate(entries)
        ]
        bad = _bad(doc, entries, texts)
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
        or found[1].count("*") > _stars(entries[at][0])
    )


def _stars(heading: Heading) -> int:
    """How many asterisks an entry may show: those of the heading, and one for each image."""
    images = sum(each.kind in ("image", "image-reference") for each in heading.nodes)
    return heading.text.count("*") + images


def _is_plain(text: str, address: str) -> bool:
    """Whether nothing in a link of *text* to *address* can be taken for markup, as mostly."""
    return _PLAIN.fullmatch(text) is not None and _PLAIN_ADDRESS.fullmatch(address) is not None


def _shown(lines: Sequence[str], labels: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Destination and text of the link that each line is, by line number; no other line."""
    from notelint.markdown.document import Document  # the parser is needed here only

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
    """``raw[start:end]`` with links, images and what else is no text in a link made into text."""
    parts: list[str] = []
    at = start
    for node in nodes:
        first, stop = node.at
        if at <= first and stop <= end:  # not inside one that is done already
            text = _as_text(raw, nodes, node, stand_in)
            before, at = raw[at:first], stop
            if not (text or stand_in):  # the blanks beside it would part emphasis from its mark
                if raw[first - 1 : first] in _MARKS:
                    at += len(raw[stop:end]) - len(raw[stop:end].lstrip(" "))
                if raw[stop : stop + 1] in _MARKS:
                    before = before.rstrip(" ")
            parts += before, text
    return "".join([*parts, raw[at:end]])


def _as_text(raw: str, nodes: Sequence[Node], node: Node, stand_in: str) -> str:
    first, stop = node.at
    if node.kind in ("inline", "reference"):
        inside = [each for each in nodes if first < each.at[0] and each.at[1] < stop]
        close = _label_end(raw, inside, first + 1, stop)
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


def _label_end(raw: str, inside: Sequence[Node], at: int, stop: int) -> int:
    """Where the ``]`` is that ends the text of a link which starts at *at*."""
    skip = dict(node.at for node in reversed(inside))
    open_brackets = 0
    while at < stop:
        if at in skip:
            at = skip[at]
            continue
        if raw[at] == "]" and not open_brackets:
            break
        open_brackets += {"[": 1, "]": -1}.get(raw[at], 0)
        at += 2 if raw[at] == "\\" else 1
    return at
