"""External URLs: their canonical form, equal for all addresses of a page, and tracking parameters.

Data on single sites is in :mod:`notelint.workspace.sites`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache

from notelint.text.source import Span
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.sites import SITES, HostData, Site, host_data

# The parts of a URL: RFC 3986, 3. HTML allows whitespace around it.
_SPACE = " \t\n\f\r"
_URL = lazy_regex(
    rf"[{_SPACE}]*https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL
)
# Separates parameters. In an attribute, `&` may be written `&amp;`; some tools escape it twice.
SEPARATOR = lazy_regex(r"&(?:amp;)*")
_ESCAPES = lazy_regex(r"(?:%[0-9A-Fa-f]{2})+")

# RFC 3986, 2.3, and `!*'()`, which RFC 2396 counted among them: an address of Wikipedia with a
# parenthesis is written either way.
_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!*'()",
)
_TO_NORMALISE = lazy_regex(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!*'()$&+,;=:@/?]")

# Characters that no host name has, not even after folding; letters of any script are allowed.
_NOT_IN_HOST = lazy_regex(r"[\x00-,/:-@\[-^`{-\x7f\s\ud800-\udfff]")
_IP_LITERAL = lazy_regex(r"\[[0-9a-f:.]+\]")
_PORT = lazy_regex(r":([0-9]*)\Z")

# A second URL in the path or in a parameter: the parameters may belong to either.
_URL_IN_PATH = lazy_regex(r"/https?:(?:/|\Z)", re.IGNORECASE)

# Pages that need such parameters: on the local machine, mails in the browser and their settings,
# tools that make such parameters, accounts of WeChat.
_NEEDED = lazy_regex(
    r"^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?(?:/|$)|^ga-dev-tools\.|^mp\.weixin\.qq\.com/mp/"
    r"|/(?:[^/]*-)?(?:e?mail-?(?:web-?)?(?:view|version)|view-?in-?browser|unsubscribe|opt-?out"
    r"|preferences-?cent(?:er|re)|(?:e?mail|manage)-?preferences|(?:url|utm|campaign)[-_]?builder)",
    re.IGNORECASE,
)
# A parameter with the name of Alibaba's, but without the dots in its value: of another site.
_OTHER = lazy_regex(r"spm=[^.]*$", re.IGNORECASE)


def canonical(url: str, sites: Sequence[Site] = SITES) -> str | None:
    """The canonical form of *url*: a URL that is equal for all addresses of the same page.

    None if *url* is not an ``http`` or ``https`` URL with a valid host. Never raises.
    """
    parts = _split(url)
    if parts is None:
        return None
    authority, path, query, fragment = parts
    data = host_data(authority, sites)
    address, _, own = data.address(authority, path).partition("?")
    address = address.rstrip("/")
    query = f"{own}&{query}" if own else query
    if query:
        query = _canonical_query(query, address, data)
    if fragment:
        fragment = _canonical_fragment(fragment)
    return f"https://{address}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def tracking_parameters(url: str, sites: Sequence[Site] = SITES) -> list[tuple[str, Span]]:
    """The parameters of *url* that only track readers: their names as written, and their spans.

    A span covers name and value, without a separator, in offsets of *url*. Parameters may be
    separated by ``&amp;``, too. Empty if *url* contains another URL, as in an archive.
    """
    tracking = [parameter.span for parameter in _parameters(url, sites) if parameter.tracks]
    return [(url[span.start : span.end].partition("=")[0], span) for span in tracking]


def without_tracking(url: str, sites: Sequence[Site] = SITES) -> str:
    """*url* without its tracking parameters; the rest is unchanged."""
    parameters = _parameters(url, sites)
    kept = [parameter for parameter in parameters if not parameter.tracks]
    if len(kept) == len(parameters):
        return url
    start, end = parameters[0].span.start, parameters[-1].span.end
    if all(parameter.span.start == parameter.span.end for parameter in kept):
        return url[: start - 1] + url[end:]
    # each keeps the separator before it, except the first
    query = "".join(url[parameter.separator : parameter.span.end] for parameter in kept)
    return url[:start] + query[kept[0].span.start - kept[0].separator :] + url[end:]


def split_fragment(destination: str) -> tuple[str, str | None]:
    """*destination* before and after its first ``#``, as written; None without a ``#``."""
    path, mark, fragment = destination.partition("#")
    return path, fragment if mark else None


def from_note(path: str, note: str) -> str:
    """*path* as shown in messages about *note*: from its folder. Both are from the root."""
    return posixpath.relpath(path, posixpath.dirname(note) or ".")


def unquote(text: str) -> str:
    """*text* with its percent-encoding decoded as UTF-8.

    Invalid escapes stay as written; so does ``%00``, which no file name can contain.
    """
    return _ESCAPES.sub(_decoded, text) if "%" in text else text


def _decoded(escapes: re.Match[str]) -> str:
    written = escapes[0]
    data = bytes.fromhex(written.replace("%", ""))
    pieces, at = [], 0
    while at < len(data):
        try:
            pieces.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            start, end = at + error.start, at + error.end
            pieces += data[at:start].decode("utf-8"), written[3 * start : 3 * end]
            at = end
    return "".join(pieces).replace("\0", "%00")


