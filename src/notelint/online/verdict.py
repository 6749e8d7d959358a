"""The outcome of a link from the answers to its requests; if in doubt, unknown and not dead."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from notelint.online.address import fragment_of, request_url
from notelint.online.page_anchors import is_line, is_scripted_host, wanted_anchor
from notelint.online.results import PERMANENT, REDIRECT, Anchor, Answer, Failure, Outcome, Status
from notelint.text.startup import NamedTuple
from notelint.workspace.urls import canonical


class Hop(NamedTuple):
    """One address of a redirect chain, and its answer."""

    url: str
    answer: Answer


_DEAD = {404, 410}
_NO_REDIRECT = {300, 304}  # 3xx, but no redirect
_LOGIN_HOST = re.compile(r"(?:login|signin|accounts?|auth|sso|idp?|passport|consent)\.", re.I)
_LOGIN_PATH = re.compile(
    r"/(?:log[-_]?in|sign[-_]?in|sign[-_]?up|sso|auth|oauth2?|authorize|saml2?|account|session"
    r"|users/sign_in|wp-login|consent|captcha)(?:[/.?]|$)",
    re.I,
)
# Language and country codes: `/en/` is a home page, `/ok` and `/go` are pages.
_LANGS = (
    "ar|at|au|bg|br|ca|ch|cn|cs|da|de|dk|el|en|es|et|fa|fi|fr|gb|he|hi|hk|hr|hu|id|in|it|ja|jp|ko|kr"
    "|lt|lv|ms|mx|nb|nl|no|pl|pt|ro|ru|sg|sk|sl|sr|sv|th|tr|tw|uk|us|vi|zh"
)
_HOME = re.compile(
    rf"/?(?:(?:{_LANGS})(?:[-_][a-z0-9]{{2,4}})?(?:/|$))?(?:(?:index|home|default)[.\w]*/?)?",
    re.I,
)
_ERROR_PAGE = re.compile(
    r"/(?:404|40x|error|page[-_]?not[-_]?found|not[-_]?found)(?:[/.?_-]|$)", re.I
)

_FAILED = {
    Failure.NO_HOST: "host does not resolve",
    Failure.NETWORK: "the host's name or network cannot be reached from here",
    Failure.PRIVATE: "refused: the address is not public (--allow-private)",
    Failure.MALFORMED: "the host name cannot be requested",  # browsers accept some of these
    Failure.UNREACHABLE: "no connection",
    Failure.TIMEOUT: "no answer in time",
    Failure.TLS: "no secure connection",
    Failure.DROPPED: "the connection was cut off",
    Failure.PROTOCOL: "the answer is not HTTP",
}
_ANCHOR_DOUBT = {
    Anchor.ABSENT: "which a script may add",  # on hosts whose pages are completed by one
    Anchor.SCRIPTED: "which a script may add",
    Anchor.LARGE: "in the part that was read",
    Anchor.CUT: "in the part that arrived",
    Anchor.OPAQUE: "in the part that can be read",
}


def outcome_of(url: str, hops: Sequence[Hop], accept: Collection[int] = ()) -> Outcome:
    """The outcome of *url*, whose redirect chain is *hops*, at least one."""
    last = hops[-1].answer
    if last.failure is not None:
        status, reason = _failed(last, redirected=len(hops) > 1)
    elif last.code in REDIRECT:
        status, reason = _endless_redirect(hops)
    elif last.ok or last.code in _NO_REDIRECT or last.code in accept:
        return _answered(url, hops)
    else:
        status, reason = (Status.DEAD if last.code in _DEAD else Status.UNKNOWN), str(last.code)
        if last.requests > 1 and last.wait is not None:
            reason += f", asked {last.requests} times"
        reason += last.detail and f", {last.detail}"
    if len(hops) > 1:
        reason += ", after a redirect"
    return Outcome(status, reason)


def _failed(answer: Answer, redirected: bool) -> tuple[Status, str]:
    assert answer.failure is not None
    reason = _FAILED[answer.failure]
    if answer.detail:
        both = answer.failure in (Failure.TLS, Failure.TIMEOUT)
        reason = f"{reason}: {answer.detail}" if both else answer.detail
    if answer.failure is Failure.NO_HOST:
        return Status.DEAD, reason
    if answer.failure is Failure.PRIVATE and not redirected:
        return Status.SKIPPED, reason
    return Status.UNKNOWN, reason


def _endless_redirect(hops: Sequence[Hop]) -> tuple[Status, str]:
    last = hops[-1].answer
    if last.location is None:
        return Status.UNKNOWN, f"{last.code} without a usable target"
    if request_url(last.location) not in {hop.url for hop in hops}:
        return Status.UNKNOWN, "too many redirects"
    if any(hop.answer.sets_cookie for hop in hops):
        return Status.UNKNOWN, "redirect loop without cookies"
    return Status.DEAD, "redirect loop"


def _answered(url: str, hops: Sequence[Hop]) -> Outcome:
    status, reason = _anchor(url, hops)
    if status is not Status.ALIVE:
        return Outcome(status, reason)
    if len(hops) > 1 and _is_new(_ERROR_PAGE, url, hops[-1].url):
        return Outcome(Status.UNKNOWN, "redirects to an error page")
    target = _permanent_target(hops)
    if target is None or hops[0].url != request_url(url) or _same_page(url, target):
        return Outcome(Status.ALIVE)
    if why := _not_the_same_page(url, target, hops[-1].url):
        return Outcome(Status.ALIVE, f"redirects to {why}")
    if "#" in url and "#" not in target:
        target += f"#{fragment_of(url)}"
    return Outcome(Status.MOVED, "moved permanently", target)


def _permanent_target(hops: Sequence[Hop]) -> str | None:
    target = None
    for hop in hops[:-1]:
        if hop.answer.code not in PERMANENT:
            break
        target = hop.answer.location
    return target


def _same_page(url: str, target: str) -> bool:
    """Whether the two differ only in ``http``, ``www.`` or a last ``/``.

    Nearly every old link is redirected like that; to report it would hide the pages that moved.
    """
    return target == url or canonical(request_url(url)) == canonical(request_url(target))


def _not_the_same_page(url: str, target: str, end: str) -> str | None:
    """The kind of page that *target* is, if it replaces the page of *url* instead of being it."""
    old, new, last = urlsplit(url), urlsplit(target), urlsplit(end)
    if (old.scheme or "https").lower() == "https" and "http" in (new.scheme, last.scheme):
        return "an address without encryption"
    if "@" in new.netloc:
        return "an address with a password"
    if any(_is_login(place, old.geturl()) for place in (target, end)):
        return "a login page"
    if any(_is_home(place) for place in (new.geturl(), last.geturl())) and not _is_home(url):
        return "the home page"
    return None


def _is_login(place: str, url: str) -> bool:
    new, old = urlsplit(place), urlsplit(url)
    if _LOGIN_HOST.match(new.netloc) and not _LOGIN_HOST.match(old.netloc):
        return True
    return _is_new(_LOGIN_PATH, url, place)


def _is_new(pattern: re.Pattern[str], url: str, place: str) -> bool:
    found = pattern.search(urlsplit(place).path) is not None
    return found and pattern.search(urlsplit(url).path) is None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def _anchor(url: str, hops: Sequence[Hop]) -> tuple[Status, str]:
    if any("#" in (hop.answer.location or "") for hop in hops):
        return Status.ALIVE, ""  # the redirect brings its own fragment
    fragment, end = fragment_of(url), hops[-1].url
    if is_line(fragment):
        return Status.UNKNOWN, f"lines are not checked: #{fragment}"
    anchor = wanted_anchor(url)
    found = hops[-1].answer.anchors.get(anchor) if anchor is not None else None
    if found is None or found in (Anchor.FOUND, Anchor.OTHER):
        return Status.ALIVE, ""
    if found is Anchor.ABSENT and not is_scripted_host(end):
        return Status.DEAD, f"the page has no anchor #{fragment}"
    return Status.UNKNOWN, f"the page has no anchor #{fragment}, {_ANCHOR_DOUBT[found]}"
