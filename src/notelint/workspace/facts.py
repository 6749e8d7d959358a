"""The facts of a note: what other notes need to know of it. Small, and fit for the cache."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from notelint.markdown.anchors import slug
from notelint.markdown.document import Document
from notelint.markdown.elements import Link, LinkKind
from notelint.markdown.literal_links import Literal, literal_links
from notelint.markdown.unshown import Unshown, unshown
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.about import About, about
from notelint.workspace.contributors import contributors, is_in
from notelint.workspace.includes import includes
from notelint.workspace.list_entries import Entries
from notelint.workspace.outgoing import destination_of, unjudged
from notelint.workspace.own_urls import may_be_own_url
from notelint.workspace.resolve import page_of, resolve
from notelint.workspace.sites import SITES, Site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.repeated_blocks import Copy

_TERM = lazy_regex(r"^([^\s:>#|].*)\n(?:[ \t\r]*\n)?:[ \t]", re.MULTILINE)
# What an anchor loses and a name may differ by (`C++`, `C#`, `.NET`, `C/C++`), a number in front.
_SYMBOL = lazy_regex(r"\w[+#]|(?<![\w.])\.\w|\w[./]\w")
_NUMBER = lazy_regex(r"\A\d{1,9}(?:\.\d{1,9}){0,9}[.)]?\s")
_FAR = 500  # characters from an address to the end of its tag


Page = tuple[str, str]
"""The ``page`` of an entry, and its destination if that may be a file of this repository, else
empty. Plain values, so that they can be stored."""


class LinkFact(NamedTuple):
    """A link as the rules across files see it.

    ``span`` covers the link, ``target`` its destination. ``item`` is the index of its list item, -1
    outside lists; ``entry``: the item is about the link; ``badge``: an image is what is clicked.
    ``alone`` covers the lines of the item if it holds nothing but this link and has no number, else
    it is None.

    ``line`` is the one that it starts in, from 1, ``section`` the number of its section, ``list``
    that of its list, -1 outside lists; ``nested``: that list is in another one. ``title`` is what
    an entry calls the page, empty for a bare address.

    ``page`` is equal for entries that lead to the same page, and empty for links that are not
    compared. Files of this repository on its site are not resolved in it (see :data:`Page`).

    ``named`` is the anchor of a heading with the text of the link, for links with a fragment.
    ``only`` is the one anchor that such a link can mean if its text has a symbol that anchors lose:
    that of the only heading with this very text. It is empty if there is none, and None for all
    other links.
    ``done``: the item of an entry is a task that is ticked.
    ``written`` is the destination as it stands in the note, where that has a backslash, or has
    parameters and another form; else it is empty. ``repeated``: the text of the link has one of the
    parameters, too.
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


