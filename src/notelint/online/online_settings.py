"""Options of a link check: limits, time-outs, headers and what to ignore."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notelint import __version__
from notelint.online.address import origin_of

_LEAST = {
    "concurrency": 1,
    "per_host": 1,
    "spacing": 0,
    "retries": 0,
    "max_wait": 0,
    "max_redirects": 0,
    "max_body": 1,
}


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """The settings of a link check. Times are in seconds, sizes in bytes.

    Raises ValueError for a value out of range. `config/keys.py` explains those that a configuration
    may have; the others are:

    - ``allow_private``: also send requests to addresses that are not public.
    - ``trust_env``: use the proxies, the certificate bundle and the ``.netrc`` file that the
      environment names. Through a proxy only the host's name can be checked, not its address.
    - ``cache_path``: the file that keeps answers, None for none; ``cache_key``: the secret that
      proves them; ``refresh``: do not read it, only write.
    """

    timeout: float = 20.0
    total_timeout: float | None = None
    concurrency: int = 24
    per_host: int = 3
    spacing: float = 0.1
    retries: int = 2
    max_wait: float = 60.0
    max_redirects: int = 10
    max_body: int = 4 * 1024 * 1024
    ignore: tuple[str, ...] = ()
    accept: tuple[int, ...] = ()
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    allow_private: bool = False
    trust_env: bool = False
    cache_path: Path | None = None
    cache_key: bytes = field(default=b"", repr=False)
    refresh: bool = False
    user_agent: str = f"notelint/{__version__} (link check)"

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name.replace('_', '-')} must be {least} or more")
        for name in ("timeout", "total_timeout"):
            if (seconds := getattr(self, name)) is not None and seconds <= 0:
                raise ValueError(f"{name.replace('_', '-')} must be more than 0")
        if not all(100 <= code <= 599 for code in self.accept):
            raise ValueError("accept must hold HTTP statuses, from 100 to 599")
        for site in self.headers:
            origin_of(site)
