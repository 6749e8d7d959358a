"""Knowledge of single sites and of tracking parameters: data that users can extend."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.wrapping_pages import GOOGLE, OF_GOOGLE, WRAPPING

_ESCAPE = lazy_regex(r"%[0-9a-f]{2}")


class Site(NamedTuple):
    """How the addresses of one site are compared; every field can be written in TOML.

    ``hosts``: host names without ``www.``; ``*.example.com`` is every host under ``example.com``,
    but not ``example.com``. An address with a port or a user name belongs to no site.

    ``rewrites``: pairs of a regular expression and what replaces it (``\\1`` is a group), applied
    in order. The expression has to match the whole of host and path, as in ``github.com/a/b``:
    percent-encoding normalized, no trailing ``/``, no parameters. The replacement may end in
    parameters, as in ``youtube.com/watch?v=\\1``. Of a user's sites no expression may repeat what
    can match in several ways, and none looks at more than 500 characters.

    ``caseless``: a regular expression for that start of the path that is compared without case.

    ``tracking`` and ``drop``: parameters that only track readers, and those that do not change
    what is shown. Both are left out of the comparison; only the first are reported. Each
    is a name, the beginning of names (``utm_*``) or a name with its value
    (``tab=readme-ov-file``), compared without case.

    ``wraps``: paths of pages that only lead to another address, each with the parameter that holds
    it, as in ``/link?target``.
    """

    hosts: tuple[str, ...]
    rewrites: tuple[tuple[str, str], ...] = ()
    caseless: str = ""
    tracking: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    wraps: tuple[str, ...] = ()

    def problem(self) -> str | None:
        """The fault of an expression or a replacement, None without one; for sites of users.

        Not checked at creation, which would compile every expression of `SITES` at each start.
        """
        from notelint.text.limits import MAX_REGEX_CHARACTERS, count_ways, fault

        pairs = [(f"rewrites.{number}", *each) for number, each in enumerate(self.rewrites, 1)]
        for place, expression, replacement in (*pairs, ("caseless", self.caseless, "")):
            if len(replacement) > MAX_REGEX_CHARACTERS:
                return f"`{place}` has a replacement of more than {MAX_REGEX_CHARACTERS} characters"
            try:
                count_ways(expression)
                # The replacement is read before anything is looked for.
                re.compile(expression).sub(replacement, "")
            except (re.error, IndexError) as error:
                return f"`{place}` has a replacement with {fault(error)}"
            except ValueError as reason:
                return f"`{place}` {reason}"
        return None

    def count_ways(self) -> int:
        """The largest number of ways in which its expressions can match, in all."""
        from notelint.text.limits import count_ways

        return sum(
            count_ways(each) for each in (*(first for first, _ in self.rewrites), self.caseless)
        )

    def __hash__(self) -> int:
        # Tables are cached by their sites; the hosts are enough to tell these apart.
        return hash(self.hosts)


# Parameters that no known site chooses content by. Names that some site may need (`ref`, `source`,
# `from`, `share_token`) are listed for single sites only, in `SITES`.
TRACKING = (
    # Google Analytics, Google Ads
    *("utm_*", "_ga", "_gl", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid"),
    *("gad_source", "gad_campaignid"),
    # Facebook, Instagram
    *("fbclid", "fb_action_ids", "fb_action_types", "igshid", "igsh", "mibextid"),
    # other networks: Microsoft, X, TikTok, LinkedIn, Pinterest, Yandex
    *("msclkid", "twclid", "ttclid", "li_fat_id", "epik", "yclid", "ysclid", "_openstat"),
    # mail: Mailchimp, HubSpot, Marketo, Vero, Omeda, Klaviyo
    *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking"),
    *("mkt_tok", "vero_id", "vero_conv", "oly_anon_id", "oly_enc_id", "_kx"),
    # Adobe, Matomo, Branch
    *("s_kwcid", "ef_id", "mtm_campaign", "mtm_cid", "mtm_content", "mtm_group", "mtm_keyword"),
    *("mtm_medium", "mtm_placement", "mtm_source", "pk_campaign", "pk_kwd", "pk_keyword"),
    *("_branch_match_id", "_branch_referrer"),
    # Alibaba, bilibili, Baidu Tongji
    *("spm", "spm_id_from", "vd_source", "hmsr", "hmpl", "hmcu", "hmkw", "hmci"),
)

_DEFAULT_BRANCH = r"(?:main|master|HEAD)"
_MARKUP = (
    "md|mkd|mkdn|mdown|markdown|rst|txt|org|adoc|asciidoc|asc|textile|rdoc|pod|creole|mediawiki"
)
# The readme that a repository's page shows. `README_zh.md` and `README.zh-CN.md` are other pages.
_README = rf"(?i:readme(?:\.(?:{_MARKUP}))?)"
_GITHUB = r"(github\.com/[^/]+/[^/]+)"
_HUGGING_FACE = r"(huggingface\.co/(?:(?:datasets|spaces)/)?[^/]+/[^/]+)"
_ARXIV = r"(?:(?:export\.|browse\.|ar5iv\.labs\.)?arxiv\.org|ar5iv\.org)/(?:abs/|pdf/|html/)?"
_ARXIV_VERSION = r"(?:v\d+)?(?:\.pdf)?"

SITES: tuple[Site, ...] = (
    Site(
        hosts=("github.com",),
        rewrites=(
            (r"(github\.com/[^/]+/[^/]*?[^/.])(?<![^/.]\.git)(?:\.git)+(/.*)?", r"\1\2"),
            (rf"{_GITHUB}/(?:tree|blob)/{_DEFAULT_BRANCH}/{_README}", r"\1"),
            (rf"{_GITHUB}/tree/{_DEFAULT_BRANCH}", r"\1"),
        ),
        caseless=r"/[^/]+(?:/[^/]+)?",
        drop=("tab=readme-ov-file",),
    ),
    # Identifiers: https://info.arxiv.org/help/arxiv_identifier.html. The subject class of those
    # from before April 2007 is optional: math.GT/0309136 is math/0309136.
    Site(
        hosts=(
            *("arxiv.org", "export.arxiv.org", "browse.arxiv.org"),
            *("ar5iv.org", "ar5iv.labs.arxiv.org"),
        ),
        rewrites=(
            (rf"{_ARXIV}(\d{{4}}\.\d{{4,5}}){_ARXIV_VERSION}", r"arxiv.org/abs/\1"),
            (
                rf"{_ARXIV}([a-z]+(?:-[a-z]+)?)(?:\.[A-Za-z-]+)?/(\d{{7}}){_ARXIV_VERSION}",
                r"arxiv.org/abs/\1/\2",
            ),
        ),
    ),
    # A DOI is compared without case (DOI Handbook, 2.4); its slash may be written %2F.
    Site(
        hosts=("doi.org", "dx.doi.org"),
        rewrites=(
            (r"(?:dx\.)?doi\.org(/.*)?", r"doi.org\1"),
            (r"doi\.org/(10\.[\d.]+)%2F(.+)", r"doi.org/\1/\2"),
        ),
        caseless=r".*",
    ),
    Site(
        hosts=("youtube.com", "m.youtube.com", "youtu.be"),
        rewrites=(
            (r"youtu\.be/([^/]+)", r"youtube.com/watch?v=\1"),
            (r"m\.youtube\.com(/.*)?", r"youtube.com\1"),
        ),
        tracking=("si", "feature", "pp"),
        drop=("ab_channel",),
    ),
    Site(
        hosts=("huggingface.co", "hf.co"),
        rewrites=(
            (r"hf\.co(/.*)?", r"huggingface.co\1"),
            (rf"{_HUGGING_FACE}/(?:tree|blob)/main/{_README}", r"\1"),
            (rf"{_HUGGING_FACE}/tree/main", r"\1"),
        ),
        caseless=r"/(?:(?:datasets|spaces)/)?[^/]+(?:/[^/]+)?",
    ),
    Site(hosts=("open.spotify.com",), tracking=("si",)),
    *(Site(hosts=hosts, wraps=pages) for hosts, pages in WRAPPING),
    Site(hosts=GOOGLE, drop=OF_GOOGLE),
    Site(
        hosts=("twitter.com", "mobile.twitter.com", "x.com"),
        tracking=("s", "t", "ref_src", "ref_url"),
    ),
    Site(
        hosts=("mp.weixin.qq.com",),
        tracking=(
            *("scene", "subscene", "ascene", "clicktime", "enterid", "sessionid", "mpshare"),
            *("sharer_shareid", "sharer_shareinfo", "sharer_sharetime", "isappinstalled"),
            *("from=singlemessage", "from=groupmessage", "from=timeline"),
        ),
    ),
    Site(
        hosts=("*.taobao.com", "*.tmall.com", "*.1688.com", "*.alibaba.com", "*.aliyun.com"),
        tracking=("scm",),
    ),
    Site(hosts=("linkedin.com", "*.linkedin.com"), tracking=("trk", "trackingid", "lipi")),
    Site(hosts=("nytimes.com",), tracking=("smid", "smtyp", "mtrref")),
)


class Parameters:
    """A set of parameters, given by patterns as in :class:`Site`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        lower = [pattern.lower() for pattern in patterns]
        self._exact = frozenset(name for name in lower if not name.endswith("*"))
        self._starts = tuple(name[:-1] for name in lower if name.endswith("*"))

    def __contains__(self, parameter: str) -> bool:
        """Whether *parameter*, ``name`` or ``name=value``, is one of them."""
        parameter = parameter.lower()
        name = parameter.partition("=")[0]
        return name in self._exact or parameter in self._exact or name.startswith(self._starts)


