"""The results of a link check: the answer to a request, and the outcome of a link.

An answer holds what a verdict needs and fits in the cache. An outcome is for a person.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum

PERMANENT = frozenset({301, 308})
REDIRECT = PERMANENT | {302, 303, 307}


class Failure(str, Enum):
    """Why there is no HTTP status."""

    NO_HOST = "no-host"  # the name does not exist
    NETWORK = "network"  # our side: no resolver, no route
    PRIVATE = "private"  # refused, no request sent
    MALFORMED = "malformed"
    UNREACHABLE = "unreachable"  # no connection: refused, or never answered
    TIMEOUT = "timeout"
    TLS = "tls"
    DROPPED = "dropped"  # connected, then cut off
    PROTOCOL = "protocol"  # an answer, but not HTTP


class Anchor(str, Enum):
    """Whether a page has an anchor."""

    FOUND = "found"
    ABSENT = "absent"  # and nothing suggests that a script would add it
    SCRIPTED = "scripted"
    LARGE = "large"
    CUT = "cut"
    OPAQUE = "opaque"  # HTML in an encoding that cannot be read here
    OTHER = "other"  # not HTML: fragments mean something else there


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one address, or the reason why there is none.

    ``location`` is the absolute target of a redirect, with its fragment. ``anchors`` has a result
    for each one looked for, if the status is 2xx. ``wait``: seconds that the host asks to wait
    before the next request. ``requests`` is the number that it took.
    """

    code: int | None = None
    method: str = "HEAD"
    location: str | None = None
    failure: Failure | None = None
    detail: str = ""
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    sets_cookie: bool = False
    wait: float | None = None
    requests: int = 1
    cached: bool = False

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return self.code is not None and 200 <= self.code < 300

    def covers(self, anchors: Iterable[str]) -> bool:
        """Whether it has results for all *anchors*, or needs none."""
        return not self.ok or all(anchor in self.anchors for anchor in anchors)

    def to_json(self) -> str:
        """The answer as text for :meth:`from_json`."""
        kept = asdict(self)
        del kept["wait"], kept["cached"]
        return json.dumps(kept)

    @classmethod
    def from_json(cls, text: str) -> Answer:
        """The answer in *text* from :meth:`to_json`.

        Raises :class:`ValueError`, :class:`TypeError` or :class:`AttributeError` for other text.
        """
        kept = json.loads(text)
        failure = kept.pop("failure")
        anchors = {str(key): Anchor(value) for key, value in kept.pop("anchors").items()}
        known = Failure(failure) if failure is not None else None
        return cls(**kept, failure=known, anchors=anchors, cached=True)


class Status(str, Enum):
    """The state of a link for its reader."""

    ALIVE = "alive"
    MOVED = "moved"  # alive, and permanently at another address
    DEAD = "dead"
    UNKNOWN = "unknown"  # not known from here: never a reason to fail
    SKIPPED = "skipped"  # not requested: ignored, not a web address, not public


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of one link.

    ``reason`` is a short text for a person: ``404``, ``host does not resolve``, ``429, asked 3
    times``; it may be empty. ``target`` is the new address of a link that moved, with the link's
    fragment, else None.
    """

    status: Status
    reason: str = ""
    target: str | None = None


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
