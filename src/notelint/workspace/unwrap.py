"""Addresses of pages that only lead on to another address, which is in a parameter."""

from __future__ import annotations

from collections.abc import Sequence

from notelint.workspace.sites import SITES, Site, host_data
from notelint.workspace.urls import SEPARATOR, canonical, split_fragment, unquote


def unwrapped(url: str, sites: Sequence[Site] = SITES) -> str | None:
    """The address that *url* only leads on to, decoded; None if it is not such a page.

    None also if it is not clear where that address ends, see :func:`wrapped`.
    """
    held, is_clear = wrapped(url, sites)
    return held if is_clear else None


def wrapped(url: str, sites: Sequence[Site] = SITES) -> tuple[str | None, bool]:
    """The address that *url* only leads on to, decoded, and whether it is clear where that ends.

    It is not if it is not encoded, and parameters after it may belong to either. The address is
    None if *url* is not such a page.
    """
    whole, fragment = split_fragment(url)
    page, mark, query = whole.partition("?")
    known = canonical(page, ()) if mark and len(url.split()) == 1 else None
    if known is None:
        return None, False
    host, _, path = known.partition("://")[2].partition("/")
    data = host_data(host, sites)
    names = data.wraps.get(f"/{path}".rstrip("/").lower(), ())
    parameters = SEPARATOR.split(query)
    pairs = [each.partition("=") for each in parameters]
    at, held = next(
        ((at, value) for name in names for at, (key, _, value) in enumerate(pairs) if key == name),
        (0, ""),
    )
    ends = fragment is None and all(each in data.ignored for each in parameters[at + 1 :])
    decoded = unquote(held)
    for _ in range(2):  # some encode it twice
        if "://" not in decoded[:8]:
            decoded = unquote(decoded)
    if len(decoded.split()) != 1 or not canonical(decoded, sites):
        return None, False
    return decoded, "://" not in held or ends
