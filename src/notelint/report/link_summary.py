"""The summary of a link check: totals and a line for each host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from notelint.online.address import site_of
from notelint.online.results import LinkReport, Outcome, Status
from notelint.report.plain_text import count
from notelint.text.escape import printable

_MAX_HOSTS = 20  # listed; for the others, only their number
_MAX_REASONS = 3  # named for a host
_ORDER = (Status.DEAD, Status.UNKNOWN, Status.MOVED, Status.SKIPPED, Status.ALIVE)


def render(checked: LinkReport) -> str:
    """A line of totals by status, and a line for each host, worst first; empty without links."""
    if not checked.outcomes:
        return ""
    links = count(len(checked.outcomes), "link")
    head = f"{links}, {count(checked.requests, 'request')}: {counted(checked.by_status())}."
    hosts = _by_host(checked.outcomes)
    rows = sorted(hosts.items(), key=lambda row: (_badness(row[1]), row[0]))
    shown = [f"  {host}: {_host(outcomes)}" for host, outcomes in rows[:_MAX_HOSTS]]
    rest = [f"  {count(len(rows) - _MAX_HOSTS, 'more host')}"] if len(rows) > _MAX_HOSTS else []
    return "".join(f"{printable(line)}\n" for line in [head, *shown, *rest])


def counted(counts: Mapping[Status, int]) -> str:
    """The *counts* above 0, worst first: ``2 dead, 1 moved, 9 alive``."""
    return ", ".join(f"{counts[each]} {each.value}" for each in _ORDER if counts.get(each))


def _by_host(outcomes: Mapping[str, Outcome]) -> dict[str, list[Outcome]]:
    hosts: dict[str, list[Outcome]] = {}
    for url, outcome in outcomes.items():
        if host := site_of(url):
            hosts.setdefault(host, []).append(outcome)
    return hosts


def _badness(outcomes: Iterable[Outcome]) -> tuple[int, ...]:
    counts = Counter(outcome.status for outcome in outcomes)
    return tuple(-counts[each] for each in _ORDER)


def _host(outcomes: list[Outcome]) -> str:
    parts = []
    for status in _ORDER:
        those = [each for each in outcomes if each.status is status]
        if not those:
            continue
        quiet = status in (Status.ALIVE, Status.MOVED)
        reasons = Counter(each.reason for each in those if each.reason and not quiet)
        named = "; ".join(reason for reason, _ in reasons.most_common(_MAX_REASONS))
        parts.append(f"{len(those)} {status.value}" + (f" ({named})" if named else ""))
    return ", ".join(parts)
