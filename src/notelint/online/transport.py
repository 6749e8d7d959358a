"""A `requests` session with guarded connections and a time limit for the whole of a request.

Imported late: `requests` is slow to import.
"""

from __future__ import annotations

import io
import math
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

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
    # A time-out of a socket is one for each `recv`: a server that sends a byte now and then never
    # meets it. Here every `recv` gets only what is left of the request's time.
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


class _TimedHTTP(HTTPConnection):
    response_class = _TimedResponse


class _TimedHTTPS(HTTPSConnection):
    response_class = _TimedResponse


class _TimedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _TimedHTTP


class _TimedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPS


def _guarded_pools(resolve: Resolve, allow_private: bool) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools that open every connection through the guard."""

    def open_socket(connection: HTTPConnection) -> socket.socket:
        deadline = time.monotonic() + _clock.left()
        return connect(connection.host, connection.port, deadline, resolve, allow_private)

    class GuardedHTTP(_TimedHTTP):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

    class GuardedHTTPS(_TimedHTTPS):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

    class GuardedHTTPPool(HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class GuardedHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    return {"http": GuardedHTTPPool, "https": GuardedHTTPSPool}


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
            timed = {"http": _TimedHTTPPool, "https": _TimedHTTPSPool}
            manager.pool_classes_by_scheme = timed
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        # `Session.send` prepares the next hop even when it is not to follow it, and for that
        # reads the whole body of a redirect. Redirects are followed by hand.
        return None


def open_session(
    resolve: Resolve, *, allow_private: bool, trust_env: bool, hosts: int, per_host: int
) -> requests.Session:
    """A session that connects through the guard, follows no redirect and keeps no cookie.

    Connections of up to *hosts* hosts, *per_host* each, are kept for reuse. Threads may share it.
    """
    session = _Session()
    session.trust_env = trust_env
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = _Adapter(_guarded_pools(resolve, allow_private), hosts, per_host)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
