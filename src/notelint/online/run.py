"""One run over the network: every address asked once, every way followed to its end.

All decisions are made in the thread that calls; the workers only ask. An address is a node; a walk
goes from the address of a link along the redirects, and waits at each node for its answer, so that
links that lead through the same address share it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from notelint.online.address import origin_of, request_url, site_of
from notelint.online.answer import Answer, Failure
from notelint.online.cache import Cache, cache_key
from notelint.online.client import Client, Question, site_headers
from notelint.online.hosts import Schedule
from notelint.online.judge import Hop
from notelint.online.settings import OnlineSettings

_HEAD_REFUSED = {405, 501}  # any other answer to HEAD is taken for the answer to GET
_BACK_OFF = 1.0  # seconds before the first repetition where a 429 names no time; doubles
_SILENCE = 3  # requests in a row without an answer, after which a host is left alone
_LATER_SILENCE = 9  # the same where it answered others: some pages are slow
_REFUSALS = 3  # pages in a row that a host put off to the end, after which it is left alone
_OFFLINE = 4  # hosts that could not be looked up before any answered, after which all are
_TICK = 0.2  # seconds between looks at the clock and at the caller's wish to stop

_SILENT = (Failure.TIMEOUT, Failure.UNREACHABLE)
_SAYS_NOTHING = (Failure.PRIVATE, Failure.MALFORMED, Failure.TIMEOUT)  # about our own network
_NOT_SENT = (
    Failure.PRIVATE,
    Failure.MALFORMED,
    Failure.NETWORK,
    Failure.NO_HOST,
    Failure.UNREACHABLE,
)
_FOR_THE_HOST = (Failure.NO_HOST, Failure.NETWORK)


@dataclass(slots=True)
class Walk:
    """The way of one link, from its address along the redirects."""

    url: str
    anchors: frozenset[str]
    hops: list[Hop] = field(default_factory=list)


@dataclass(slots=True)
class _Node:
    url: str
    site: str
    anchors: set[str] = field(default_factory=set)
    get: bool = False
    answer: Answer | None = None
    busy: bool = False
    asked: int = 0
    put_off: int = 0
    dropped: bool = False
    waiting: list[Walk] = field(default_factory=list)

    def serves(self, walk: Walk) -> bool:
        """Whether its answer is all that *walk* needs of it."""
        return self.answer is not None and self.answer.covers(walk.anchors)


class Run:
    """Answers walks. ``offline`` turns true when the network proves out of reach."""

    def __init__(self, settings: OnlineSettings, client: Client, cache: Cache | None) -> None:
        self.offline = False
        self.requests = 0
        self._settings = settings
        self._cache = cache
        self._headers = site_headers(settings.headers)
        self._nodes: dict[str, _Node] = {}
        self._schedule: Schedule[_Node] = Schedule(settings.per_host, settings.spacing)
        self._client = client
        self._pool = ThreadPoolExecutor(settings.concurrency)
        self._pending: dict[Future[Answer], _Node] = {}
        self._done: SimpleQueue[Future[Answer]] = SimpleQueue()
        self._finished: list[Walk] = []
        self._reached = False
        self._lost: set[str] = set()

    def walk(self, walks: list[Walk], should_stop: Callable[[], bool]) -> Iterator[Walk]:
        """Follow *walks*, each to its end; yields them as they end, and stops when told to."""
        for walk in walks:
            self._visit(walk, walk.url)
        left = len(walks)
        while True:
            finished, self._finished = self._finished, []
            left -= len(finished)
            yield from finished
            if self._finished:
                continue
            if not left or self.offline or should_stop():
                return
            self._turn()

    def close(self) -> None:
        """Send nothing more, and do not wait for the requests under way.

        Their threads can hang in a name look-up, which nothing can interrupt, and Python waits for
        them at its end: the command line ends without that.
        """
        self._pool.shutdown(wait=False, cancel_futures=True)

    def network_failed(self) -> bool:
        """Whether hosts were asked, and not one could even be looked up or routed to."""
        return bool(self._lost) and not self._reached

    def _turn(self) -> None:
        now, most = time.monotonic(), self._settings.concurrency
        while len(self._pending) < most and (turn := self._schedule.take(now)):
            self._ask(turn[1])
        start = self._schedule.next_start() if len(self._pending) < most else None
        pause = _TICK if start is None else min(_TICK, max(0.0, start - time.monotonic()))
        try:
            future = self._done.get(timeout=pause)
        except Empty:
            return
        node, answer = self._pending.pop(future), future.result()
        self._schedule.done(node.site)
        self._note(node, answer)
        self._take_in(node, replace(answer, asked=node.asked))

    def _ask(self, node: _Node) -> None:
        node.asked += 1
        method = "GET" if node.get or node.anchors else "HEAD"
        question = Question(node.url, method, frozenset(node.anchors))
        future = self._pool.submit(self._client.ask, question)
        self._pending[future] = node
        future.add_done_callback(self._done.put)

    # --- walks

    def _visit(self, walk: Walk, url: str) -> None:
        node = self._nodes.get(url)
        if node is None:
            node = self._nodes[url] = _Node(url, site_of(url))
        if node.serves(walk):
            self._advance(walk, node)
            return
        node.waiting.append(walk)
        node.anchors |= walk.anchors
        if not node.busy:
            self._request(node)

    def _advance(self, walk: Walk, node: _Node) -> None:
        answer = node.answer
        assert answer is not None
        walk.hops.append(Hop(node.url, answer))
        if answer.location is not None and len(walk.hops) <= self._settings.max_redirects:
            target = request_url(answer.location)
            if "#" in answer.location:
                walk.anchors = frozenset()  # the redirect brings its own fragment
            if all(hop.url != target for hop in walk.hops):
                self._visit(walk, target)
                return
        self._finished.append(walk)

    # --- nodes

    def _request(self, node: _Node) -> None:
        if node.asked == 0 and (kept := self._cached(node)):
            self._settle(node, kept)
        elif verdict := self._schedule.verdict(node.site):
            self._settle(node, verdict)
        else:
            node.busy = True
            self._schedule.add(node.site, node)

    def _settle(self, node: _Node, answer: Answer) -> None:
        node.answer, node.busy = answer, False
        if self._cache is not None and not answer.cached:
            self._cache.put(self._key(node), answer)
        walks, node.waiting = node.waiting, []
        for walk in walks:
            self._visit(walk, node.url)

    def _cached(self, node: _Node) -> Answer | None:
        if self._cache is None or self._settings.refresh:
            return None
        kept = self._cache.get(self._key(node))
        # An answer that does not serve would be looked up here again and again.
        return kept if kept and kept.covers(node.anchors) else None

    def _key(self, node: _Node) -> str:
        headers = self._headers.get(origin_of(node.url), {})
        settings = self._settings
        return cache_key(node.url, headers, settings.allow_private, settings.trust_env)

    # --- answers

    def _note(self, node: _Node, answer: Answer) -> None:
        self.requests += answer.failure not in _NOT_SENT
        if answer.failure is Failure.NETWORK:
            self._lost.add(node.site)
            self.offline = not self._reached and len(self._lost) >= _OFFLINE
        elif answer.failure not in _SAYS_NOTHING:
            self._reached = True

    def _take_in(self, node: _Node, answer: Answer) -> None:
        if answer.code in _HEAD_REFUSED and answer.method == "HEAD":
            self._again(node, get=True)
        elif answer.failure is Failure.DROPPED and not node.dropped:
            node.dropped = True  # an idle connection that the server had just closed, or a dislike
            self._again(node, get=True)
        elif answer.code == 429 or answer.wait is not None:
            self._put_off(node, answer)
        elif answer.failure in _FOR_THE_HOST:
            self._give_up(node, answer, answer)
        elif answer.failure in _SILENT:
            most = _LATER_SILENCE if self._schedule.answers(node.site) else _SILENCE
            if self._schedule.unanswered(node.site) >= most:
                rest = replace(answer, detail="the host did not answer other requests", asked=0)
                self._give_up(node, answer, rest)
            else:
                self._settle(node, answer)
        else:
            self._schedule.answered(node.site)
            self._settle(node, answer)

    def _put_off(self, node: _Node, answer: Answer) -> None:
        now, settings = time.monotonic(), self._settings
        node.put_off += 1
        wait = answer.wait if answer.wait is not None else _BACK_OFF * 2 ** (node.put_off - 1)
        too_long = wait > settings.max_wait
        if too_long:
            answer = replace(answer, detail=f"asked to wait {wait:.0f} s")
        elif max(node.put_off, self._schedule.pauses(node.site, now)) <= settings.retries:
            self._schedule.pause(node.site, now, wait)
            self._again(node, get=node.get)
            return
        refused = self._schedule.refused(node.site)
        alone = too_long and not self._schedule.answers(node.site)
        if answer.code == 429 and (alone or refused >= _REFUSALS):
            rest = replace(answer, detail="for another page of the host", asked=0, wait=None)
            self._give_up(node, answer, rest)
        else:
            self._settle(node, answer)

    def _again(self, node: _Node, get: bool) -> None:
        node.get = get
        if verdict := self._schedule.verdict(node.site):
            self._settle(node, verdict)
        else:
            self._schedule.add(node.site, node, first=True)

    def _give_up(self, node: _Node, answer: Answer, rest: Answer) -> None:
        """The rest of the host's pages get the answer *rest* without a request."""
        waiting = self._schedule.give_up(node.site, rest)
        self._settle(node, answer)
        for other in waiting:
            self._settle(other, rest)