# --- host and path


def _split(url: str) -> tuple[str, str, str, str] | None:
    """Authority and path, normalized, then query and fragment as written."""
    match = _URL.match(url.rstrip(_SPACE))
    authority = _authority(match[1]) if match else None
    if match is None or authority is None:
        return None
    return authority, _path(match[2]), match[3] or "", match[4] or ""


@lru_cache(maxsize=4096)
def _authority(text: str) -> str | None:
    user, _, host = text.rpartition("@")
    port = ""
    if written := _PORT.search(host):
        host, port = host[: written.start()], written[1].lstrip("0")
    name = _host(host)
    if name is None or len(port) > 5 or int(port or 0) > 65535:
        return None
    # http and https are not distinguished, nor are their default ports
    name = name if port in ("", "80", "443") else f"{name}:{port}"
    return f"{_normalized(user)}@{name}" if user else name


def _host(text: str) -> str | None:
    if text.startswith("["):
        text = text.lower()
        return text if _IP_LITERAL.fullmatch(text) else None
    labels = _folded(unquote(text)).removesuffix(".").split(".")
    host = ".".join(map(_letters, labels))
    if "" in labels or _NOT_IN_HOST.search(host):
        return None
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host


def _folded(host: str) -> str:
    if host.isascii():
        return host.lower()
    from unicodedata import normalize

    # As browsers do (UTS 46): full-width letters and dots become ASCII. Lower-casing may require
    # another normalization, and the other way round.
    for _ in range(4):
        host = normalize("NFKC", host.lower()).replace("。", ".")
    return host


def _letters(label: str) -> str:
    """A label of a host name, decoded if it is valid punycode (RFC 3492)."""
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
        valid = not decoded.isascii() and decoded.encode("punycode").decode() == label[4:]
    except (UnicodeError, ValueError, OverflowError):
        return label
    return decoded if valid and _folded(decoded) == decoded and "." not in decoded else label


def _path(path: str) -> str:
    """*path* normalized, without dot segments (RFC 3986, 5.2.4) and without ``/`` at its end."""
    path = _normalized(path)
    if "/." in path:
        kept: list[str] = []
        for segment in path.split("/")[1:]:
            if segment == "..":
                del kept[-1:]
            elif segment != ".":
                kept.append(segment)
        path = "/" + "/".join(kept)
    return path.rstrip("/")


def _normalized(text: str) -> str:
    """*text* with percent-encoding only where needed, in upper case."""
    return _TO_NORMALISE.sub(_normal_character, text)


def _normal_character(match: re.Match[str]) -> str:
    written = match[0]
    if len(written) == 3:
        character = chr(int(written[1:], 16))
        return character if character in _UNRESERVED else written.upper()
    return "".join(f"%{byte:02X}" for byte in written.encode("utf-8", "surrogatepass"))


# --- parameters and fragment


class _Parameter(NamedTuple):
    separator: int  # where the separator before the parameter starts
    span: Span
    tracks: bool


def _parameters(url: str, sites: Sequence[Site]) -> list[_Parameter]:
    """The parameters of *url* in order, empty ones included.

    Empty if they may belong to another URL inside it. Empty also for a URL with a space, which
    programs end at different places.
    """
    if "?" not in url or len(url.split()) != 1:
        return []
    match, parts = _URL.match(url.rstrip(_SPACE)), _split(url)
    if match is None or parts is None or _holds_url(parts[1], _normalized(parts[2])):
        return []
    if _NEEDED.search(parts[0] + parts[1]):
        return []
    tracking = host_data(parts[0], sites).tracking
    separator = start = match.start(3)
    found = []
    separators = [each.span() for each in SEPARATOR.finditer(match.string, *match.span(3))]
    for stop, following in (*separators, (match.end(3), match.end(3))):
        parameter = _normalized(url[start:stop])
        tracks = parameter in tracking and not _OTHER.match(parameter)
        found.append(_Parameter(separator, Span(start, stop), tracks))
        separator, start = stop, following
    return found


def _holds_url(address: str, query: str) -> bool:
    in_query = "?" in query and any("?" in part.partition("://")[2] for part in query.split("&"))
    return in_query or bool(_URL_IN_PATH.search(address))


def _canonical_query(query: str, address: str, data: HostData) -> str:
    query = _normalized(query)
    parameters = [parameter for parameter in SEPARATOR.split(f"&{query}") if parameter]
    if not _holds_url(address, query):
        parameters = [parameter for parameter in parameters if parameter not in data.ignored]
    # sorted by name only: the order of several values of one name may matter
    return "&".join(sorted(parameters, key=lambda parameter: parameter.partition("=")[0]))


def _canonical_fragment(fragment: str) -> str:
    # after `:~:` follows the text to highlight (https://wicg.github.io/scroll-to-text-fragment/)
    fragment = _normalized(fragment).partition(":~:")[0]
    return "" if fragment.lower() == "readme" else fragment
