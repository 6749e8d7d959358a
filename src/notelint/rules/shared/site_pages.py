"""Addresses on the site of a repository for which it has no source file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from notelint.rules.shared.local_targets import is_page
from notelint.text.startup import lazy_regex
from notelint.workspace.facts import FileFacts, LinkFact
from notelint.workspace.languages import CODE
from notelint.workspace.resolve import is_placeholder, path_in
from notelint.workspace.tree import with_parents
from notelint.workspace.workspace import Workspace

# Parts of addresses that generators make of no file: lists, versions, dates, languages, programs.
_MADE = lazy_regex(
    r"tags?|categor(?:y|ies)|topics?|authors?|archives?|search|pages?|posts?|blog|news|rss|feed|atom"
    rf"|sitemap|404|index|genindex|latest|stable|nightly|dev|main|master|next|v?\d[\d.x]*|{CODE}"
    r"|api(?:-?docs?)?|reference|javadoc|rustdoc|storybook|coverage|playground|demos?|app"
    r"|assets|static|img|images|_.*",
    re.IGNORECASE,
)
# By these a note has an address that does not follow from its name.
_ADDRESSED = lazy_regex(
    r"^[\"']?(?:permalink|slug|url|path|id|alias(?:es)?|redirect_from)[\"']?[ \t]*[:=]",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT = lazy_regex(r"\s*(---|\+\+\+|\{)")
_FRONT_LENGTH = 2000  # characters in which front matter says so
_DATE = lazy_regex(r"\A(?:\d{4}-\d\d-\d\d-|\d{1,6}[-_.])")
# Below the site of an owner are those of the owner's other repositories.
_OF_ALL = lazy_regex(r"[^/]+\.(?:git(?:hub|lab|ee)\.io|pages\.dev|codeberg\.page)/")
_SCHEME = lazy_regex(r"https?://(?:www\.)?", re.IGNORECASE)


def missing_pages(
    facts: FileFacts, workspace: Workspace, sites: Sequence[str]
) -> Iterator[tuple[LinkFact, str]]:
    """The links of a note to pages of the *sites* that have no source file, with the decoded paths.

    None where a file or a folder anywhere in the tree has the name of the page, where a generator
    may make the page of no file, and where notes have addresses in their front matter.
    """
    known = [f"{place.rstrip('/')}/" for each in sites if (place := _place(each))]
    for link in facts.links:
        if link.kind == "reference" or is_placeholder(link.destination):
            continue
        place = _place(link.destination)
        site = next(filter(place.startswith, known), place)
        path = path_in(place[len(site) :]).removesuffix("/index.html")
        parts = path.split("/")
        if not path or not is_page(path) or any(map(_MADE.fullmatch, parts)):
            continue
        names = workspace.of_tree("page names", lambda: _names(workspace))
        first, name = (_folded(posixpath.splitext(each)[0]) for each in (parts[0], parts[-1]))
        if name in names or (_OF_ALL.fullmatch(site) and first not in names):
            continue
        if workspace.of_tree("own addresses", lambda: _have_addresses(workspace)):
            return
        yield link, path


def _place(address: str) -> str:
    """Host and path of *address*, with a slash at the end of the host; empty for no address."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return ""
    host, _, path = address[scheme.end() :].partition("/")
    return f"{host.lower()}/{path}"


def _names(workspace: Workspace) -> frozenset[str]:
    names = {part for file in workspace.tree.files for part in with_parents(file)}
    return frozenset(_folded(posixpath.splitext(posixpath.basename(each))[0]) for each in names)


def _folded(name: str) -> str:
    """A name in an address, without the date or number before it."""
    return "".join(filter(str.isalnum, _DATE.sub("", name, count=1))).casefold()


def _have_addresses(workspace: Workspace) -> bool:
    for note in workspace.tree.notes:
        top = workspace.tree.text(note)[:_FRONT_LENGTH]
        if _FRONT.match(top) and _ADDRESSED.search(top):
            return True
    return False
