"""What became of a link, in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from notelint.online.address import site_of


class Status(str, Enum):
    """What a reader who follows the link meets, as far as it can be known."""

    ALIVE = "alive"
    MOVED = "moved"  # alive, and permanently at another address
    DEAD = "dead"
    UNKNOWN = "unknown"  # nobody can tell from here: never a reason to fail
    SKIPPED = "skipped"  # not asked: ignored, not a web address, not public


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one link.

    ``reason`` is short and for people: ``404``, ``host does not resolve``, ``429, asked 3 times``;
    empty where there is nothing to say. ``target`` is the new address of a link that moved, with
    the link's fragment, and None otherwise. ``code`` is the last HTTP status, where there was one.
    ``cached``: no request was made for it in this run.
    """

    status: Status
    reason: str = ""
    target: str | None = None
    code: int | None = None
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found out.

    ``outcomes`` is keyed by URL as it was given, in the order given. After an interruption
    (``interrupted``) it holds only what was known by then. ``offline``: the network could not be
    reached at all, so every link that needed it is unknown. ``requests`` counts the requests made.
    """

    outcomes: Mapping[str, Outcome]
    offline: bool = False
    interrupted: bool = False
    requests: int = 0

    def by_status(self) -> dict[Status, int]:
        """How many links have each status; every status is a key."""
        counts = Counter(outcome.status for outcome in self.outcomes.values())
        return {status: counts[status] for status in Status}

    def by_host(self) -> dict[str, dict[Status, int]]:
        """The same for each host, by name; links without a host are left out."""
        hosts: dict[str, Counter[Status]] = {}
        for url, outcome in self.outcomes.items():
            if host := site_of(url):
                hosts.setdefault(host, Counter())[outcome.status] += 1
        return {
            host: {status: hosts[host][status] for status in Status if hosts[host][status]}
            for host in sorted(hosts)
        }

    def with_status(self, status: Status) -> Iterator[tuple[str, Outcome]]:
        """The links that have *status*, in the order given."""
        return (item for item in self.outcomes.items() if item[1].status is status)
