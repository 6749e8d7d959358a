"""Copies of dead pages in the Wayback Machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from notelint.online.guard import Resolve, system_resolve
from notelint.online.settings import OnlineSettings

# https://archive.org/help/wayback_api.php
AVAILABLE = "https://archive.org/wayback/available"


def archived(
    urls: Iterable[str],
    settings: OnlineSettings,
    should_stop: Callable[[], bool] | None = None,
    resolve: Resolve = system_resolve,
    service: str = AVAILABLE,
) -> dict[str, str]:
    """The latest copy of each of *urls* that has one, by URL; the requests are sent in turn.

    Stops at the first request that fails.
    """
    from notelint.online.client import Client

    found: dict[str, str] = {}
    client = Client(settings, resolve)
    try:
        for url in dict.fromkeys(urls):
            if should_stop is not None and should_stop():
                break
            answer = client.fetch_json(f"{service}?url={quote(url, safe='')}")
            if answer is None:
                break
            if copy := _copy(answer):
                found[url] = copy
    except KeyboardInterrupt:
        pass
    finally:
        client.close()
    return found


def _copy(answer: object) -> str | None:
    for key in ("archived_snapshots", "closest"):
        answer = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or answer.get("available") is not True:
        return None
    copy = str(answer.get("url"))
    if urlsplit(copy).scheme == "http":
        copy = f"https{copy[4:]}"
    return copy if copy.startswith("https://") else None
