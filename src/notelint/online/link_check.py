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
    resolve: Resolve = system_resolve,
) -> LinkReport:
    """The outcome of each of *urls*, with one request for those of the same canonical form.

    *on_result* is called in this thread with each URL and its outcome as soon as that is known.
    On Ctrl-C, the report holds what is known by then and is marked as interrupted. *resolve* looks
    up host names. Raises :class:`ValueError` if the settings give headers for something that is not
    a site.
    """
    check = _Check(dict.fromkeys(urls), settings, on_result)
    groups = check.group()
    try:
        return check.request(groups, resolve) if groups else check.report()
    except KeyboardInterrupt:
        return check.report(interrupted=True)


class _Check:
    """A check of *urls* and the outcomes known so far; *on_result* is called for each."""

    def __init__(
        self, urls: Iterable[str], settings: OnlineSettings, on_result: OnResult | None
    ) -> None:
        self._urls = list(urls)
        self._settings = settings
        self._on_result = on_result
        self._outcomes: dict[str, Outcome] = {}
        self._requests = 0

    def _add(self, url: str, outcome: Outcome) -> None:
        self._outcomes[url] = outcome
        if self._on_result is not None:
            self._on_result(url, outcome)

    def _add_missing(self, outcome: Outcome) -> None:
        for url in self._urls:
            if url not in self._outcomes:
                self._add(url, outcome)

    def report(self, *, offline: bool = False, interrupted: bool = False) -> LinkReport:
        outcomes = {url: self._outcomes[url] for url in self._urls if url in self._outcomes}
        return LinkReport(outcomes, offline, interrupted, self._requests)

    def group(self) -> dict[str, list[str]]:
        """The links that need a request, by the address to request."""
        groups: dict[str, list[str]] = {}
        for url in self._urls:
            if why := skipped(url, self._settings.ignore):
                self._add(url, Outcome(Status.SKIPPED, why))
            elif why := fault(url):
                self._add(url, Outcome(Status.DEAD, why))
            elif page := canonical(request_url(url)):
                groups.setdefault(page, []).append(url)
            else:
                self._add(url, Outcome(Status.DEAD, "the host name is not valid"))
        return {request_url(links[0]): links for links in groups.values()}

    def request(self, groups: dict[str, list[str]], resolve: Resolve) -> LinkReport:
        # late: `requests` is slow to import
        from notelint.online.answer_cache import AnswerCache
        from notelint.online.client import Client
        from notelint.online.crawl import Chain, Crawl
        from notelint.online.page_anchors import wanted_anchor
        from notelint.online.verdict import outcome_of

        settings = self._settings
        end = time.monotonic() + (settings.total_timeout or float("inf"))
        chains = [
            Chain(address, frozenset(filter(None, map(wanted_anchor, links))))
            for address, links in groups.items()
        ]
        with ExitStack() as stack:
            client = stack.enter_context(closing(Client(settings, resolve)))
            cache = None
            if settings.cache_path:
                answers = AnswerCache(settings.cache_path, settings.cache_key)
                cache = stack.enter_context(closing(answers))
            crawl = stack.enter_context(closing(Crawl(settings, client, cache)))
            stack.callback(lambda: setattr(self, "_requests", crawl.requests))
            for chain in crawl.follow(chains, end):
                for url in groups[chain.url]:
                    self._add(url, outcome_of(url, chain.hops, settings.accept))
            offline = crawl.offline or crawl.network_failed()
        self._add_missing(_NO_NETWORK if offline else _NO_TIME)
        return self.report(offline=offline)


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