class FileFacts(NamedTuple):
    """The facts of one note. The order of the fields is part of the format of the cache.

    ``path`` is relative to the root of its workspace, with ``/``. ``lines`` is their number.
    ``links``, ``copies``, ``literals``, the links shown as text, and ``unshown``, what else GitHub
    shows as text, are in document order.
    ``terms`` are the anchors that definition lists may get in a site, sorted; ``includes``: other
    text is put into the page, with unknown headings. ``about`` is what the note says of itself.
    ``more`` are destinations that no rule judges, of definitions that nothing uses and of other
    tags than `<a>` and `<img>`.
    """

    path: str
    lines: int
    anchors: frozenset[str]
    links: tuple[LinkFact, ...]
    copies: tuple[Copy, ...] = ()
    terms: tuple[str, ...] = ()
    includes: bool = False
    literals: tuple[Literal, ...] = ()
    about: About = About()
    more: tuple[str, ...] = ()
    unshown: tuple[Unshown, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether there is anything in it that rules across files look at."""
        return bool(self.links or self.copies or self.literals or self.unshown)

    @property
    def entries(self) -> tuple[LinkFact, ...]:
        """The links that list items are about."""
        return tuple(link for link in self.links if link.entry)

    @property
    def pages(self) -> list[Page]:
        """The page that each of the entries leads to, in order."""
        return [
            (link.page, link.destination if may_be_own_url(link.destination) else "")
            for link in self.links
            if link.entry
        ]

    @property
    def folded_anchors(self) -> dict[str, str]:
        """The anchors by their case-folded form."""
        return _folded(self.anchors)


@lru_cache(256)
def _folded(anchors: frozenset[str]) -> dict[str, str]:
    return {each.casefold(): each for each in sorted(anchors, reverse=True)}


@lru_cache(256)
def intern_anchors(anchors: frozenset[str]) -> frozenset[str]:
    """An equal set that was seen before, or *anchors*: identical sets compare faster."""
    return anchors


def facts_of(
    path: str, doc: Document, *, entries: bool = True, sites: Sequence[Site] = SITES
) -> FileFacts:
    """The facts of the note at *path*; without *entries*, its repeated blocks are left out.

    *sites* decide whether two addresses lead to the same page.
    """
    entry, headings, listed = Entries(doc), _Headings(doc), contributors(doc)
    return FileFacts(
        path=path,
        lines=len(doc.lines),
        anchors=intern_anchors(doc.anchors),
        links=tuple(
            _link_fact(path, doc, entry, headings, link, sites)
            for link in doc.links
            # no reader can follow a definition that nothing uses
            if link.kind != "definition" or link.label in doc.used_labels
            if not (listed and link.destination[:1] == "#" and is_in(listed, link))
        ),
        copies=_copies(doc) if entries else (),
        terms=_terms(doc.source.text),
        includes=includes(doc),
        literals=literal_links(doc) if doc.source.invalid is None else (),
        about=about(doc),
        more=unjudged(doc),
        unshown=unshown(doc) if doc.source.invalid is None else (),
    )


def _copies(doc: Document) -> tuple[Copy, ...]:
    from notelint.workspace.repeated_blocks import copies

    return copies(doc)


def _terms(text: str) -> tuple[str, ...]:
    if "\n:" not in text:  # a quick test first
        return ()
    return tuple(sorted({slug(match[1].casefold()) for match in _TERM.finditer(text)}))


def _link_fact(
    path: str,
    doc: Document,
    about: Entries,
    headings: _Headings,
    link: Link,
    sites: Sequence[Site],
) -> LinkFact:
    entry = about.is_about(link)
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
        about.alone(link) if entry else None,
        page_of(resolve(destination, path), destination, sites) if compared else "",
        line,
        about.section(line),
        item.list if item else -1,
        item is not None and item.parent >= 0,
        about.title(link, entry=compared),
        slug(link.text) if jumps else "",
        _written(doc, link),
        "?" in destination and _is_repeated(doc, link),
        headings.only(link) if jumps else None,
        entry and about.is_done(link),
    )


class _Headings:
    """The headings of *doc* by their texts, collected when the first link asks for one."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """The anchor of the one heading with a text, numbers aside; empty if there are more."""
        found: dict[str, str] = {}
        for each in self._doc.headings:
            text = _unnumbered(each.text)
            found[text] = "" if text in found else each.slug
        return found

    def only(self, link: Link) -> str | None:
        """The ``only`` of *link*."""
        text = _unnumbered(link.text)
        if not _SYMBOL.search(text):
            return None
        if link.destination[0] != "#":
            return "" if "+" in text or "#" in text else None  # the headings of another note
        return self._anchors.get(text, "")


def _unnumbered(text: str) -> str:
    return " ".join(_NUMBER.sub("", text.lstrip(), count=1).casefold().split())


def _written(doc: Document, link: Link) -> str:
    """The ``written`` of *link*."""
    written = doc.slice(link.target)
    if "\\" in written:
        return "" if link.kind == "reference" or link.target == link.span else written
    return written if "?" in link.destination and written != link.destination else ""


def _is_repeated(doc: Document, link: Link) -> bool:
    """Whether the text of *link* has a parameter of its destination."""
    parameters = link.destination.partition("?")[2].partition("#")[0].split("&")
    if link.kind in ("bare", "autolink"):
        return False  # the text is the address
    text = _clicked(doc, link) if link.kind == "html" else (link.label or link.text).casefold()
    return "?" in text and any(each.casefold() in text for each in parameters if "=" in each)


def _clicked(doc: Document, link: Link) -> str:
    """The text after the tag that *link* is, as far as it may be an address."""
    text, end = doc.source.text, link.target.end
    start = text.find(">", end, end + _FAR) + 1
    stop = text.find("<", start, start + 2 * _FAR) if start else -1
    return text[start:stop].replace("&amp;", "&").casefold() if stop > 0 else ""
