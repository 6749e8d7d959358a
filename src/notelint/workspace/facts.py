"""The facts of a note, which rules across files need; small, so that the cache can store them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from notelint.markdown.anchors import slug
from notelint.markdown.document import Document
from notelint.markdown.literal_links import Literal, literal_links
from notelint.markdown.literal_markup import Unshown, unshown
from notelint.text.covered import Covered
from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.includes import includes
from notelint.workspace.link_facts import LinkFact as LinkFact
from notelint.workspace.link_facts import link_facts
from notelint.workspace.note_profile import NoteProfile, profile_of
from notelint.workspace.outgoing import other_destinations
from notelint.workspace.own_urls import hosted_path, may_be_own_url
from notelint.workspace.sites import SITES, Site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from notelint.workspace.repeated_blocks import Copy

# What GitBook gives an anchor, too.
_FOLD = lazy_regex(r"<summary>(?:<[^<>\n]*>)?([^<>\n]+)|\{% tab title=\"([^\"\n]+)\"")
_ELSEWHERE = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]+:|//|#")
_TERM = lazy_regex(r"^([^\s:>#|].*)\n(?:[ \t\r]*\n)?:[ \t]", re.MULTILINE)


Page = tuple[str, str]
"""The ``page`` of a list entry, and its destination if that may be an address of a file of this
repository, else empty. Plain values, so that they can be stored."""


class FileFacts(NamedTuple):
    """The facts of one note. The order of the fields is part of the format of the cache.

    ``path`` is from the root of the workspace, with ``/``. ``lines`` is the number of lines.
    ``links``, ``copies`` (blocks that other notes may repeat), ``literals`` (links shown as text)
    and ``unshown`` (other markup shown as text) are in document order. ``terms`` are the anchors
    that a site may give to definition lists and folds. ``includes``: other text is inserted
    into the page, with unknown headings. ``other_destinations`` are those that no rule judges: of
    unused definitions, and of tags other than `<a>` and `<img>`.
    """

    path: str
    lines: int
    anchors: frozenset[str]
    links: tuple[LinkFact, ...]
    copies: tuple[Copy, ...] = ()
    terms: frozenset[str] = frozenset()
    includes: bool = False
    literals: tuple[Literal, ...] = ()
    profile: NoteProfile = NoteProfile()
    other_destinations: tuple[str, ...] = ()
    unshown: tuple[Unshown, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether there is anything that rules across files look at."""
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
    def outlinks(self) -> list[str]:
        """The destinations of links that may be notes of the tree, then other notes it names."""
        linked = {
            each.destination
            for each in self.links
            if not each.image
            and (
                not _ELSEWHERE.match(each.destination)
                or hosted_path(each.destination)
                or "#/" in each.destination  # a route of docsify
            )
        }
        linked.discard("")
        return [*sorted(linked), *(each for each in self.profile.named if each not in linked)]

    @property
    def folded_anchors(self) -> dict[str, str]:
        """The anchors by their case-folded form."""
        return _folded(self.anchors)


@lru_cache(256)
def _folded(anchors: frozenset[str]) -> dict[str, str]:
    return {each.casefold(): each for each in sorted(anchors, reverse=True)}


def facts_of(
    path: str, doc: Document, *, copies: bool = True, sites: Sequence[Site] = SITES
) -> FileFacts:
    """The facts of the note at *path*.

    Without *copies*, the blocks that other notes may repeat are left out. *sites* decide whether
    two addresses lead to the same page.
    """
    listed = _contributors(doc)
    return FileFacts(
        path=path,
        lines=len(doc.lines),
        anchors=doc.anchors,
        links=tuple(
            [
                fact
                for fact, link in zip(link_facts(path, doc, sites), doc.links, strict=True)
                # no reader can follow an unused definition
                if link.kind != "definition" or link.label in doc.used_labels
                if not (listed and link.destination[:1] == "#" and listed.covers(link.span))
            ]
        ),
        copies=_copies(doc) if copies else (),
        terms=_terms(doc.source.text),
        includes=includes(doc),
        literals=literal_links(doc) if doc.source.invalid is None else (),
        profile=profile_of(doc),
        other_destinations=other_destinations(doc),
        unshown=unshown(doc) if doc.source.invalid is None else (),
    )


def _copies(doc: Document) -> tuple[Copy, ...]:
    from notelint.workspace.repeated_blocks import copies

    return copies(doc)


def _contributors(doc: Document) -> Covered | None:
    """The lists of contributors that a bot keeps, from comment to comment; None without one.

    The bot links each contribution to an anchor that does not exist.
    """
    if "<!-- ALL-CONTRIBUTORS-LIST:" not in doc.source.text:
        return None
    found, start = [], None
    for comment in doc.comments:
        name, _, end = comment.text.partition(":")
        if name != "ALL-CONTRIBUTORS-LIST":
            continue
        if end.lstrip().startswith("START"):
            start = comment.span.start
        elif start is not None:
            found.append(Span(start, comment.span.end))
            start = None
    return Covered(found)


def _terms(text: str) -> frozenset[str]:
    found: set[str] = set()
    if "\n:" in text:  # a quick test first
        found.update(slug(match[1].casefold()) for match in _TERM.finditer(text))
    if "<summary>" in text or "{% tab " in text:
        found.update(slug((match[1] or match[2]).casefold()) for match in _FOLD.finditer(text))
    return frozenset(found)
