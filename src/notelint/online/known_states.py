"""The states of links as the cache of an earlier check has them; nothing is requested."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from notelint.online.address import fault, request_url, skipped
from notelint.online.answer_cache import AnswerCache, cache_key
from notelint.online.online_settings import OnlineSettings
from notelint.online.page_anchors import wanted_anchor
from notelint.online.results import Status
from notelint.online.verdict import Hop, outcome_of
from notelint.workspace.urls import canonical

_HOPS = OnlineSettings().max_redirects  # as a check follows, if not configured


def known_states(urls: Iterable[str], file: str, secret: bytes) -> dict[str, Status]:
    """The state of each of *urls* that the cache in *file*, which is there, has one of.

    Answers to requests with headers of a configuration are not looked for.
    """
    found: dict[str, Status] = {}
    addresses: dict[str, str] = {}  # to request, by canonical form, as a check groups them
    with closing(AnswerCache(Path(file), secret)) as cache:
        for url in urls:
            page = None if skipped(url, ()) or fault(url) else canonical(request_url(url))
            if page is None:
                continue
            hops = _hops(cache, addresses.setdefault(page, request_url(url)))
            anchor = wanted_anchor(url)
            if hops and hops[-1].answer.covers([anchor] if anchor is not None else ()):
                found[url] = outcome_of(url, hops).status
    return found


def _hops(cache: AnswerCache, url: str) -> list[Hop]:
    """The redirect chain of *url*; empty where the cache does not have all of it."""
    hops: list[Hop] = []
    while len(hops) <= _HOPS:
        answer = cache.get(cache_key(url, {}, False, False))
        if answer is None:
            return []
        hops.append(Hop(url, answer))
        url = request_url(answer.location) if answer.location is not None else ""
        if not url or any(hop.url == url for hop in hops):
            break
    return hops
