"""Requests for all links of one run: one for each address, redirects followed to their end.

The calling thread makes all decisions; the threads of the pool only send requests. Links whose
redirects lead through the same address share its answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from notelint.online.address import origin_of, request_url, site_of
from notelint.online.answer_cache import AnswerCache, cache_key
from notelint.online.client import Client, site_headers
from notelint.online.online_settings import OnlineSettings
from notelint.online.results import Answer, Failure
from notelint.online.throttle import Throttle
from notelint.online.verdict import Hop

# Answers to HEAD after which GET is sent: some servers refuse HEAD, or fail, and answer GET. Any
# other answer is taken for the one to GET.
_HEAD_REFUSED = {403, 404, 405, 410, 500, 501}
_BACK_OFF = 1.0  # seconds before the first retry where a 429 names no time; doubles
_MAX_TIMEOUTS = 3  # requests in a row without an answer before a host is given up
_MAX_LATER_TIMEOUTS = 9  # the same for a host that answered others: some pages are slow
_MAX_REFUSED = 3  # pages in a row without an answer after all retries before a host is given up
_MAX_UNRESOLVED = 4  # hosts that cannot be looked up, and none that answered: we are offline
_TICK = 0.2  # seconds between two checks of the time

_NO_ANSWER = (Failure.TIMEOUT, Failure.UNREACHABLE)
_NETWORK_UNKNOWN = (Failure.PRIVATE, Failure.MALFORMED, Failure.TIMEOUT)  # no proof of a network
_NOT_SENT = (
    Failure.PRIVATE,
    Failure.MALFORMED,
    Failure.NETWORK,
    Failure.NO_HOST,
    Failure.UNREACHABLE,
)
_WHOLE_HOST = (Failure.NO_HOST, Failure.NETWORK)


@dataclass(slots=True)
class Chain:
    """The redirect chain of one link; ``anchors`` are looked for in the page at its end."""

    url: str
    anchors: frozenset[str]
    hops: list[Hop] = field(default_factory=list)


@dataclass(slots=True)
class _Fetch:
    """One address: its requests, its answer, and the chains that wait for it.

    ``busy``: queued or under way. ``requests``: sent so far; ``put_off``: of those, answered with a
    time to come back. ``dropped``: the server cut the connection once already.
    """

    url: str
    site: str
    anchors: set[str] = field(default_factory=set)
    get: bool = False
    answer: Answer | None = None
    busy: bool = False
    requests: int = 0
    put_off: int = 0
    dropped: bool = False
    waiting: list[Chain] = field(default_factory=list)

    def serves(self, chain: Chain) -> bool:
        """Whether the answer is there and says all that *chain* needs."""
        return self.answer is not None and self.answer.covers(chain.anchors)


class Crawl:
    """Follows redirect chains; ``offline`` becomes true if the network cannot be reached.

    ``requests`` counts the requests sent. Used by one thread.
    """

    def __init__(self, settings: OnlineSettings, client: Client, cache: AnswerCache | None) -> None:
        self.offline = False
        self.requests = 0
        self._settings = settings
        self._cache = cache
        self._headers = site_headers(settings.headers)
        self._fetches: dict[str, _Fetch] = {}
        self._throttle: Throttle[_Fetch] = Throttle(settings.per_host, settings.spacing)
        self._client = client
        self._pool = ThreadPoolExecutor(settings.concurrency)
        self._pending: dict[Future[Answer], _Fetch] = {}
        self._done: SimpleQueue[Future[Answer]] = SimpleQueue()
        self._finished: list[Chain] = []
        self._reached = False
        self._lost: set[str] = set()

    def follow(self, chains: list[Chain], end: float) -> Iterator[Chain]:
        """Follow *chains* and yield each one at its end, until *end*, by `time.monotonic()`."""
        for chain in chains:
            self._wait_at(chain, chain.url)
        left = len(chains)
        while True:
            finished, self._finished = self._finished, []
            left -= len(finished)
            yield from finished
            if self._finished:
                continue
            if not left or self.offline or time.monotonic() > end:
                return
            self._turn()

    def close(self) -> None:
        """Send nothing more, and do not wait for the requests under way.

        Their threads can hang in a name look-up, which nothing can interrupt, and Python waits for
        them at its end: the command line ends without that.
        """
        self._pool.shutdown(wait=False, cancel_futures=True)

    def network_failed(self) -> bool:
        """Whether there were requests, and not one host could be looked up or routed to."""
        return bool(self._lost) and not self._reached

    def _turn(self) -> None:
        now, most = time.monotonic(), self._settings.concurrency
        while len(self._pending) < most and (turn := self._throttle.take(now)):
            self._send(turn[1])
        start = self._throttle.next_start() if len(self._pending) < most else None
        pause = _TICK if start is None else min(_TICK, max(0.0, start - time.monotonic()))
        try:
            future = self._done.get(timeout=pause)
        except Empty:
            return
        fetch, answer = self._pending.pop(future), future.result()
        self._throttle.done(fetch.site)
        self._note_network(fetch, answer)
        self._handle(fetch, replace(answer, requests=fetch.requests))

    def _send(self, fetch: _Fetch) -> None:
        fetch.requests += 1
        method = "GET" if fetch.get or fetch.anchors else "HEAD"
        future = self._pool.submit(self._client.send, fetch.url, method, frozenset(fetch.anchors))
        self._pending[future] = fetch
        future.add_done_callback(self._done.put)

    # --- chains

    def _wait_at(self, chain: Chain, url: str) -> None:
        fetch = self._fetches.get(url)
        if fetch is None:
            fetch = self._fetches[url] = _Fetch(url, site_of(url))
        if fetch.serves(chain):
            self._advance(chain, fetch)
            return
        fetch.waiting.append(chain)
        fetch.anchors |= chain.anchors
        if not fetch.busy:
            self._request(fetch)

    def _advance(self, chain: Chain, fetch: _Fetch) -> None:
        answer = fetch.answer
        assert answer is not None
        chain.hops.append(Hop(fetch.url, answer))
        if answer.location is not None and len(chain.hops) <= self._settings.max_redirects:
            target = request_url(answer.location)
            if "#" in answer.location:
                chain.anchors = frozenset()  # the redirect brings its own fragment
            if all(hop.url != target for hop in chain.hops):
                self._wait_at(chain, target)
                return
        self._finished.append(chain)

    # --- addresses

    def _request(self, fetch: _Fetch) -> None:
        if fetch.requests == 0 and (kept := self._cached(fetch)):
            self._settle(fetch, kept)
        elif answer := self._throttle.host(fetch.site).final_answer:
            self._settle(fetch, answer)
        else:
            fetch.busy = True
            self._throttle.add(fetch.site, fetch)

    def _settle(self, fetch: _Fetch, answer: Answer) -> None:
        fetch.answer, fetch.busy = answer, False
        if self._cache is not None and not answer.cached:
            self._cache.put(self._key(fetch), answer)
        chains, fetch.waiting = fetch.waiting, []
        for chain in chains:
            self._wait_at(chain, fetch.url)

    def _cached(self, fetch: _Fetch) -> Answer | None:
        if self._cache is None or self._settings.refresh:
            return None
        kept = self._cache.get(self._key(fetch))
        # An answer that does not serve would be looked up here again and again.
        serves = kept and kept.covers(fetch.anchors) and not _asks_for_get(kept)
        return kept if serves else None

    def _key(self, fetch: _Fetch) -> str:
        headers = self._headers.get(origin_of(fetch.url), {})
        settings = self._settings
        return cache_key(fetch.url, headers, settings.allow_private, settings.trust_env)

    # --- answers

    def _note_network(self, fetch: _Fetch, answer: Answer) -> None:
        self.requests += answer.failure not in _NOT_SENT
        if answer.failure is Failure.NETWORK:
            self._lost.add(fetch.site)
            self.offline = not self._reached and len(self._lost) >= _MAX_UNRESOLVED
        elif answer.failure not in _NETWORK_UNKNOWN:
            self._reached = True

    def _handle(self, fetch: _Fetch, answer: Answer) -> None:
        host = self._throttle.host(fetch.site)
        if _asks_for_get(answer):
            self._retry(fetch, get=True)
        elif answer.failure is Failure.DROPPED and not fetch.dropped:
            fetch.dropped = True  # a stale connection, or a server that rejects HEAD
            self._retry(fetch, get=True)
        elif answer.code == 429 or answer.wait is not None:
            self._put_off(fetch, answer)
        elif answer.failure in _WHOLE_HOST:
            self._give_up(fetch, answer, answer)
        elif answer.failure in _NO_ANSWER:
            host.timeouts += 1
            if host.timeouts >= (_MAX_LATER_TIMEOUTS if host.answered else _MAX_TIMEOUTS):
                rest = replace(answer, detail="the host did not answer other requests", requests=0)
                self._give_up(fetch, answer, rest)
            else:
                self._settle(fetch, answer)
        else:
            host.reset()
            self._settle(fetch, answer)

    def _put_off(self, fetch: _Fetch, answer: Answer) -> None:
        now, settings = time.monotonic(), self._settings
        fetch.put_off += 1
        wait = answer.wait if answer.wait is not None else _BACK_OFF * 2 ** (fetch.put_off - 1)
        too_long = wait > settings.max_wait
        if too_long:
            answer = replace(answer, detail=f"asked to wait {wait:.0f} s")
        elif max(fetch.put_off, self._throttle.pauses(fetch.site, now)) <= settings.retries:
            self._throttle.pause(fetch.site, now, wait)
            self._retry(fetch, get=fetch.get)
            return
        host = self._throttle.host(fetch.site)
        host.refused += 1
        if host.answered:  # the fault is the page's: the next one gets pauses anew
            host.paused = 0
        alone = too_long and not host.answered
        if answer.code == 429 and (alone or host.refused >= _MAX_REFUSED):
            rest = replace(answer, detail="for another page of the host", requests=0, wait=None)
            self._give_up(fetch, answer, rest)
        else:
            self._settle(fetch, answer)

    def _retry(self, fetch: _Fetch, get: bool) -> None:
        fetch.get = get
        if answer := self._throttle.host(fetch.site).final_answer:
            self._settle(fetch, answer)
        else:
            self._throttle.add(fetch.site, fetch, first=True)

    def _give_up(self, fetch: _Fetch, answer: Answer, rest: Answer) -> None:
        """Settle *fetch* with *answer*, and the waiting pages of the host with *rest*."""
        waiting = self._throttle.give_up(fetch.site, rest)
        self._settle(fetch, answer)
        for other in waiting:
            self._settle(other, rest)


def _asks_for_get(answer: Answer) -> bool:
    return answer.code in _HEAD_REFUSED and answer.method == "HEAD"
