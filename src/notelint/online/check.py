"""Many links at once: the way in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from notelint.online.address import fault, request_url, skipped
from notelint.online.guard import Resolve, system_resolve
from notelint.online.outcome import Outcome, Report, Status
from notelint.online.settings import OnlineSettings
from notelint.workspace.urls import canonical

if TYPE_CHECKING:
    from notelint.online.run import Run, Walk

OnResult = Callable[[str, Outcome], None]

_DEFAULT = OnlineSettings()
_NO_NETWORK = Outcome(Status.UNKNOWN, "the network cannot be reached")
_NO_TIME = Outcome(Status.UNKNOWN, "not asked: the time for this run is over")


def check_urls(
    urls: Iterable[str],
    settings: OnlineSettings = _DEFAULT,
    on_result: OnResult | None = None,
    should_stop: Callable[[], bool] | None = None,
    resolve: Resolve = system_resolve,
) -> Report:
    """What became of each of *urls*, at one request for those whose canonical form is the same.

    *on_result* is called with each URL and its outcome as soon as it is known, in this thread.
    *should_stop* is asked several times a second; when it says so, or on Ctrl-C, what is known by
    then comes back, marked as interrupted. *resolve* looks host names up. Raises
    :class:`ValueError` when the settings give headers for something that is no site.
    """
    collected = _Collected(dict.fromkeys(urls), on_result)
    groups = _groups(collected, settings)
    if not groups:
        return collected.report()
    try:
        return _ask(groups, collected, settings, should_stop or (lambda: False), resolve)
    except KeyboardInterrupt:
        return collected.report(interrupted=True)


class _Collected:
    """Outcomes so far, by URL as given."""

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

    def report(self, *, offline: bool = False, interrupted: bool = False) -> Report:
        outcomes = {url: self.outcomes[url] for url in self.urls if url in self.outcomes}
        return Report(outcomes, offline, interrupted, self.requests)


def _groups(collected: _Collected, settings: OnlineSettings) -> dict[str, list[str]]:
    """The links that have to be asked, by the address that is asked for them."""
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


def _ask(
    groups: dict[str, list[str]],
    collected: _Collected,
    settings: OnlineSettings,
    should_stop: Callable[[], bool],
    resolve: Resolve,
) -> Report:
    # Not before there is something to ask: `requests` takes its time to load.
    from notelint.online.cache import Cache
    from notelint.online.client import Client
    from notelint.online.fragments import wanted_anchor
    from notelint.online.run import Run, Walk

    end = time.monotonic() + settings.total_timeout if settings.total_timeout else float("inf")
    with ExitStack() as stack:
        client = stack.enter_context(closing(Client(settings, resolve)))
        path = settings.cache_path
        cache = stack.enter_context(closing(Cache(path, settings.cache_key))) if path else None
        run = stack.enter_context(closing(Run(settings, client, cache)))
        walks = [
            Walk(asked, frozenset(filter(None, map(wanted_anchor, links))))
            for asked, links in groups.items()
        ]
        stack.callback(lambda: setattr(collected, "requests", run.requests))
        _collect(
            run, walks, groups, collected, settings, lambda: should_stop() or time.monotonic() > end
        )
        offline = run.offline or run.network_failed()
    if offline:
        collected.add_missing(_NO_NETWORK)
        return collected.report(offline=True)
    stopped = len(collected.outcomes) < len(collected.urls)
    if stopped and time.monotonic() > end:
        collected.add_missing(_NO_TIME)
        stopped = False
    return collected.report(interrupted=stopped)


def _collect(
    run: Run,
    walks: list[Walk],
    groups: dict[str, list[str]],
    collected: _Collected,
    settings: OnlineSettings,
    should_stop: Callable[[], bool],
) -> None:
    from notelint.online.judge import judge

    for walk in run.walk(walks, should_stop):
        for url in groups[walk.url]:
            collected.add(url, judge(url, walk.hops, settings.accept))
