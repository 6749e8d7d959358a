"""What became of all the links that were asked for, in a few lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from notelint.online.address import site_of
from notelint.online.result import LinkReport, Outcome, Status
from notelint.report.escape import printable
from notelint.report.text import count

_HOSTS = 20  # listed; of the others only the number
_REASONS = 3  # named for a host
_ORDER = (Status.DEAD, Status.UNKNOWN, Status.MOVED, Status.SKIPPED, Status.ALIVE)


def render(asked: LinkReport) -> str:
    """A line that counts by outcome, and a line a host, worst first; nothing without links."""
    if not asked.outcomes:
        return ""
    links = count(len(asked.outcomes), "link")
    head = f"{links}, {count(asked.requests, 'request')}: {counted(asked.by_status())}."
    hosts = _by_host(asked.outcomes)
    rows = sorted(hosts.items(), key=lambda row: (_badness(row[1]), row[0]))
    shown = [f"  {host}: {_host(outcomes)}" for host, outcomes in rows[:_HOSTS]]
    rest = [f"  {count(len(rows) - _HOSTS, 'more host')}"] if len(rows) > _HOSTS else []
    return "".join(f"{printable(line)}\n" for line in [head, *shown, *rest])


def counted(counts: Mapping[Status, int]) -> str:
    """``2 dead, 1 moved, 9 alive``: what there is, worst first."""
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
        told = "; ".join(reason for reason, _ in reasons.most_common(_REASONS))
        parts.append(f"{len(those)} {status.value}" + (f" ({told})" if told else ""))
    return ", ".join(parts)
