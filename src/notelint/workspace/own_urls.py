"""Addresses of files of this repository on the sites of its remotes.

The sites are GitHub, GitLab, Gitee, Bitbucket, Gitea and Forgejo.
"""

from __future__ import annotations

import os
import re

from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.git import repository_root
from notelint.workspace.git_config import settings
from notelint.workspace.git_metadata import Metadata, metadata, text_in
from notelint.workspace.git_refs import Refs

_REMOTE = lazy_regex(
    r"(?:https?://(?:[^@/\s]+@)?|git://|ssh://(?:[^@/\s]+@)?|[\w.-]+@)(?:www\.)?"
    r"([\w-]+(?:\.[\w-]+)+)(?::\d+/|[:/]/?)([^\s:?#]+?)(?:\.git)?/?",
    re.IGNORECASE,
)
# GitHub's raw files, and the pages of a file, a folder, its lines or its editor.
_RAW = lazy_regex(
    r"https?://raw\.github(?:usercontent)?\.com/([^/?#]+/[^/?#]+)/(?:refs/heads/)?(?=[^/?#])",
    re.IGNORECASE,
)
_PAGE = lazy_regex(
    r"https?://(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?/([^/?#]+(?:/[^/?#]+){1,9}?)/(?:-/)?"
    r"(?:blob|raw|tree|edit|blame|src)/(?:refs/heads/|refs/tags/|branch/|tag/)?(?=[^/?#])",
    re.IGNORECASE,
)
_README = lazy_regex(
    r"https?://(?:www\.)?(github\.com)/([^/?#]+/[^/?#]+?)(?:\.git)?/?(?=#.)", re.IGNORECASE
)
# The address of a file in a repository on GitHub, GitLab, Gitee or Bitbucket.
_HOSTED = lazy_regex(r"https?://[^/\s]+/[^\s]*?/(?:blob|tree|raw|edit|src)/[^/\s]+/([^\s?#]+)")
_ACTIONS = ("/blob/", "/raw/", "/tree/", "/edit/", "/blame/", "/src/", "//raw.github", "#")
_MAX_PARTS = 6  # of the name of a branch, between slashes

# Usual names of the default branch, and of branches with a built site, which have other files.
_DEFAULT = ("main", "master")
_OTHER_TREES = frozenset({"gh-pages", "pages"})
_GITHUB = "github.com"


class _Form(NamedTuple):
    """The parts of the address of a file on a site: the part before the branch, the query for the
    source of a note instead of its page, and the fragment for a line. ``takes_head``: the site
    accepts HEAD as a branch."""

    page: str
    source: str
    line: str
    takes_head: bool = False


_FORMS = {  # by a part of the name of the host
    "github": _Form("/blob/", "?plain=1", "#L{}", takes_head=True),
    "gitlab": _Form("/-/blob/", "?plain=1", "#L{}", takes_head=True),
    "gitee": _Form("/blob/", "?plain=1", "#L{}"),
    "bitbucket": _Form("/src/", "", "#lines-{}"),
    **dict.fromkeys(
        ("codeberg", "gitea", "forgejo"), _Form("/src/branch/", "?display=source", "#L{}")
    ),
}


class Home(NamedTuple):
    """A repository that is a remote of this one: its ``host`` and its path there, in lower case.

    The files of ``branches`` are taken for those on disk. ``gone`` are former names of the
    ``default`` branch. ``name`` is the name of the remote. The branches of a ``second`` remote may
    have other files.
    """

    host: str
    repository: str
    branches: tuple[str, ...]
    gone: tuple[str, ...] = ()
    default: str = ""
    name: str = "origin"
    second: bool = False

    def address(self, path: str, line: int = 0) -> str:
        """The address of the file at *path*, from the root, or of a *line* in it, from 1.

        Empty if the form of addresses on the site is not known.
        """
        from urllib.parse import quote

        form = next((form for name, form in _FORMS.items() if name in self.host), None)
        branch = next(iter(self.branches), "HEAD")
        if form is None or (branch == "HEAD" and not form.takes_head):
            return ""
        page = f"https://{self.host}/{quote(self.repository)}{form.page}{quote(branch)}/"
        is_note = path.lower().endswith(SUFFIXES)
        at = (form.source if is_note else "") + form.line.format(line) if line else ""
        return page + quote(os.fsencode(path)) + at


class OwnUrl(NamedTuple):
    """An address in the repository ``home``.

    ``start`` is the offset of the branch in it, ``rest`` the text from there: the branch, a path,
    query and fragment, as written.
    """

    home: Home
    start: int
    rest: str

    def split_after(self, branch: str) -> tuple[str, str] | None:
        """``rest``, split after *branch* and its slash; None if it has another branch."""
        if self.rest.startswith(branch):
            end = len(branch)
            if self.rest.startswith("/", end):
                return self.rest[: end + 1], self.rest[end + 1 :]
            if end == len(self.rest) or self.rest[end] in "?#":
                return branch, self.rest[end:]
        return None

    def may_be_branches(self) -> list[str]:
        """The possible names of its branch or tag, the longest first."""
        parts = re.split(r"[?#]", self.rest, maxsplit=1)[0].split("/")[:_MAX_PARTS]
        return ["/".join(parts[:end]) for end in range(len(parts), 0, -1) if parts[end - 1]]


