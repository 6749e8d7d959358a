"""Blocks of a note that other notes may repeat: list entries and ``<details>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notelint.markdown.document import Document
from notelint.markdown.elements import ListItem
from notelint.text.source import Span
from notelint.text.startup import lazy_regex
from notelint.workspace.digests import digest
from notelint.workspace.urls import canonical

Copy = tuple[str, str, int, int]
"""A block: its key, the digest of its text, and the start and end of its span.

Plain values, so that they can be stored. Blocks with the same key are copies of each other; the key
is :data:`ENTRY` or :data:`DETAILS` and a digest of the title, or of the address that is the title.
Blocks with the same digest are identical except for indents and list markers.
"""
ENTRY, DETAILS = "e", "d"

_MIN_TITLE_LETTERS = 16  # a shorter title may recur by chance; a CJK letter counts twice
_MIN_LETTERS_ALONE = 40  # of an entry on one line, or of the text of a `<details>`
_MAX_DEPTH = 3  # of nested `<details>`; deeper ones are not compared
_MARKER = lazy_regex(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_MARKUP = lazy_regex(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)|<[^<>]*>")
_TARGET = lazy_regex(r"\]\((https?://[^\s()]+)\)")
_URL = lazy_regex(r"<?(https?://[^\s<>]+)>?")
_LINK = lazy_regex(r"\]\(|://|<details", re.IGNORECASE)
_SUMMARY = lazy_regex(r"<summary\b[^<>]*>(?:(.*?)</summary|.*)", re.DOTALL | re.IGNORECASE)


def copies(doc: Document) -> tuple[Copy, ...]:
    """The blocks of *doc* that are too long to be equal by chance, in document order."""
    return tuple(sorted((*_entries(doc), *_details(doc)), key=lambda each: (each[2], -each[3])))


def _entries(doc: Document) -> Iterator[Copy]:
    parents = {item.parent for item in doc.items}
    for at, item in enumerate(doc.items):
        span = _span(doc, item)
        text = doc.slice(span)
        if not (at in parents or _LINK.search(text)):
            continue  # a sentence
        title = _MARKER.sub("", text.partition("\n")[0].rstrip(), count=1)
        if "](#" in title:
            continue  # a table of contents
        url = _URL.fullmatch(title)
        if url and item.lines[0] == item.lines[1]:
            continue  # only a link
        key = (canonical(url[1]) or "") if url else _words(title)
        alone = item.lines[0] == item.lines[1]
        if _length(key) < _MIN_TITLE_LETTERS and not alone and (linked := _TARGET.search(title)):
            key += f" {canonical(linked[1]) or linked[1]}"  # together they rarely recur by chance
        if _length(key) >= (_MIN_LETTERS_ALONE if alone else _MIN_TITLE_LETTERS):
            yield f"{ENTRY}{_digest(key)}", _digest(_plain(text)), *span


def _span(doc: Document, item: ListItem) -> Span:
    lines = doc.lines.line_span(*item.lines)
    text = doc.slice(lines)
    lead = len(text) - len(text.lstrip(" \t>"))
    return Span(lines.start + lead, lines.start + len(text.rstrip()))


def _details(doc: Document) -> Iterator[Copy]:
    opened: list[int] = []
    for tag in doc.tags:
        if tag.name != "details":
            continue
        if not tag.closing:
            opened.append(tag.span.start)
        elif opened:
            span = Span(opened.pop(), tag.span.end)
            if len(opened) >= _MAX_DEPTH:
                continue
            text = doc.slice(span)
            summary = _SUMMARY.search(text)
            title = _words(summary[1] or "") if summary else ""
            plain = _plain(text)
            if _length(_words(plain)) >= _MIN_LETTERS_ALONE:
                # with a common title, only an identical text is a copy
                key = title if _length(title) >= _MIN_TITLE_LETTERS else f"{title} {plain}"
                yield f"{DETAILS}{_digest(key)}", _digest(plain), *span


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", _MARKUP.sub(" ", text)).casefold()


def _length(words: str) -> int:
    return len(words) if words.isascii() else sum(1 + (each > "\u2e7f") for each in words)


def _plain(text: str) -> str:
    return " ".join(_MARKER.sub("", text).split())


def _digest(text: str) -> str:
    return digest(text.encode("utf-8", "surrogatepass"), 8)
