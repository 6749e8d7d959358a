"""Connections to public addresses only.

A stranger's note may name hosts inside the network where the check runs. So each connection is
allowed or refused by the address that it is about to use, after every look-up. This covers names
that resolve differently the second time, unusual notations of an address, and redirects.
"""

from __future__ import annotations

import errno
import socket
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from stringprep import in_table_b1
from typing import Any
from urllib.parse import unquote

from notelint.online.results import Failure

Endpoint = tuple[int, tuple[Any, ...]]  # address family, socket address: numeric host first
Resolve = Callable[[str, int], list[Endpoint]]

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
_UNICAST = IPv6Network("2000::/3")  # all public addresses (IANA, IPv6 address space)
# In the registries of special addresses of IANA, but unknown to some supported Pythons.
_SPECIAL = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
)
# A name that always exists (RFC 2606). If it does not resolve either, the fault is on our side.
_CONTROL = "example.com"
# Names that no public host has (RFC 6761, 6762, 8375; ICANN for `internal`).
_PRIVATE_NAMES = (".localhost", ".localdomain", ".local", ".internal", ".home.arpa")
_NO_SUCH_HOST = {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
} | {11001, 11004}  # Windows: WSAHOST_NOT_FOUND, WSANO_DATA
_NO_NETWORK = {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


class ConnectError(Exception):
    """A connection that failed, and the reason."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(detail or failure.value)
        self.failure = failure
        self.detail = detail


def is_public(address: str) -> bool:
    """Whether the whole Internet can reach the numeric *address*."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    if any(ip.version == special.version and ip in special for special in _SPECIAL):
        return False
    # `is_global` follows the same registries; multicast is in others.
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_private_name(host: str) -> bool:
    """Whether *host* is an address that is not public, in any notation, or such a name.

    For where somebody else looks the name up, and may read it as a browser does: with full-width
    digits, other dots, percent signs, or characters that count for nothing (RFC 3454, B.1).
    """
    host = "".join(char for char in unquote(host) if not in_table_b1(char))
    host = unicodedata.normalize("NFKC", host).replace("\u3002", ".").casefold().rstrip(".")
    with suppress(ValueError):
        return not is_public(host)
    with suppress(OSError, UnicodeError):  # `127.1`, `0x7f000001`
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    return f".{host}".endswith(_PRIVATE_NAMES)


def system_resolve(host: str, port: int) -> list[Endpoint]:
    """The addresses of *host* from the resolver of the system. Raises :class:`OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), address) for family, _, _, _, address in found]


def connect(
    host: str, port: int, deadline: float, resolve: Resolve, allow_private: bool
) -> socket.socket:
    """A TCP connection to a public address of *host*, opened before *deadline*.

    The deadline is a time of `time.monotonic()`. Raises :class:`ConnectError`.
    """
    endpoints = _look_up(host, port, resolve)
    allowed = [found for found in endpoints if allow_private or is_public(found[1][0])]
    if not allowed:
        # Without the address: a public report must not tell how a private name resolves.
        raise ConnectError(Failure.PRIVATE)
    failures = []
    for family, address in allowed:
        left = deadline - time.monotonic()
        if left <= 0:
            failures.append(ConnectError(Failure.TIMEOUT))
            break
        try:
            return _open(family, address, left)
        except OSError as error:
            failures.append(_why(error))
    # Without IPv6 on our side its addresses fail at once: that is not the fault of the host.
    raise min(failures, key=lambda failed: failed.failure is Failure.NETWORK)


def _look_up(host: str, port: int, resolve: Resolve) -> list[Endpoint]:
    if host.rstrip(".").endswith(".invalid"):  # never exists (RFC 6761), even if it resolves
        raise ConnectError(Failure.NO_HOST)
    try:
        return resolve(host, port)
    except UnicodeError:
        raise ConnectError(Failure.MALFORMED, "the host name is not valid") from None
    except socket.gaierror as error:
        if not _resolves(_CONTROL, resolve):
            raise ConnectError(Failure.NETWORK) from None
        if error.errno in _NO_SUCH_HOST:
            raise ConnectError(Failure.NO_HOST) from None
        raise ConnectError(Failure.UNREACHABLE, "the host cannot be looked up now") from None
    except OSError:
        raise ConnectError(Failure.NETWORK) from None


def _resolves(host: str, resolve: Resolve) -> bool:
    try:
        return bool(resolve(host, 443))
    except OSError:
        return False


def _open(family: int, address: tuple[object, ...], timeout: float) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(timeout)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


def _why(error: OSError) -> ConnectError:
    if isinstance(error, TimeoutError):
        return ConnectError(Failure.TIMEOUT)
    if error.errno in _NO_NETWORK:
        return ConnectError(Failure.NETWORK)
    refused = isinstance(error, ConnectionRefusedError)
    return ConnectError(Failure.UNREACHABLE, "connection refused" if refused else "no connection")
