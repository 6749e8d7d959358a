"""Limits for each site: concurrent requests, time between them, pauses, and giving up.

Used by one thread. Times are seconds of any steady clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Generic, TypeVar

from notelint.online.results import Answer

T = TypeVar("T")


@dataclass(slots=True)
class Host(Generic[T]):
    """What is known of a site in this run, and the jobs that wait for it."""

    limit: int
    waiting: deque[T] = field(default_factory=deque)
    active: int = 0
    ready_at: float = 0.0
    listed: bool = False  # in the heap of sites that are ready
    paused: int = 0  # pauses since the last proper answer
    timeouts: int = 0  # requests in a row without an answer
    refused: int = 0  # pages in a row without an answer after all retries
    answered: bool = False  # there was a proper answer
    final_answer: Answer | None = None  # for all of its pages, once it is given up

    def reset(self) -> None:
        """Record a proper answer: count failures from zero again."""
        self.paused = self.timeouts = self.refused = 0
        self.answered = True


class Throttle(Generic[T]):
    """A queue of jobs for each site, handed out within the limits of the site.

    A site (:func:`~notelint.online.address.site_of`) gets at most *per_host* jobs at once, and they
    start at least *spacing* seconds apart.
    """

    def __init__(self, per_host: int, spacing: float) -> None:
        self._per_host = per_host
        self._spacing = spacing
        self._hosts: dict[str, Host[T]] = {}
        self._ready: list[tuple[float, int, str]] = []  # a heap; a site is in it once at most
        self._order = 0

    def add(self, site: str, job: T, *, first: bool = False) -> None:
        """Queue *job* for *site*; with *first* in front of the others."""
        host = self.host(site)
        if first:
            host.waiting.appendleft(job)
        else:
            host.waiting.append(job)
        self._list(site, host)

    def take(self, now: float) -> tuple[str, T] | None:
        """Take a job that may start at *now*, with its site; None if there is none."""
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
        """The time when the next job may start, None if it waits for one that is under way."""
        return self._ready[0][0] if self._ready else None

    def done(self, site: str) -> None:
        """Record that a job of *site* has ended."""
        host = self.host(site)
        host.active -= 1
        self._list(site, host)

    def pauses(self, site: str, now: float) -> int:
        """The number of pauses in a row, if *site* paused once more at *now*."""
        host = self.host(site)
        return host.paused + (host.limit > 1 or host.ready_at <= now + self._spacing)

    def pause(self, site: str, now: float, seconds: float) -> None:
        """Start nothing for *site* within *seconds*, and then one job at a time."""
        host = self.host(site)
        host.paused = self.pauses(site, now)
        host.limit = 1
        host.ready_at = max(host.ready_at, now + seconds)
        self._list(site, host)

    def give_up(self, site: str, answer: Answer) -> list[T]:
        """Stop requests to *site*, with *answer* for all of them; returns the jobs in its queue."""
        host = self.host(site)
        host.final_answer = answer
        left = list(host.waiting)
        host.waiting.clear()
        return left

    def host(self, site: str) -> Host[T]:
        """What is known of *site*."""
        return self._hosts.setdefault(site, Host(self._per_host))

    def _list(self, site: str, host: Host[T]) -> None:
        if host.waiting and host.active < host.limit and not host.listed:
            self._order += 1
            heappush(self._ready, (host.ready_at, self._order, site))
            host.listed = True
