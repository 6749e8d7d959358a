"""HTTP requests, and their answers as far as a verdict needs them."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPException, RemoteDisconnected
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, LocationParseError, ReadTimeoutError

from notelint.online.address import fault, host_of, is_web, origin_of
from notelint.online.online_settings import OnlineSettings
from notelint.online.page_anchors import AnchorSearch
from notelint.online.results import REDIRECT, Anchor, Answer, Failure
from notelint.online.ssrf_guard import ConnectError, Resolve, is_private_name
from notelint.online.transport import open_session, time_limit

_PIECE = 16 * 1024  # bytes; also limits what a compressed piece can expand to
_MAX_JSON_BYTES = 1024 * 1024
# What a request, or the reading of its answer, fails with.
_BROKEN = (requests.RequestException, HTTPError, HTTPException, OSError)
_READABLE = {"", "identity", "gzip", "x-gzip", "deflate"}
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}


class Client:
    """Sends requests. Threads may share one client."""

    def __init__(self, settings: OnlineSettings, resolve: Resolve) -> None:
        self._settings = settings
        self._site_headers = site_headers(settings.headers)
        self._session = open_session(settings, resolve)
        self._session.headers.update(_HEADERS)
        self._session.headers["User-Agent"] = settings.user_agent

    def send(self, url: str, method: str, wanted: frozenset[str]) -> Answer:
        """Request *url*, and look for the *wanted* anchors in the page.

        *url* is as :func:`~notelint.online.address.request_url` returns it. A failure of the
        network is an answer, too.
        """
        try:
            with time_limit(self._settings.timeout):
                return self._send(url, method, wanted)
        except ConnectError as failed:
            return Answer(None, method, failure=failed.failure, detail=failed.detail)
        except (*_BROKEN, ValueError) as error:
            failure, detail = _failure_of(error)
            return Answer(None, method, failure=failure, detail=detail)

    def fetch_json(self, url: str) -> object | None:
        """The JSON document at *url*, None if it cannot be read."""
        seconds = self._settings.timeout
        try:
            with (
                time_limit(seconds),
                self._session.get(
                    url, timeout=seconds, stream=True, allow_redirects=False
                ) as response,
            ):
                body = b""
                for piece in response.iter_content(_PIECE):
                    body += piece
                    if len(body) > _MAX_JSON_BYTES:
                        return None
                found: object = json.loads(body) if response.status_code == 200 else None
                return found
        except (ConnectError, *_BROKEN, ValueError):
            return None

    def _send(self, url: str, method: str, wanted: frozenset[str]) -> Answer:
        settings = self._settings
        # A proxy connects in our place: the name is all that can be checked.
        by_name = settings.trust_env and not settings.allow_private
        if by_name and is_private_name(host_of(url)):
            raise ConnectError(Failure.PRIVATE)
        response = self._session.request(
            method,
            url,
            headers=self._site_headers.get(origin_of(url)),
            timeout=settings.timeout,
            allow_redirects=False,
            stream=True,
        )
        # Closing before the end drops the connection: the rest of a long body is never read.
        with response:
            answer = self._read(response, method, wanted)
            left = response.raw.length_remaining
            if left is not None and left <= _PIECE:
                response.raw.drain_conn()  # and the connection can be used again
            return answer

    def _read(self, response: requests.Response, method: str, wanted: frozenset[str]) -> Answer:
        code = response.status_code
        anchors: dict[str, Anchor] = {}
        if wanted and 200 <= code < 300:
            anchors = self._search(response, wanted)
        return Answer(
            code,
            method,
            location=_location(response) if code in REDIRECT else None,
            anchors=anchors,
            sets_cookie="Set-Cookie" in response.headers,
            wait=retry_after(response.headers.get("Retry-After")) if code in (429, 503) else None,
        )

    def _search(self, response: requests.Response, wanted: frozenset[str]) -> dict[str, Anchor]:
        kind = response.headers.get("Content-Type", "").lower()
        if "html" not in kind:
            return dict.fromkeys(wanted, Anchor.OTHER)
        if response.headers.get("Content-Encoding", "").strip().lower() not in _READABLE:
            return dict.fromkeys(wanted, Anchor.OPAQUE)
        charset = re.search(r"charset=[\"']?([\w.:-]{1,40})", kind)
        search = AnchorSearch(wanted, charset[1] if charset else None)
        size = 0
        try:
            # `read1` returns what has arrived; `read` would lose it if the rest does not arrive.
            while piece := response.raw.read1(_PIECE, decode_content=True):
                size += len(piece)
                if search.feed(piece):
                    break
                if size > self._settings.max_body:
                    return search.results(Anchor.LARGE)
        except _BROKEN:
            return search.results(Anchor.CUT)
        return search.results()

    def close(self) -> None:
        """Drop all connections."""
        self._session.close()


def site_headers(
    headers: Mapping[str, Mapping[str, str]],
) -> dict[tuple[str, str, int], dict[str, str]]:
    """The configured headers by origin. Raises :class:`ValueError` for a key that is not a site."""
    return {origin_of(site): dict(values) for site, values in headers.items()}


def retry_after(value: str | None, now: float | None = None) -> float | None:
    """Seconds to wait by a ``Retry-After`` header (RFC 9110, 10.2.3), None without a valid one.

    *now* is the time in seconds since the epoch, by default the current one.
    """
    if value is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return float(value)
    try:
        at = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return max(0.0, at - (time.time() if now is None else now))


def _location(response: requests.Response) -> str | None:
    header = response.headers.get("Location", "").strip()
    with suppress(UnicodeError):
        # Header bytes arrive as Latin-1, but are UTF-8 where they are not ASCII.
        header = header.encode("latin-1").decode("utf-8")
    if not header or (is_web(header) and fault(header)):
        return None
    try:
        target = urljoin(response.url, requests.utils.requote_uri(header))
        if urlsplit(target).scheme not in ("http", "https") or not is_web(target):
            return None
    except (ValueError, requests.RequestException):
        return None
    return None if fault(target) else target


# The first kind found among an error and its causes names the failure: a dropped connection is
# also a bad status line, a time-out also an `OSError`.
_KINDS: tuple[tuple[Failure, tuple[type[BaseException], ...]], ...] = (
    (Failure.MALFORMED, (requests.exceptions.InvalidURL, LocationParseError, UnicodeError)),
    (Failure.TLS, (requests.exceptions.SSLError, ssl.SSLError)),
    (Failure.TIMEOUT, (requests.Timeout, TimeoutError, ReadTimeoutError)),
    (Failure.DROPPED, (RemoteDisconnected, ConnectionError)),
    (Failure.PROTOCOL, (HTTPException, HTTPError)),
)


def _failure_of(error: BaseException) -> tuple[Failure, str]:
    causes = _causes(error)
    for failure, kinds in _KINDS:
        if any(isinstance(cause, kinds) for cause in causes):
            wrong = (
                e.verify_message for e in causes if isinstance(e, ssl.SSLCertVerificationError)
            )
            return failure, next(wrong, "") if failure is Failure.TLS else ""
    return Failure.PROTOCOL, ""


def _causes(error: BaseException, depth: int = 0) -> list[BaseException]:
    found = [error]
    for cause in (*error.args, getattr(error, "reason", None), error.__cause__):
        if isinstance(cause, BaseException) and depth < 6:
            found += _causes(cause, depth + 1)
    return found