class HostData:
    """The merged data for one host, from all *sites* that name it, in order.

    ``tracking`` are the parameters that only track, ``ignored`` all that are not compared.
    ``wraps`` has, by the path of a page, the parameters that hold the address it leads to.
    """

    def __init__(self, sites: Sequence[Site] = ()) -> None:
        tracking = [*TRACKING, *(name for site in sites for name in site.tracking)]
        self.tracking = Parameters(tracking)
        self.ignored = Parameters([*tracking, *(name for site in sites for name in site.drop)])
        self.wraps: dict[str, list[str]] = {}
        for site in sites:
            for each in site.wraps:
                path, _, name = each.partition("?")
                self.wraps.setdefault(path.rstrip("/").lower(), []).append(name)
        self._caseless = [
            (re.compile(site.caseless, re.IGNORECASE), _longest(site))
            for site in sites
            if site.caseless
        ]
        self._rewrites = [
            (re.compile(expression, re.DOTALL), replacement, _longest(site))
            for site in sites
            for expression, replacement in site.rewrites
        ]

    def address(self, host: str, path: str) -> str:
        """The canonical host and path, perhaps with parameters."""
        for expression, longest in self._caseless:
            if len(path) <= longest and (match := expression.match(path)):
                lower = _ESCAPE.sub(lambda escape: escape[0].upper(), match[0].lower())
                path = lower + path[match.end() :]
        address = host + path
        for expression, replacement, longest in self._rewrites:
            if len(address) <= longest and (match := expression.fullmatch(address)):
                made = match.expand(replacement)
                address = made if len(made) <= 2 * longest else address
        return address


def _longest(site: Site) -> int:
    """The longest text that expressions of *site*, which a stranger may have written, may match."""
    if site in SITES:
        return sys.maxsize
    from notelint.text.limits import MAX_REGEX_CHARACTERS

    return MAX_REGEX_CHARACTERS


class HostTable:
    """The merged data of *sites* by host, made when first needed."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = sites
        self._known: dict[str, HostData] = {}

    @cached_property
    def _plain(self) -> HostData:
        return HostData()

    def of(self, host: str) -> HostData:
        """The data for *host*, given in lower case and without ``www.``."""
        known = self._known.get(host)
        if known is None:
            sites = [
                site for site in self._sites if any(_covers(each, host) for each in site.hosts)
            ]
            known = self._known[host] = HostData(sites) if sites else self._plain
        return known


def _covers(name: str, host: str) -> bool:
    name = name.lower().removeprefix("www.")
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


_DEFAULT = HostTable(SITES)
_table = lru_cache(maxsize=8)(HostTable)


def host_data(host: str, sites: Sequence[Site]) -> HostData:
    """The data of *sites* for *host*, given in lower case and without ``www.``."""
    return (_DEFAULT if sites is SITES else _table(tuple(sites))).of(host)
