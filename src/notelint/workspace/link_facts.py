"""The links of a note as the rules across files see them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from notelint.markdown.anchors import slug
from notelint.markdown.reuse import of_each
from notelint.markdown.shift import Shift
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.list_entries import ListEntries
from notelint.workspace.outgoing import destination_of
from notelint.workspace.resolve import page_of, resolve

if TYPE_CHECKING:
    from notelint.markdown.document import Document
    from notelint.markdown.elements import Link, LinkKind
    from notelint.text.source import Span
    from notelint.workspace.sites import Site

# Symbols that an anchor loses and names differ by (`C++`, `C#`, `.NET`, `C/C++`); leading numbers.
_SYMBOL = lazy_regex(r"\w[+#]|(?<![\w.])\.\w|\w[./]\w")
_NUMBER = lazy_regex(r"\A\d{1,9}(?:\.\d{1,9}){0,9}[.)]?\s")
_MAX_DISTANCE = 500  # characters from an address to the end of its tag


class LinkFact(NamedTuple):
    """A link as the rules across files see it.

    ``span`` covers the link, ``target`` its destination. ``item`` is the index of its list item, -1
    outside lists. ``entry``: the item is about the link. ``badge``: the text of the link is an
    image. ``alone`` covers the lines of the item if it has no number and holds only this link; else
    it is None.

    ``line`` is the line that the link starts on, from 1. ``section`` is the number of its section,
    ``list`` the number of its list, -1 outside lists. ``nested``: the list is inside another one.
    ``title`` is the title that an entry gives to the page, empty for a bare address.

    ``page`` is equal for entries that lead to the same page, and empty for links that are not
    compared. Addresses of files of this repository on its site are not resolved (see :data:`Page`).

    ``named`` is the anchor of a heading with the text of the link, for links with a fragment.
    ``only`` is for such links whose text has a symbol that anchors lose: the anchor of the only
    heading with exactly this text, empty if there is no such heading. It is None for other links.
    ``done``: the item of an entry is a checked task.
    ``written`` is the destination as written if it has a backslash, or if it has parameters and
    differs from ``destination``; else it is empty. ``repeated``: the text of the link contains one
    of the parameters.
    """

    kind: LinkKind
    image: bool
    destination: str
    span: Span
    target: Span
    item: int
    entry: bool
    badge: bool
    alone: Span | None
    page: str
    line: int
    section: int
    list: int
    nested: bool
    title: str
    named: str = ""
    written: str = ""
    repeated: bool = False
    only: str | None = None
    done: bool = False


def link_facts(path: str, doc: Document, sites: Sequence[Site]) -> list[LinkFact]:
    """The facts of each link of *doc*, the note at *path*.

    Facts of links that an edit leaves unchanged are reused: they took a fifth of its time.
    """
    entries, headings = ListEntries(doc), _Headings(doc)

    def make(link: Link) -> LinkFact:
        return _link_fact(path, doc, entries, headings, link, sites)

    def moved(facts: list[LinkFact], by: Shift) -> list[LinkFact]:
        first = facts[0]
        sections = entries.section(first.line + by.lines) - first.section
        return [_moved(each, by, sections) for each in facts] if any((*by, sections)) else facts

    shown = len(doc.links) - len(doc.definitions)
    texts = [(each.text, each.slug) for each in doc.headings]
    given = path, sites, texts, [each.text for each in doc.comments]
    parts = ("links", doc.links[:shown]), ("definitions", doc.links[shown:])
    found: list[LinkFact] = []
    for name, links in parts:
        found += of_each(doc, f"facts of {name}", make, links, of=name, given=given, move=moved)
    if not doc.tags:
        return found
    # the text of an HTML link may be in another block, so these facts are always computed
    return [
        fact._replace(repeated=_is_repeated(doc, link))
        if fact.kind == "html" and "?" in fact.destination
        else fact
        for fact, link in zip(found, doc.links, strict=True)
    ]


def _moved(fact: LinkFact, by: Shift, sections: int) -> LinkFact:
    characters, lines, items, lists = by
    listed = fact.item >= 0
    return LinkFact(
        fact.kind,
        fact.image,
        fact.destination,
        fact.span.moved(characters),
        fact.target.moved(characters),
        fact.item + items if listed else -1,
        fact.entry,
        fact.badge,
        fact.alone and fact.alone.moved(characters),
        fact.page,
        fact.line + lines,
        fact.section + sections,
        fact.list + lists if listed else -1,
        *fact[13:],
    )


def _link_fact(
    path: str,
    doc: Document,
    entries: ListEntries,
    headings: _Headings,
    link: Link,
    sites: Sequence[Site],
) -> LinkFact:
    entry = entries.is_about(link)
    destination = destination_of(doc, link)
    compared = entry and not link.image and not link.images
    item = doc.items[link.item] if link.item >= 0 else None
    line = doc.lines.position(link.span.start).line
    jumps = "#" in destination and bool(link.text)
    return LinkFact(
        link.kind,
        link.image,
        destination,
        link.span,
        link.target,
        link.item,
        entry,
        link.images > 0,
        entries.alone(link) if entry else None,
        page_of(resolve(destination, path), destination, sites) if compared else "",
        line,
        entries.section(line),
        item.list if item else -1,
        item is not None and item.parent >= 0,
        entries.title(link, entry=compared),
        slug(link.text) if jumps else "",
        _written(doc, link),
        "?" in destination and _is_repeated(doc, link),
        headings.only(link) if jumps else None,
        entry and entries.is_done(link),
    )


class _Headings:
    """The headings of *doc* by their texts, collected when first needed."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """The anchor of the only heading with a text, without numbers; empty if not unique."""
        found: dict[str, str] = {}
        for each in self._doc.headings:
            text = _unnumbered(each.text)
            found[text] = "" if text in found else each.slug
        return found

    def only(self, link: Link) -> str | None:
        """The value of ``only`` for *link*."""
        text = _unnumbered(link.text)
        if not _SYMBOL.search(text):
            return None
        if link.destination[0] != "#":
            return "" if "+" in text or "#" in text else None  # headings of another note
        return self._anchors.get(text, "")


def _unnumbered(text: str) -> str:
    return " ".join(_NUMBER.sub("", text.lstrip(), count=1).casefold().split())


def _written(doc: Document, link: Link) -> str:
    """The value of ``written`` for *link*."""
    written = doc.slice(link.target)
    if "\\" in written:
        return "" if link.kind == "reference" or link.target == link.span else written
    return written if "?" in link.destination and written != link.destination else ""


def _is_repeated(doc: Document, link: Link) -> bool:
    """Whether the text of *link* contains a parameter of its destination."""
    parameters = link.destination.partition("?")[2].partition("#")[0].split("&")
    if link.kind in ("bare", "autolink"):
        return False  # the text is the address
    text = _clicked(doc, link) if link.kind == "html" else (link.label or link.text).casefold()
    return "?" in text and any(each.casefold() in text for each in parameters if "=" in each)


def _clicked(doc: Document, link: Link) -> str:
    """The text of the HTML link *link*, up to the next tag; empty if it is too long."""
    text, end = doc.source.text, link.target.end
    start = text.find(">", end, end + _MAX_DISTANCE) + 1
    stop = text.find("<", start, start + 2 * _MAX_DISTANCE) if start else -1
    return text[start:stop].replace("&amp;", "&").casefold() if stop > 0 else ""
