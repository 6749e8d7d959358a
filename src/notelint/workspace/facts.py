"""What other files need to know of a note: small, without its text, fit to be stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from notelint.markdown.anchors import slug
from notelint.markdown.document import Document
from notelint.markdown.elements import Link, LinkKind
from notelint.markdown.literal_links import Literal, literal_links
from notelint.text.span import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.entries import Entries
from notelint.workspace.home import may_be_home
from notelint.workspace.resolve import page_of, resolve
from notelint.workspace.sites import SITES, Site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.copies import Copy

_TERM = lazy_regex(r"^([^\s:>#|].*)\n(?:[ \t\r]*\n)?:[ \t]", re.MULTILINE)
_BLANK = lazy_regex(r"[a-z]+(?:[-_ ][a-z]+)*")  # `[me](<your-name>)`
# How Hugo, Jekyll, mdBook, MkDocs, VitePress and Docusaurus put other text into a page.
_BRACES = lazy_regex(r"\{(?=[{%])")  # with one character to look for first, the search is quick
_TEMPLATE = lazy_regex(
    r"\{\{[%<#][-\s]*(?:[\w./][\w./-]*)?(?:include|render|file|page|partial|content)|\{%-?\s*include"
)
_SNIPPET = "--8<--"
_COMMENT = lazy_regex(r"<!--\s*@include")
_IMPORT = lazy_regex(r"\nimport\s.*\.mdx?['\"]")


class LinkFact(NamedTuple):
    """A link as the rules across files see it.

    ``item`` numbers the list item that it stands in, -1 outside lists; ``entry`` tells that the
    item is about it, ``badge`` that an image is what is clicked. ``alone`` covers the lines of
    the list item when it holds nothing but this link, else None.

    ``page`` is the same for entries that lead to the same page, and empty for links that are not
    compared. An address that may be that of a file of this repository is added as it is written,
    behind a NUL, which no address holds.
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


class FileFacts(NamedTuple):
    """A note in brief. ``path`` is relative to the root of its workspace, with ``/``.

    ``literals`` are the links that it shows as text.

    Of a note that is part of a site: ``terms`` are the anchors that definition lists may get, and
    ``includes`` tells that a generator puts other text into the page.
    """

    path: str
    lines: int
    anchors: frozenset[str]
    links: tuple[LinkFact, ...]
    copies: tuple[Copy, ...] = ()
    terms: tuple[str, ...] = ()
    includes: bool = False
    literals: tuple[Literal, ...] = ()

    @property
    def entries(self) -> tuple[LinkFact, ...]:
        """The links that list items are about."""
        return tuple(link for link in self.links if link.entry)

    @property
    def pages(self) -> list[str]:
        """The ``page`` of each of the entries."""
        return [link.page for link in self.links if link.entry]

    @property
    def folded_anchors(self) -> dict[str, str]:
        """The anchors by their form without letter case."""
        return _folded(self.anchors)


@lru_cache(256)
def _folded(anchors: frozenset[str]) -> dict[str, str]:
    return {each.casefold(): each for each in sorted(anchors, reverse=True)}


@lru_cache(256)
def shared(anchors: frozenset[str]) -> frozenset[str]:
    """*anchors*, or the same in an object that is known: equal ones take long to compare."""
    return anchors


def facts_of(
    path: str, doc: Document, *, entries: bool = True, sites: Sequence[Site] = SITES
) -> FileFacts:
    """The facts of the note at *path*; what its *entries* are only if somebody compares them.

    Whether two addresses are those of the same page is asked of *sites*.
    """
    about = Entries(doc)
    return FileFacts(
        path=path,
        lines=len(doc.lines),
        anchors=shared(doc.anchors),
        links=tuple(
            _link_fact(path, doc, about, link, sites)
            for link in doc.links
            # nobody gets to see where a definition leads that nothing uses
            if link.kind != "definition" or link.label in doc.used_labels
        ),
        copies=_copies(doc) if entries else (),
        terms=_terms(doc.source.text),
        includes=_includes(doc.source.text),
        literals=literal_links(doc) if doc.source.invalid is None else (),
    )


def _copies(doc: Document) -> tuple[Copy, ...]:
    from notelint.workspace.copies import copies

    return copies(doc)


def _includes(text: str) -> bool:
    return bool(
        (_BRACES.search(text) and _TEMPLATE.search(text))
        or _SNIPPET in text
        or ("@" in text and _COMMENT.search(text))
        or ("import " in text and _IMPORT.search("\n" + text))
    )


def _terms(text: str) -> tuple[str, ...]:
    if "\n:" not in text:  # which is sooner told than with the blank behind it
        return ()
    return tuple(sorted({slug(match[1].casefold()) for match in _TERM.finditer(text)}))


def _destination(doc: Document, link: Link) -> str:
    """Where *link* leads; in its brackets where these show that something is to be filled in."""
    start = link.target.start
    if doc.source.text[start - 1 : start] == "<" and _BLANK.fullmatch(link.destination):
        return f"<{link.destination}>"
    return link.destination


def _link_fact(
    path: str, doc: Document, about: Entries, link: Link, sites: Sequence[Site]
) -> LinkFact:
    entry = about.is_about(link)
    destination = _destination(doc, link)
    compared = entry and not link.image and not link.images
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
        _page(destination, path, sites) if compared else "",
    )


def _page(destination: str, note: str, sites: Sequence[Site]) -> str:
    page = page_of(resolve(destination, note), destination, sites)
    return f"{page}\0{destination}" if may_be_home(destination) else page
