"""Whose turn it is: how many requests a host gets at once, how far apart, and when to stop.

Plain bookkeeping in one thread; the time is passed in, in seconds of any steady clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Generic, TypeVar

from notelint.online.answer import Answer

T = TypeVar("T")


@dataclass(slots=True)
class _Host(Generic[T]):
    limit: int
    waiting: deque[T] = field(default_factory=deque)
    active: int = 0
    ready_at: float = 0.0
    listed: bool = False
    paused: int = 0  # pauses since the last answer that was not one
    silent: int = 0  # requests in a row that found nobody
    refused: int = 0  # pages in a row that it put off to the end
    answers: bool = False  # it ever did
    verdict: Answer | None = None


class Schedule(Generic[T]):
    """Waiting jobs by site, handed out as each site's limits allow.

    A site (:func:`~notelint.online.address.site_of`) gets at most *per_host* jobs at once, and they
    start at least *spacing* seconds apart.
    """

    def __init__(self, per_host: int, spacing: float) -> None:
        self._per_host = per_host
        self._spacing = spacing
        self._hosts: dict[str, _Host[T]] = {}
        self._ready: list[tuple[float, int, str]] = []  # a heap; a site is in it once at most
        self._order = 0

    def add(self, site: str, job: T, *, first: bool = False) -> None:
        """Put *job* at the end, or with *first* at the front, of what waits for *site*."""
        host = self._host(site)
        if first:
            host.waiting.appendleft(job)
        else:
            host.waiting.append(job)
        self._list(site, host)

    def take(self, now: float) -> tuple[str, T] | None:
        """The next job that may start at *now*, with its site; None when there is none yet."""
        while self._ready and self._ready[0][0] <= now:
            _, _, site = heappop(self._ready)
            host = self._hosts[site]
            host.listed = False
            if host.ready_at > now:  # paused since it was listed
                self._list(site, host)
            elif host.waiting and host.active < host.limit:
                host.active += 1
                host.ready_at = now + self._spacing
                job = host.waiting.popleft()
                self._list(site, host)
                return site, job
        return None

    def next_start(self) -> float | None:
        """When the next job may start, as far as it does not depend on one that is under way."""
        return self._ready[0][0] if self._ready else None

    def done(self, site: str) -> None:
        """One of the site's jobs is no longer under way."""
        host = self._host(site)
        host.active -= 1
        self._list(site, host)

    def answered(self, site: str) -> None:
        """The site answered, and did not put us off."""
        host = self._host(site)
        host.paused = host.silent = host.refused = 0
        host.answers = True

    def answers(self, site: str) -> bool:
        """Whether the site ever answered, and did not put us off."""
        return self._host(site).answers

    def refused(self, site: str) -> int:
        """The site put a page off to the end; returns how many in a row.

        Where others were answered, that says something of the page: the next has its own pauses.
        """
        host = self._host(site)
        host.refused += 1
        host.paused = 0 if host.answers else host.paused
        return host.refused

    def unanswered(self, site: str) -> int:
        """The site did not answer; returns how often in a row."""
        host = self._host(site)
        host.silent += 1
        return host.silent

    def pauses(self, site: str, now: float) -> int:
        """How many pauses in a row the site would have had with one more at *now*."""
        host = self._host(site)
        return host.paused + (host.limit > 1 or host.ready_at <= now + self._spacing)

    def pause(self, site: str, now: float, seconds: float) -> None:
        """Start nothing at the site for *seconds*, and from then on one job at a time."""
        host = self._host(site)
        host.paused = self.pauses(site, now)
        host.limit = 1
        host.ready_at = max(host.ready_at, now + seconds)
        self._list(site, host)

    def give_up(self, site: str, verdict: Answer) -> list[T]:
        """Ask the site nothing more: its waiting jobs, which *verdict* answers."""
        host = self._host(site)
        host.verdict = verdict
        left = list(host.waiting)
        host.waiting.clear()
        return left

    def verdict(self, site: str) -> Answer | None:
        """The answer that :meth:`give_up` gave for the whole site."""
        return self._host(site).verdict

    def _host(self, site: str) -> _Host[T]:
        return self._hosts.setdefault(site, _Host(self._per_host))

    def _list(self, site: str, host: _Host[T]) -> None:
        if host.waiting and host.active < host.limit and not host.listed:
            self._order += 1
            heappush(self._ready, (host.ready_at, self._order, site))
            host.listed = True
