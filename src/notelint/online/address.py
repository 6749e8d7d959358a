"""What can be said of an address without asking anyone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

_WEB = re.compile(r"https?(?=[:/])|//", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}
# Names that RFC 2606 keeps for examples: they answer, but no page under them is meant to exist.
_EXAMPLE = re.compile(r"(?:.+\.)?example\.(?:com|net|org)\.?", re.IGNORECASE)
# `https://api.host/{owner}/{repo}`, `https://<your-host>/`, `https://$HOST`, `https://...`
_PLACEHOLDER = re.compile(
    r"\{[^{}]*\}|<[^<>]*>|//[^/?#]*[$*]|//(?:\.\.\.|…)|//\[(?![\da-f:.]*\])[^\]/]*\]", re.I
)
_NOT_IN_HOST = re.compile(r"[\x00-\x7f](?<![A-Za-z0-9._:%-])")


def is_web(url: str) -> bool:
    """Whether *url* is, or was plainly meant to be, an address that a browser asks over HTTP."""
    return _WEB.match(url) is not None


def fault(url: str) -> str | None:
    """Why the web address *url* cannot lead anywhere, None when it is well formed."""
    if re.search(r"\s", url):
        return "a space in the address"
    start = re.match(r"(https?)(:?)(/*)(.?)", f"https:{url}" if url[:2] == "//" else url, re.I)
    if start is None or not start[2]:
        return f"no `:` after `{start[1] if start else 'http'}`"
    if len(start[3]) < 2:
        return f"no `//` after `{start[1]}:`"
    if len(start[3]) > 2 or start[4] in ("", "?", "#"):
        return "no host in the address"
    return _host_fault(url)


def _host_fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "the host or the port is not valid"
    if not host:
        return "no host in the address"
    if wrong := _NOT_IN_HOST.search(host):
        return f"`{wrong[0]}` in the host name"
    if host.startswith(".") or ".." in host:
        return "the host name has an empty part"
    if host.rstrip(".").endswith(".invalid"):  # RFC 6761, 6.4
        return "host does not resolve"
    return None


def skipped(url: str, ignore: Iterable[str]) -> str | None:
    """Why *url* is not to be asked at all, None when it is."""
    if not is_web(url):
        return "not a web address"
    if ignored(url, ignore):
        return "ignored"
    if _PLACEHOLDER.search(url):
        return "a placeholder"
    if _EXAMPLE.fullmatch(host_of(url)):
        return "a name kept for examples"
    return None


def ignored(url: str, patterns: Iterable[str]) -> bool:
    """Whether one of *patterns* matches *url*; ``*`` stands for any characters.

    A pattern with ``://`` is compared with the whole address. Any other begins with a host name,
    which also stands for its subdomains, and may go on with a path: ``corp.net``,
    ``github.com/*/settings``. A pattern that does not end in ``*`` matches what lies below it, too.
    """
    bare = re.sub(r"^(?:https?:)?//(?:[^/?#@]*@)?", "", url, flags=re.I)
    return any(_matches(url if "://" in pattern else bare, pattern) for pattern in patterns)


def _matches(address: str, pattern: str) -> bool:
    first, *rest = _parts(pattern)
    starts = [0]
    if "://" not in pattern:
        host = re.split("[/?#]", address, maxsplit=1)[0]
        starts += [at for at, char in enumerate(host, 1) if char == "."]
    found = next(filter(None, (first.match(address, at) for at in starts)), None)
    for part in rest:
        # where there is a match, there is one with the part where it is found first
        found = found and part.search(address, found.end())
    return found is not None


@lru_cache(2_000)
def _parts(pattern: str) -> list[re.Pattern[str]]:
    """What stands between the stars of *pattern*; each star is any characters."""
    *parts, last = map(re.escape, pattern.rstrip("/").split("*"))
    return [re.compile(part, re.IGNORECASE) for part in (*parts, rf"{last}(?:[/?#:]|$)")]


def host_of(url: str) -> str:
    """The host name, in lower case; empty when there is none."""
    parts = _split(url)
    return (parts.hostname or "") if parts else ""


def site_of(url: str) -> str:
    """Host name and, unless it is the usual one, port: what one server's patience covers."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    usual = parts.port in (None, _DEFAULT_PORT.get(parts.scheme))
    return parts.hostname if usual else f"{parts.hostname}:{parts.port}"


def origin_of(site: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address, or of a bare host name, which means HTTPS.

    Raises :class:`ValueError` when *site* names no host.
    """
    parts = _split(site if "://" in site else f"https://{site}")
    if parts is None or parts.scheme not in _DEFAULT_PORT or not parts.hostname:
        raise ValueError("a key of headers is not a site: give a host name or `https://host:port`")
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORT[parts.scheme]


def request_url(url: str) -> str:
    """The well-formed address *url* as it is asked: without its fragment, user and password."""
    parts = urlsplit(f"https:{url}" if url[:2] == "//" else url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def fragment_of(url: str) -> str:
    """What follows the first ``#``, as written."""
    return url.partition("#")[2]


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(f"https:{url}" if url[:2] == "//" else url)
        _ = parts.port
    except ValueError:
        return None
    return parts
