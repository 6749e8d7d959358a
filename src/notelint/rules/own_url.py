from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from notelint.rules.base import Edit, FileFacts, Finding, Fix, LinkFact, Span, Workspace, rule
from notelint.rules.broken_anchor import broken_anchors, same_page
from notelint.rules.effects import Readdresses
from notelint.rules.missing_file import missing_files
from notelint.rules.shared.fragment_targets import lines_of
from notelint.rules.shared.local_targets import is_page, same_fragment
from notelint.text.covered import Covered
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.languages import CODE
from notelint.workspace.own_urls import OwnUrl, may_be_own_url
from notelint.workspace.resolve import is_placeholder, path_in
from notelint.workspace.tree import with_parents

_REPOSITORY = 5  # parts of an address: scheme, nothing, host, owner, name
_BRANCH = lazy_regex(r"(?<=/)(?:main|master)(?=[/?#]|$)")
# Parts of addresses that generators make of no file: lists, versions, dates, languages, programs.
_MADE = lazy_regex(
    r"tags?|categor(?:y|ies)|topics?|authors?|archives?|search|pages?|posts?|blog|news|rss|feed|atom"
    rf"|sitemap|404|index|genindex|latest|stable|nightly|dev|main|master|next|v?\d[\d.x]*|{CODE}"
    r"|api(?:-?docs?)?|reference|javadoc|rustdoc|storybook|coverage|playground|demos?|app"
    r"|assets|static|img|images|_.*",
    re.IGNORECASE,
)
# By these a note has an address that does not follow from its name.
_ADDRESSED = lazy_regex(
    r"^[\"']?(?:permalink|slug|url|path|id|alias(?:es)?|redirect_from)[\"']?[ \t]*[:=]",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT = lazy_regex(r"\s*(---|\+\+\+|\{)")
_FRONT_LENGTH = 2000  # characters in which front matter says so
_DATE = lazy_regex(r"\A(?:\d{4}-\d\d-\d\d-|\d{1,6}[-_.])")
# Below the site of an owner are those of the owner's other repositories.
_OF_ALL = lazy_regex(r"[^/]+\.(?:git(?:hub|lab|ee)\.io|pages\.dev|codeberg\.page)/")
_SCHEME = lazy_regex(r"https?://(?:www\.)?", re.IGNORECASE)


def _allowed(before: str, after: str) -> bool:
    """Whether an address may become another: of the same file, the same page, the same branch."""
    return before.split("/")[:_REPOSITORY] == after.split("/")[:_REPOSITORY] and (
        same_fragment(before, after)
        or same_page(before, after)
        or any(
            before[: each.start()] + name + before[each.end() :] == after
            for each in _BRANCH.finditer(before)
            for name in ("main", "master")
        )
    )


class Options(NamedTuple):
    """``pages``: the addresses of sites that are built from this repository."""

    pages: tuple[str, ...] = ()


@rule(options=Options, effect=Readdresses(_allowed))
def own_url(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """An absolute address into this repository whose file, anchor, line or branch is gone.

    Why: the reader gets a "page not found", as with any broken link, but tools that check local
    links miss this one. `[guide](https://github.com/me/notes/blob/main/guide.md)` in `me/notes` is
    compared with the files here.

    The name of the repository is read from the remotes of git and from `GITHUB_REPOSITORY`:
    addresses on GitHub, GitLab, Gitee, Bitbucket, Gitea and Forgejo, of files, folders, raw files
    and the editor. The current and the default branch count as the files here. Another branch or a
    tag is compared with what git has of it, and not judged where git has nothing. Silent outside of
    a git repository, and in one without a remote. A bare URL that includes the text after it is
    reported by `glued-url`.

    Option `pages` (none): the addresses of sites that are built from this repository. A link to a
    page there is reported if no file and no folder has the name of the page. Not judged are
    anchors, and pages of tags, versions and languages; nothing is judged if notes set addresses in
    their front matter. An example of an address is `https://me.github.io/notes/`.

    Fix (unsafe): as for `missing-file` and `broken-anchor`. If the default branch was renamed from
    `master` to `main` or back, the new name is a safe fix: where git has fetched all branches,
    knows the default one, and has none of the old name.

    In this example the repository is `me/notes`.

    Bad:

    ```markdown
    [guide](https://github.com/me/notes/blob/main/no-such-folder/guide.md)
    ```

    Good:

    ```markdown
    [license](https://github.com/another/repository/blob/main/LICENSE)
    ```
    """
    if options.pages:
        for link, path in _missing_pages(facts, workspace, options.pages):
            yield Finding(link.target, f"page `{path}` has no source in this repository")
    if workspace.own_urls is None or not any(may_be_own_url(e.destination) for e in facts.links):
        return
    glued = Covered(link.target for link in facts.links if _is_glued(link))  # told by `glued-url`
    for each in missing_files(facts, workspace, own=True):
        if each.span.start not in glued and not _is_elsewhere(each, facts, workspace):
            yield each
    for each in broken_anchors(facts, workspace, own=True):
        if each.span.start not in glued:
            yield each
    for link in facts.links:
        if (
            link.kind == "reference"
            or link.target.start in glued
            or is_placeholder(link.destination)
        ):
            continue
        own = workspace.own_urls.find(link.destination)
        if own and workspace.own_urls.split(link.destination) is None:
            finding = _renamed(link, own, workspace) or _of_commit(link, own, workspace)
            if finding:
                yield finding


def _is_glued(link: LinkFact) -> bool:
    """Whether the address of *link* includes the text after it."""
    if link.kind not in ("bare", "autolink") or link.destination.isascii():
        return False
    from notelint.markdown.address_end import address_end  # late: few addresses are of this kind

    return address_end(link.destination) is not None


def _is_elsewhere(finding: Finding, facts: FileFacts, workspace: Workspace) -> bool:
    """Whether another remote has the file that *finding* misses: it may be ahead of this one."""
    assert workspace.own_urls
    link = next(each for each in facts.links if each.target == finding.span)
    own = workspace.own_urls.find(link.destination)
    if own is None or not own.home.second:
        return False
    for branch in own.may_be_branches():
        commit = workspace.refs.id(f"refs/remotes/{own.home.name}/{branch}")
        split = own.split_after(branch)
        if commit and split:
            paths = workspace.git_trees.paths(commit)
            return paths is None or path_in(split[1]) in paths
    return False


def _renamed(link: LinkFact, own: OwnUrl, workspace: Workspace) -> Finding | None:
    """A branch that is called otherwise now, in which there is such a file."""
    for branch in own.home.gone:
        if not (split := own.split_after(branch)):
            continue
        default = own.home.default
        path = path_in(split[1])
        there = workspace.tree.exists(path)
        at, fix = link.target, None
        if at.end - at.start == len(link.destination):  # it is written as it reads
            at = Span(at.start + own.start, at.start + own.start + len(branch))
            fix = Fix(f"use `{default}`", (Edit(at, default),)) if there else None
        what = "" if there else f", which has no `{path}`"
        return Finding(
            at, f"branch `{branch}` is gone; the default branch is `{default}`{what}", fix
        )
    return None


def _of_commit(link: LinkFact, own: OwnUrl, workspace: Workspace) -> Finding | None:
    """A file that is not in the branch or the tag of its address, or has fewer lines there."""
    for name in own.may_be_branches():
        split = own.split_after(name)
        places = (f"refs/remotes/{own.home.name}/{name}", f"refs/heads/{name}", f"refs/tags/{name}")
        commit = next(filter(None, map(workspace.refs.id, places)), "")
        paths = workspace.git_trees.paths(commit) if commit else None
        if not split or paths is None:
            continue
        path = path_in(split[1])
        if path and path not in paths:
            return Finding(link.target, f"file `{path}` does not exist in `{name}`")
        if lines := lines_of(split[1].partition("#")[2]):
            number = _count(workspace.git_trees.text(commit, path))
            if number and max(lines) > number:
                return Finding(link.target, f"`{path}` has only {number} lines in `{name}`")
        return None
    return None


def _count(text: str | None) -> int:
    return len(text.removesuffix("\n").split("\n")) if text else 0


def _missing_pages(
    facts: FileFacts, workspace: Workspace, sites: Sequence[str]
) -> Iterator[tuple[LinkFact, str]]:
    """The links of a note to pages of the *sites* that have no source file, with the decoded paths.

    None where a file or a folder anywhere in the tree has the name of the page, where a generator
    may make the page of no file, and where notes have addresses in their front matter.
    """
    known = [f"{place.rstrip('/')}/" for each in sites if (place := _place(each))]
    for link in facts.links:
        if link.kind == "reference" or is_placeholder(link.destination):
            continue
        place = _place(link.destination)
        site = next(filter(place.startswith, known), place)
        path = path_in(place[len(site) :]).removesuffix("/index.html")
        parts = path.split("/")
        if not path or not is_page(path) or any(map(_MADE.fullmatch, parts)):
            continue
        names = workspace.memoize_tree("page names", lambda: _names(workspace))
        first, name = (_folded(posixpath.splitext(each)[0]) for each in (parts[0], parts[-1]))
        if name in names or (_OF_ALL.fullmatch(site) and first not in names):
            continue
        if workspace.memoize_tree("own addresses", lambda: _have_addresses(workspace)):
            return
        yield link, path


def _place(address: str) -> str:
    """Host and path of *address*, with a slash at the end of the host; empty for no address."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return ""
    host, _, path = address[scheme.end() :].partition("/")
    return f"{host.lower()}/{path}"


def _names(workspace: Workspace) -> frozenset[str]:
    names = {part for file in workspace.tree.files for part in with_parents(file)}
    return frozenset(_folded(posixpath.splitext(posixpath.basename(each))[0]) for each in names)


def _folded(name: str) -> str:
    """A name in an address, without the date or number before it."""
    return "".join(filter(str.isalnum, _DATE.sub("", name, count=1))).casefold()


def _have_addresses(workspace: Workspace) -> bool:
    tops = (workspace.tree.text(note)[:_FRONT_LENGTH] for note in workspace.tree.notes)
    return any(_FRONT.match(top) and _ADDRESSED.search(top) for top in tops)
