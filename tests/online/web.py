"""A real HTTP server for the tests: routes that misbehave on purpose, and a log of requests."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Seen(NamedTuple):
    """One request: ``at`` on the monotonic clock, header names in lower case."""

    method: str
    path: str
    at: float
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """Answers from the routes of its :class:`Web`."""

    protocol_version = "HTTP/1.1"
    server: Web

    def do_GET(self) -> None:
        web = self.server
        web.enter(self)
        try:
            route = web.routes.get(self.path, not_found)
            route(self)
        finally:
            web.leave()

    def do_HEAD(self) -> None:
        self.do_GET()

    def reply(self, status: int, body: bytes = b"", /, **headers: str) -> None:
        """Answer; an underscore in a header's name stands for a hyphen."""
        self.send_response(status)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        if "Content-Length" not in names and status != 204:
            names["Content-Length"] = str(len(body))
        for name, value in names.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing on standard error: the log is kept."""


Route = Callable[[Handler], None]


def not_found(handler: Handler) -> None:
    handler.reply(404)


def status(code: int, **headers: str) -> Route:
    """The same status to every method."""
    return lambda handler: handler.reply(code, **headers)


def redirect(code: int, target: str) -> Route:
    return status(code, Location=target)


def page(html: str, **headers: str) -> Route:
    """An HTML page."""
    kind = {"Content_Type": "text/html; charset=utf-8", **headers}
    return lambda handler: handler.reply(200, html.encode(), **kind)


class Web(ThreadingHTTPServer):
    """Serves ``routes`` by path, 404 elsewhere; used as a context manager."""

    daemon_threads = True
    block_on_close = False  # some routes hang for as long as the test takes

    def __init__(self, context: ssl.SSLContext | None = None, delay: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.log: list[Seen] = []
        self.peak = 0
        self.over = threading.Event()
        self._delay = delay
        self._active = 0
        self._lock = threading.Lock()
        self._scheme = "http" if context is None else "https"
        if context is not None:
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def __enter__(self) -> Web:
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self.server_port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods of the requests for *path*, in order."""
        return [seen.method for seen in self.log if seen.path == path]

    def enter(self, handler: Handler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self._lock:
            self.log.append(Seen(handler.command, handler.path, time.monotonic(), headers))
            self._active += 1
            self.peak = max(self.peak, self._active)
        self.over.wait(self._delay) if self._delay else None

    def leave(self) -> None:
        with self._lock:
            self._active -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""