class OwnUrls(NamedTuple):
    """The repositories whose addresses lead into this one."""

    homes: tuple[Home, ...]

    def find(self, url: str) -> OwnUrl | None:
        """*url* as an address in one of the repositories; None for other addresses."""
        raw, readme = _RAW.match(url), _README.match(url)
        if found := raw or readme:
            host, path = _GITHUB, found[1] if raw else found[2]
        elif found := _PAGE.match(url):
            host, path = found[1], found[2]
        else:
            return None
        known = host.lower(), path.lower()
        for home in self.homes:
            if known == (home.host, home.repository):
                return OwnUrl(home, found.end(), url[found.end() :])
        return None

    def split(self, url: str) -> tuple[str, str] | None:
        """Split *url* before the path of a file on disk; None for other addresses.

        The second part is the path from the root with query and fragment, as written.
        """
        own = self.find(url)
        if own is None:
            return None
        if own.rest[:1] == "#":  # on the page that shows the readme
            return url[: own.start], own.rest
        for branch in own.home.branches:
            if found := own.split_after(branch):
                return url[: own.start] + found[0], found[1]
        return None


def may_be_own_url(url: str) -> bool:
    """Whether *url* looks like a file in any repository."""
    if "://" not in url:
        return False
    lower = url.lower()
    return any(map(lower.__contains__, _ACTIONS)) and (
        (_RAW.match(url) or _PAGE.match(url) or _README.match(url)) is not None
    )


def hosted_path(url: str) -> str:
    """The path of *url* in its repository, which need not be this one; else empty."""
    found = _HOSTED.match(url)
    return found[1] if found else ""


def own_urls(root: str) -> OwnUrls | None:
    """The remotes of the work tree at *root*; None without any.

    In a workflow on GitHub, its repository counts as a remote.
    """
    found = metadata(os.path.realpath(root))
    if found is None:
        return None
    config = _config(found)
    known = {
        name: match
        for name, url in _urls(config)
        if (match := _REMOTE.fullmatch(url)) and ".." not in name
    }
    first = "origin" if "origin" in known or not known else next(iter(known))
    refs = Refs(found)
    homes: dict[tuple[str, str], Home] = {}
    for name in sorted(known, key=lambda name: name != first):
        key = known[name][1].lower(), known[name][2].lower()
        homes.setdefault(key, _home(refs, config, *key, name, second=name != first))
    running = os.environ.get("GITHUB_REPOSITORY", "").lower()
    if re.fullmatch(r"[\w.-]+/[\w.-]+", running) and (_GITHUB, running) not in homes:
        homes[_GITHUB, running] = _home(refs, config, _GITHUB, running, first, second=False)
    return OwnUrls(tuple(homes.values())) if homes else None


def remotes(folder: str) -> list[tuple[str, str]]:
    """The names of the remotes of the repository that *folder* is in, and their URLs."""
    top = repository_root(os.path.realpath(folder))
    found = metadata(top) if top else None
    return _urls(_config(found)) if found else []


def _config(found: Metadata) -> list[tuple[str, str]]:
    return [*settings(text_in(found.common, "config"))]


def _urls(config: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (name[7:-4], url)
        for name, url in config
        if name.startswith("remote.") and name.endswith(".url")
    ]


def _home(
    refs: Refs,
    config: list[tuple[str, str]],
    host: str,
    repository: str,
    name: str,
    *,
    second: bool,
) -> Home:
    current = refs.target("HEAD").partition("refs/heads/")[2]
    default = refs.target(f"refs/remotes/{name}/HEAD").partition(f"refs/remotes/{name}/")[2]
    usual = (default,) if default else _usual(refs, name, current)
    others = () if current in _OTHER_TREES else ("HEAD", *usual)
    branches = tuple(dict.fromkeys((*filter(None, (current,)), *others)))
    gone = _gone(refs, config, name, default) if others and default and not second else ()
    return Home(host, repository, branches, gone, default if gone else "", name, second)


def _usual(refs: Refs, name: str, current: str) -> tuple[str, ...]:
    """The names that the default branch may have.

    If the *current* branch has one of these names, an existing branch with another one is not it.
    """
    if current not in _DEFAULT:
        return _DEFAULT
    places = "heads", f"remotes/{name}"
    return tuple(
        each
        for each in _DEFAULT
        if each == current or not any(refs.id(f"refs/{place}/{each}") for place in places)
    )


def _gone(refs: Refs, config: list[tuple[str, str]], name: str, default: str) -> tuple[str, ...]:
    """The names that the default branch may have had, and that no branch has now."""
    fetched = f"remote.{name}.fetch", f"+refs/heads/*:refs/remotes/{name}/*"
    if default not in _DEFAULT or fetched not in config or refs.shallow:
        return ()  # not all branches were fetched
    return tuple(
        each
        for each in _DEFAULT
        if each != default
        and not any(refs.id(f"refs/{kind}/{each}") for kind in ("heads", "tags", f"remotes/{name}"))
    )
