"""A `requests` session with guarded connections and a time limit for the whole of a request.

Imported late: `requests` is slow to import.
"""

from __future__ import annotations

import io
import math
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from notelint.online.online_settings import OnlineSettings
from notelint.online.ssrf_guard import Resolve, connect


class _Clock(threading.local):
    deadline = math.inf

    def left(self) -> float:
        """Seconds until the deadline of this thread's request. Raises TimeoutError after it."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this request is over")
        return left


_clock = _Clock()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """A context in which the requests of this thread must end within *seconds*."""
    _clock.deadline = time.monotonic() + seconds
    try:
        yield
    finally:
        _clock.deadline = math.inf


class _TimedReader(io.RawIOBase):
    # The time-out of a socket applies to each `recv`: a server that sends a byte now and then never
    # exceeds it. Here every `recv` gets only the rest of the request's time.
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if _clock.deadline < math.inf:
            self._sock.settimeout(_clock.left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedReader(sock))


def _timed_pools(
    open_socket: Callable[[HTTPConnection], socket.socket] | None = None,
) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose responses are timed; *open_socket* opens their connections."""
    members: dict[str, Any] = {"response_class": _TimedResponse}
    if open_socket:
        members["_new_conn"] = open_socket
    pools = {}
    for scheme, connection, pool in (
        ("http", HTTPConnection, HTTPConnectionPool),
        ("https", HTTPSConnection, HTTPSConnectionPool),
    ):
        timed = type(f"Timed{connection.__name__}", (connection,), members)
        pools[scheme] = type(f"Timed{pool.__name__}", (pool,), {"ConnectionCls": timed})
    return pools


class _Adapter(HTTPAdapter):
    def __init__(
        self, pools: Mapping[str, type[HTTPConnectionPool]], hosts: int, size: int
    ) -> None:
        super().__init__(pool_connections=hosts, pool_maxsize=size)
        self.poolmanager.pool_classes_by_scheme = dict(pools)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            # No guard here: the user's own proxy may be in a private network.
            manager.pool_classes_by_scheme = _timed_pools()
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        # `Session.send` prepares the next hop even when it is not to follow it, and for that
        # reads the whole body of a redirect. Redirects are followed by hand.
        return None


def open_session(settings: OnlineSettings, resolve: Resolve) -> requests.Session:
    """A session that connects through the guard, follows no redirect and keeps no cookie.

    It keeps connections for reuse. Threads may share it.
    """

    def open_socket(connection: HTTPConnection) -> socket.socket:
        deadline, private = time.monotonic() + _clock.left(), settings.allow_private
        return connect(connection.host, connection.port, deadline, resolve, private)

    session = _Session()
    session.trust_env = settings.trust_env
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    hosts = max(64, 2 * settings.concurrency)
    adapter = _Adapter(_timed_pools(open_socket), hosts, settings.per_host)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
