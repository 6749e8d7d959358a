"""Addresses of pages that only lead on to another address, which is in a parameter."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.workspace.sites import SITES, Site, host_data
from notelint.workspace.urls import SEPARATOR, canonical, split_fragment, unquote


def unwrapped(url: str, sites: Sequence[Site] = SITES) -> str | None:
    """The address that *url* only leads on to, decoded; None if it is not such a page.

    None also if it is not clear where that address ends: it is not encoded, and parameters after it
    may belong to either.
    """
    whole, fragment = split_fragment(url)
    page, mark, query = whole.partition("?")
    known = canonical(page, ()) if mark and len(url.split()) == 1 else None
    if known is None:
        return None
    host, _, path = known.partition("://")[2].partition("/")
    names = host_data(host, sites).wraps.get(f"/{path}".rstrip("/").lower(), ())
    pairs = [each.partition("=") for each in SEPARATOR.split(query)]
    held = next((value for name in names for key, _, value in pairs if key == name), "")
    if not held or ("://" in held and (len(pairs) > 1 or fragment is not None)):
        return None
    decoded = unquote(held)
    for _ in range(2):  # some encode it twice
        if "://" not in decoded[:8]:
            decoded = unquote(decoded)
    return decoded if len(decoded.split()) == 1 and canonical(decoded, sites) else None
