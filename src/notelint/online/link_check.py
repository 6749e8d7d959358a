"""The check of external links, and the search for copies of dead pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from urllib.parse import quote, urlsplit

from notelint.online.address import fault, request_url, skipped
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import LinkReport, Outcome, Status
from notelint.online.ssrf_guard import Resolve, system_resolve
from notelint.workspace.urls import canonical

OnResult = Callable[[str, Outcome], None]

_DEFAULT = OnlineSettings()
_NO_NETWORK = Outcome(Status.UNKNOWN, "the network cannot be reached")
_NO_TIME = Outcome(Status.UNKNOWN, "not requested: the run is out of time")


def check_urls(
    urls: Iterable[str],
    settings: OnlineSettings = _DEFAULT,
    on_result: OnResult | None = None,
    should_stop: Callable[[], bool] | None = None,
    resolve: Resolve = system_resolve,
) -> LinkReport:
    """The outcome of each of *urls*, with one request for those of the same canonical form.

    *on_result* is called in this thread with each URL and its outcome as soon as that is known.
    *should_stop* is called several times a second; if it returns true, or on Ctrl-C, the report
    holds what is known by then and is marked as interrupted. *resolve* looks up host names. Raises
    :class:`ValueError` if the settings give headers for something that is not a site.
    """
    collected = _Collected(dict.fromkeys(urls), on_result)
    groups = _groups(collected, settings)
    if not groups:
        return collected.report()
    try:
        return _request(groups, collected, settings, should_stop or (lambda: False), resolve)
    except KeyboardInterrupt:
        return collected.report(interrupted=True)


class _Collected:
    """The outcomes known so far, by URL as given; *on_result* is called for each."""

    def __init__(self, urls: Iterable[str], on_result: OnResult | None) -> None:
        self.urls = list(urls)
        self.outcomes: dict[str, Outcome] = {}
        self.requests = 0
        self._on_result = on_result

    def add(self, url: str, outcome: Outcome) -> None:
        self.outcomes[url] = outcome
        if self._on_result is not None:
            self._on_result(url, outcome)

    def add_missing(self, outcome: Outcome) -> None:
        for url in self.urls:
            if url not in self.outcomes:
                self.add(url, outcome)

    def report(self, *, offline: bool = False, interrupted: bool = False) -> LinkReport:
        outcomes = {url: self.outcomes[url] for url in self.urls if url in self.outcomes}
        return LinkReport(outcomes, offline, interrupted, self.requests)


def _groups(collected: _Collected, settings: OnlineSettings) -> dict[str, list[str]]:
    """The links that need a request, by the address to request."""
    groups: dict[str, list[str]] = {}
    for url in collected.urls:
        if why := skipped(url, settings.ignore):
            collected.add(url, Outcome(Status.SKIPPED, why))
        elif why := fault(url):
            collected.add(url, Outcome(Status.DEAD, why))
        else:
            page = canonical(request_url(url))
            if page is None:
                collected.add(url, Outcome(Status.DEAD, "the host name is not valid"))
            else:
                groups.setdefault(page, []).append(url)
    return {request_url(links[0]): links for links in groups.values()}


def _request(
    groups: dict[str, list[str]],
    collected: _Collected,
    settings: OnlineSettings,
    should_stop: Callable[[], bool],
    resolve: Resolve,
) -> LinkReport:
    # late: `requests` is slow to import
    from notelint.online.answer_cache import AnswerCache
    from notelint.online.client import Client
    from notelint.online.crawl import Chain, Crawl
    from notelint.online.page_anchors import wanted_anchor
    from notelint.online.verdict import outcome_of

    end = time.monotonic() + settings.total_timeout if settings.total_timeout else float("inf")
    chains = [
        Chain(address, frozenset(filter(None, map(wanted_anchor, links))))
        for address, links in groups.items()
    ]
    with ExitStack() as stack:
        client = stack.enter_context(closing(Client(settings, resolve)))
        path = settings.cache_path
        cache = (
            stack.enter_context(closing(AnswerCache(path, settings.cache_key))) if path else None
        )
        crawl = stack.enter_context(closing(Crawl(settings, client, cache)))
        stack.callback(lambda: setattr(collected, "requests", crawl.requests))
        for chain in crawl.follow(chains, lambda: should_stop() or time.monotonic() > end):
            for url in groups[chain.url]:
                collected.add(url, outcome_of(url, chain.hops, settings.accept))
        offline = crawl.offline or crawl.network_failed()
    if offline:
        collected.add_missing(_NO_NETWORK)
        return collected.report(offline=True)
    stopped = len(collected.outcomes) < len(collected.urls)
    if stopped and time.monotonic() > end:
        collected.add_missing(_NO_TIME)
        stopped = False
    return collected.report(interrupted=stopped)


# https://archive.org/help/wayback_api.php
AVAILABLE = "https://archive.org/wayback/available"


def archived(
    urls: Iterable[str],
    settings: OnlineSettings,
    service: str = AVAILABLE,
) -> dict[str, str]:
    """The latest copy of each of *urls* that has one, by URL.

    Sends one request after the other and stops at the first that fails.
    """
    from notelint.online.client import Client

    found: dict[str, str] = {}
    with closing(Client(settings, system_resolve)) as client, suppress(KeyboardInterrupt):
        for url in dict.fromkeys(urls):
            answer = client.fetch_json(f"{service}?url={quote(url, safe='')}")
            if answer is None:
                break
            if copy := _copy(answer):
                found[url] = copy
    return found


def _copy(answer: object) -> str | None:
    for key in ("archived_snapshots", "closest"):
        answer = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or answer.get("available") is not True:
        return None
    copy = str(answer.get("url"))
    if urlsplit(copy).scheme == "http":
        copy = f"https{copy[4:]}"
    return copy if copy.startswith("https://") else None
