"""Destinations that misspell the beginning of a URL."""

from __future__ import annotations

import re

from notelint.text.startup import lazy_regex

_QUICK = lazy_regex(r"https?://[^\s/:]+\.", re.IGNORECASE)  # nearly all
# What may have got in front of a URL, and the same at its end.
_JUNK = lazy_regex(
    r"(?:(?:\.{0,2}/)?(?=https?://\w)|[\s(\[\"'“‘（【]+|%20|href=[\"']?)(?=https?://)", re.I
)
_NESTED = lazy_regex(r"\[[^\[\]]*\]\((https?://[^()\s]*)\)", re.IGNORECASE)
_CLOSING = dict(zip(")]\"'”’）】", "([\"'“‘（【", strict=True))
# A scheme that was written twice.
_TWICE = lazy_regex(r"https?:?/*(?=https?:/{1,2}\w|https?//\w)", re.IGNORECASE)
# A scheme without what has to stand after it, or with something else.
_SEPARATOR = lazy_regex(
    r"(https?)(?://:?|:/(?!/)|:{2,}/{2}|[;：.,]/{2}|:\.//|:(?=[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/|\Z)))(?=\w)",
    re.IGNORECASE,
)
_SCHEME = lazy_regex(r"([htps]{2,8})://(?=\w)", re.IGNORECASE)
_REAL = frozenset(("http", "https", "htsp", "shttp"))
_HOST = lazy_regex(r"https?://(?:(?:[\w-]+\.)+\w|localhost\b)", re.IGNORECASE)


def meant(destination: str) -> str | None:
    """The URL that *destination* misspells; None where it may be right.

    The slips are a bracket or a quote before it, and a scheme that is none or stands twice.
    """
    if _QUICK.match(destination):
        return None
    url = _without_junk(destination)
    while twice := _TWICE.match(url):
        url = url[twice.end() :]
    if slip := _SEPARATOR.match(url):
        url = f"{slip[1]}://{url[slip.end() :]}"
    if (scheme := _SCHEME.match(url)) and scheme[1].lower() not in _REAL:
        letters = scheme[1].lower()
        if "t" in letters and "p" in letters:
            url = f"http{'s' * ('s' in letters)}://{url[scheme.end() :]}"
    return url if url != destination else None


def has_host(url: str) -> bool:
    """Whether *url*, which was meant, has a host that can be one."""
    return _HOST.match(url) is not None


def _without_junk(destination: str) -> str:
    junk = _JUNK.match(destination)
    if junk is None:
        return destination
    if nested := _NESTED.match(destination):
        return nested[1]  # `[text]([https://a.b](https://a.b))`
    url = destination[junk.end() :]
    while url and (opening := _CLOSING.get(url[-1])) and opening in junk[0]:
        if opening in url[:-1] and opening != url[-1]:
            break
        url = url[:-1]
    return url


def repaired(destination: str) -> str:
    """The *destination* that was meant, or the same."""
    return meant(destination) or destination
