"""Resolution of a destination, as written, to what it leads to."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.own_urls import OwnUrls
from notelint.workspace.sites import Site
from notelint.workspace.urls import canonical, split_fragment, unquote

_SCHEME = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = lazy_regex(r"[A-Za-z]:[\\/]")
# Placeholders of templates, and what stands for an address or leaves it out.
_PLACEHOLDER = lazy_regex(
    r"\{\{|\}\}|\{%|\$\{|\$\(|<[^<>]*>|%(?![0-9A-F]{2}%)[A-Z_]{2,}%|^\{|@@|^\[|\]$|^\.{3}"
    r"|^[A-Z]+(?:_[A-Z]+)*_(?:URL|LINK)$"
)

# Prefixes for the root of a project: of Zola and bundlers, Joplin, Docusaurus.
_OWN_ROOTS = ("@/", ":/", "@site/")

TargetKind = Literal["external", "anchor", "local", "none"]


class Resolved(NamedTuple):
    """The target of a destination.

    ``path`` is from the root of the workspace, normalized and decoded; it starts with ``..`` if it
    is outside of the workspace. ``fragment`` is decoded, and None without a ``#``. ``rooted``: the
    destination begins with ``/``. ``prefix`` is the part before the path in an address of this
    repository on its site, else empty.
    """

    kind: TargetKind
    path: str = ""
    fragment: str | None = None
    rooted: bool = False
    prefix: str = ""


_NOTHING = Resolved("none")
_EXTERNAL = Resolved("external")


@lru_cache(1024)  # several rules resolve the same links
def resolve(destination: str, note: str, own: OwnUrls | None = None) -> Resolved:
    """Resolve *destination* in the note at *note*, a path from the root, with ``/``.

    With *own*, the address of a file of this repository on its site is resolved to that file.
    """
    if not destination or is_placeholder(destination) or destination.startswith(_OWN_ROOTS):
        return _NOTHING
    if destination[0] == "#":
        return Resolved("anchor", note, unquote(destination[1:]))
    if destination.startswith("//"):
        return _EXTERNAL
    if _SCHEME.match(destination) and not _DRIVE.match(destination):
        ours = own.split(destination) if own else None
        return _file(ours[1], "", prefix=ours[0]) if ours else _EXTERNAL
    return _file(destination, note)


def is_placeholder(destination: str) -> bool:
    """Whether *destination* contains a placeholder of a template."""
    return _PLACEHOLDER.search(destination) is not None


def path_in(rest: str) -> str:
    """The path in *rest*, the part of an address after the branch; normalized and decoded."""
    return _file(rest, "", prefix=" ").path


def page_of(found: Resolved, destination: str, sites: Sequence[Site]) -> str:
    """A text that is equal for all destinations that lead to the same page and fragment, or empty.

    *found* is the resolved *destination*; *sites* decide which addresses lead to the same page.
    """
    if found.kind == "external":
        return page_at(destination, sites)
    return f"{found.path}#{found.fragment or ''}" if found.kind == "local" else ""


def page_at(url: str, sites: Sequence[Site]) -> str:
    """The canonical form of *url*, or of the address that it only redirects to; or empty."""
    if "?" in url and ("%3" in url or "://" in url[8:]):  # most contain no second address
        from notelint.workspace.unwrap import unwrapped

        url = unwrapped(url, sites) or url
    return canonical(url, sites) or ""


def _file(destination: str, note: str, prefix: str = "") -> Resolved:
    path, fragment = split_fragment(destination)
    path = unquote(path.partition("?")[0]).replace("\\", "/")
    if not path and not prefix:
        return _NOTHING
    rooted = path.startswith("/")
    joined = path.lstrip("/") if rooted else posixpath.join(posixpath.dirname(note), path)
    normal = posixpath.normpath(joined) if joined else "."
    return Resolved(
        "local",
        "" if normal == "." else normal,
        unquote(fragment) if fragment is not None else None,
        rooted,
        prefix,
    )
