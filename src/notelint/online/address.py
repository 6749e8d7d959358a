"""Web addresses: their parts and faults, without a request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

_WEB = re.compile(r"https?(?=[:/])|//", re.IGNORECASE)
_AUTHORITY = re.compile(r"([^:/?#]*:?/*[^/?#]*).*", re.DOTALL)
_DEFAULT_PORT = {"http": 80, "https": 443}
# Names reserved for examples (RFC 2606): they answer, but their pages are not meant to exist.
_EXAMPLE = re.compile(r"(?:.+\.)?example\.(?:com|net|org)\.?", re.IGNORECASE)
# `https://api.host/{owner}/{repo}`, `https://<your-host>/`, `https://$HOST`, `https://...`
_PLACEHOLDER = re.compile(
    r"\{[^{}]*\}|<[^<>]*>|//[^/?#]*[$*]|//(?:\.\.\.|…)|//\[(?![\da-f:.]*\])[^\]/]*\]", re.I
)
_NOT_IN_HOST = re.compile(r"[\x00-\x7f](?<![A-Za-z0-9._:%-])")


def is_web(url: str) -> bool:
    """Whether *url* is an HTTP address, or one with a slip in it, such as ``http:/``."""
    return _WEB.match(url) is not None


def fault(url: str) -> str | None:
    """The fault of the web address *url*, None if it is well formed."""
    if re.search(r"\s", _AUTHORITY.sub(r"\1", url.strip(), count=1)):
        return "a space in the address"
    start = re.match(r"(https?)(:?)(/*)(.?)", _with_scheme(url), re.I)
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
    """The reason not to request *url*, None if there is none."""
    if not is_web(url):
        return "not a web address"
    if ignored(url, ignore):
        return "ignored"
    if _PLACEHOLDER.search(url):
        return "a placeholder"
    if _EXAMPLE.fullmatch(host_of(url)):
        return "a name reserved for examples"
    return None


def ignored(url: str, patterns: Iterable[str]) -> bool:
    """Whether one of *patterns* matches *url*; ``*`` stands for any characters.

    A pattern with ``://`` is compared with the whole address. Any other begins with a host name,
    which also stands for its subdomains, and may go on with a path: ``corp.net``,
    ``github.com/*/settings``; without a port it stands for all of them. A pattern that does not end
    in ``*`` matches what lies below it, too.
    """
    bare = re.sub(r"^(?:https?:)?//(?:[^/?#@]*@)?", "", url, flags=re.I)
    without_port = re.sub(r"^(\[[^\]/?#]*\]|[^/?#:\[]*):\d+", r"\1", bare)
    addresses = [bare] if bare == without_port else [bare, without_port]
    return any(
        _matches(each, pattern)
        for pattern in patterns
        for each in ([url] if "://" in pattern else addresses)
    )


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
    """The texts between the stars of *pattern*; each star is any characters."""
    *parts, last = map(re.escape, pattern.rstrip("/").split("*"))
    return [re.compile(part, re.IGNORECASE) for part in (*parts, rf"{last}(?:[/?#:]|$)")]


def host_of(url: str) -> str:
    """The host name in lower case; empty if there is none."""
    parts = _split(url)
    return (parts.hostname or "") if parts else ""


def site_of(url: str) -> str:
    """The host name and, unless it is the default, the port: the unit of throttling."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    usual = parts.port in (None, _DEFAULT_PORT.get(parts.scheme))
    return parts.hostname if usual else f"{parts.hostname}:{parts.port}"


def origin_of(site: str) -> tuple[str, str, int]:
    """The scheme, host and port of an address, or of a bare host name, which means HTTPS.

    Raises :class:`ValueError` if *site* names no host.
    """
    parts = _split(site if "://" in site else f"https://{site}")
    if parts is None or parts.scheme not in _DEFAULT_PORT or not parts.hostname:
        raise ValueError(
            "headers must be by site: a host name, or an origin such as `https://host:port`"
        )
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORT[parts.scheme]


def request_url(url: str) -> str:
    """The address to request for the well-formed *url*: without fragment, user and password.

    Spaces are encoded or left out as browsers do.
    """
    url = re.sub(r"[\t\r\n]", "", url.strip()).replace(" ", "%20")
    parts = urlsplit(_with_scheme(url))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def fragment_of(url: str) -> str:
    """The text after the first ``#``, as written."""
    return url.partition("#")[2]


def _with_scheme(url: str) -> str:
    """*url* with a scheme: HTTPS where it begins with ``//``."""
    return f"https:{url}" if url[:2] == "//" else url


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(_with_scheme(url))
        _ = parts.port
    except ValueError:
        return None
    return parts
