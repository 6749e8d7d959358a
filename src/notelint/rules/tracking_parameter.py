from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Span, Workspace, rule
from notelint.rules.effects import Readdresses, is_part
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.sites import SITES, Site
from notelint.workspace.urls import (
    split_fragment,
    tracking_parameters,
    unquote,
    without_tracking,
)

# Who sends a reader, and is paid or thanked for it.
_PAID = lazy_regex(
    r"(?:^|[?&;])(?:fpr|ref|aff|via|affiliate|partner|referr?al|invite)"
    r"(?:[_-]?(?:id|code))?(?:=|&|$)",
    re.IGNORECASE,
)
_SPONSOR = lazy_regex(r"sponsor|referral|affiliate|partner", re.IGNORECASE)
_HERE = frozenset({"github", "readme", "oss"})
_CAMPAIGN = lazy_regex(r"(?:utm|mtm|pk)_", re.IGNORECASE)
# Where a reader comes from, by the mark that other sites leave in an address.
_ELSEWHERE = lazy_regex(
    r"\.|(?<![a-z])(?:e-?mail|mail(?:chimp|ing)?|newsletter|feed|rss|twitter|tw|facebook|fb|ig|x"
    r"|instagram|linkedin|reddit|youtube|google|bing|adwords|medium|substack|hackernews|hn|slack"
    r"|discord|telegram|wechat|weixin|weibo|qq|zhihu|xiaohongshu|copilot|chatgpt|openai|claude"
    r"|gemini|perplexity|share|social|web|app|ios|android|blog|direct|referral|organic|homepage"
    r"|website|search|hs_\w+)(?![a-z])",
    re.IGNORECASE,
)
_SOURCE = lazy_regex(r"[?&;]utm_source=([^&#]+)", re.IGNORECASE)
_SECOND = frozenset({"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"})  # as in `co.uk`
_SITES = 3  # as many are told who sends the reader
_INITIALS = 3  # letters
_ENOUGH = 5  # letters of a name that no other word holds by chance


class Options(NamedTuple):
    """``sites``: whose parameters are known."""

    sites: tuple[Site, ...] = SITES


def _less(before: str, after: str) -> bool:
    """Whether *after* is *before* less some of its parameters."""
    (old, anchor), (new, same) = split_fragment(before), split_fragment(after)
    page, _, parameters = old.partition("?")
    path, _, kept = new.partition("?")
    return (path, same) == (page, anchor) and is_part(kept.split("&"), ["", *parameters.split("&")])


@rule(options=Options, effect=Readdresses(_less))
def tracking_parameter(
    facts: FileFacts, workspace: Workspace, options: Options
) -> Iterator[Finding]:
    """A parameter that only tells a site where its reader came from.

    Why: it tracks everyone who follows the link, and makes two links to one page look different.

    It is not reported where a page needs it, because it shows or asks for its value: on one's own
    machine, in a mail shown in the browser, on a page to unsubscribe, in a builder of such
    addresses.

    A repository's own sponsor and referral links are not reported, either:

    - those with `utm_medium=sponsor`, or with a parameter such as `ref`, `aff`, `fpr` or `via`
    - a campaign or source with the word `sponsor` or `sponsorship`
    - a campaign or source that is `github` or `readme`, or that has the name of the repository or
      of its owner, or the initials of one, if they are three or more
    - a source that the note sends to three or more sites, unless it is the name of another site,
      to which the note has no more links than that

    Fix (safe): remove it; all other parameters stay as they are. There is no fix where the text
    of the link repeats the address, since the two would differ then.

    Bad:

    ```markdown
    [notes](https://example.org/post?id=7&utm_source=feed&utm_medium=rss#end)
    ```

    Fixed:

    ```markdown
    [notes](https://example.org/post?id=7#end)
    ```

    Good:

    ```markdown
    [search](https://example.org/search?q=utm_source)
    ```
    """
    told = _told(facts)
    for link in facts.links:
        if "?" not in link.destination or link.kind == "reference":
            continue
        written = link.written or link.destination
        found = tracking_parameters(written, options.sites)
        if not found or _source(written) in told or _is_wanted(written, found, workspace):
            continue
        names = ", ".join(f"`{name}`" for name, _ in found)
        start = link.target.start
        at = Span(start + found[0][1].start, start + found[-1][1].end)
        bare = without_tracking(written, options.sites)
        fix = Fix("remove the tracking parameters", (Edit(link.target, bare),))
        yield Finding(at, f"tracking parameter {names}", None if link.repeated else fix)


def _told(facts: FileFacts) -> set[str]:
    """The sources that the links of a note to several sites have in common."""
    sites: dict[str, set[str]] = {}
    for link in facts.links:
        if source := _source(link.destination):
            sites.setdefault(source, set()).add(_site(link.destination))
    told = {each for each, known in sites.items() if len(known) >= _SITES}
    if elsewhere := {*filter(_ELSEWHERE.search, told)}:
        linked = Counter(_site(link.destination) for link in facts.links)
        told -= {each for each in elsewhere if linked[each] <= len(sites[each])}
    return told


def _source(url: str) -> str:
    """The sender of the reader that *url* names, if any."""
    found = _SOURCE.search(url) if "?" in url else None
    return unquote(found[1]).casefold() if found else ""


def _site(url: str) -> str:
    """The host of *url* without what is in front of its name: `b.co.uk` of `a.b.co.uk`."""
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].casefold()
    labels = host.split(".")[-3:]
    return ".".join(labels if labels[-2:-1] and labels[-2] in _SECOND else labels[-2:])


def _is_wanted(url: str, found: list[tuple[str, Span]], workspace: Workspace) -> bool:
    """Whether the parameters that are *found* in *url* tell a sponsor or a seller who sent them."""
    campaign = [url[slice(*span)] for name, span in found if _CAMPAIGN.match(name)]
    if not campaign:
        return False
    others = split_fragment(url)[0].partition("?")[2]
    if _PAID.search(others.replace("amp;", "")):
        return True
    names = _names(workspace)
    for name, _, value in (each.partition("=") for each in campaign):
        words = re.findall(r"[^\W_]+", unquote(value).casefold())
        if name.lower().endswith("medium") and _SPONSOR.search(value):
            return True
        if "sponsor" in words or "sponsorship" in words:
            return True
        if not _HERE.isdisjoint(words) or not names.isdisjoint(words):
            return True
        whole = "".join(words)
        if any(each in whole for each in names if len(each) >= _ENOUGH) or whole in names:
            return True
    return False


def _names(workspace: Workspace) -> set[str]:
    """The names of the repository and its owner, letters and digits alone, and initials."""
    own = workspace.own_urls
    known = [each for home in own.homes for each in home.repository.split("/")] if own else []
    folder = os.path.basename(os.path.realpath(workspace.tree.root))
    found = {*known, folder}
    words = [re.findall(r"[^\W_]+", each.casefold()) for each in found]
    initials = {"".join(word[0] for word in each) for each in words if len(each) >= _INITIALS}
    return ({"".join(each) for each in words} | initials) - {""}
