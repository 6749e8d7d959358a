"""The outcome of each link, in words for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Status(str, Enum):
    """The state of a link for its reader."""

    ALIVE = "alive"
    MOVED = "moved"  # alive, and permanently at another address
    DEAD = "dead"
    UNKNOWN = "unknown"  # cannot be told from here: never a reason to fail
    SKIPPED = "skipped"  # not requested: ignored, not a web address, not public


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of one link.

    ``reason`` is a short text for a person: ``404``, ``host does not resolve``, ``429, asked 3
    times``; it may be empty. ``target`` is the new address of a link that moved, with the link's
    fragment, else None. ``code`` is the last HTTP status, if there was one. ``cached``: this run
    made no request for it.
    """

    status: Status
    reason: str = ""
    target: str | None = None
    code: int | None = None
    cached: bool = False


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The outcomes of one run.

    ``outcomes`` has the URLs as given for keys, in the order given. If the run was
    ``interrupted``, it holds only what was known by then. ``offline``: the network could not be
    reached, so every link that needs it is unknown. ``requests`` counts the requests sent.
    """

    outcomes: Mapping[str, Outcome]
    offline: bool = False
    interrupted: bool = False
    requests: int = 0

    def by_status(self) -> dict[Status, int]:
        """How many links have each status; every status is a key."""
        counts = Counter(outcome.status for outcome in self.outcomes.values())
        return {status: counts[status] for status in Status}

    def with_status(self, status: Status) -> Iterator[tuple[str, Outcome]]:
        """The links that have *status*, in the order given."""
        return (item for item in self.outcomes.items() if item[1].status is status)
