from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Literal

from notelint.rules.base import Edit, FileFacts, Finding, Fix, LinkFact, Related, Workspace, rule
from notelint.rules.effects import RemovesEntries
from notelint.rules.shared.local_targets import is_of_template
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.workspace.dependencies import ALL_ENTRIES, ALL_LINKS
from notelint.workspace.resolve import page_of
from notelint.workspace.sites import SITES, Site
from notelint.workspace.urls import from_note

_MARKUP = lazy_regex(r"\]\([^()]*\)|[`\[\]]")
_LONGEST = 60  # characters of a title in a message


class Options(NamedTuple):
    """``scope``: links in list entries, or all. ``within``: of one section, or of the whole note.

    ``across_files``: the notes of the tree, too, each as a whole.
    """

    scope: Literal["entries", "all"] = "entries"
    within: Literal["section", "note"] = "section"
    across_files: bool = False
    sites: tuple[Site, ...] = SITES


@rule(options=Options, effect=RemovesEntries())
def duplicate_link(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """The same page linked by two list entries of a section.

    Why: in a list of links the second entry is a slip, and its notes soon differ from those of the
    first.

    Two addresses are the same if they lead to the same page: with `http` or `https`, with or
    without `www.`, `.git` or a trailing `/`, as `abs` or `pdf` of an arXiv paper, or through a page
    that only leads on (see `wrapped-link`).

    Two entries of a section are reported if they have the same title, or if they are in the same
    list and one of them is a bare address. They are in one list, or in two lists that are not
    inside another; of two bare addresses, one may be in a nested list. A page may be listed in two
    sections, under two titles, or once more with a title below another entry. A bold line, a line
    with a colon, or a few words above a list begin a section as a heading does. With `within: note`
    and with `across-files`, only the page counts.

    A link counts if an entry begins with it, or ends with it as a label, but not if a sentence
    mentions it. Not counted are badges, numbers of sources, anchors of the same file, tables of
    contents, definitions, code, requests such as `GET https://…`, records of DNS, and `link.md` or
    `url` in a template, a note with that word in its path.

    Option `scope` (`entries`): `entries` compares the links that entries of lists are about,
    `all` every link.

    Option `within` (`section`): `section` compares the links of a section, `note` those of the
    whole note.

    Option `across-files` (false): compare the links of all notes of the tree. Of two, the one in
    the note whose path sorts later is reported.

    Fix (unsafe): remove an entry that is nothing but that link, if the same list has the other one
    under the same title. There is no fix in a numbered list, nor if one of the two is a task that
    is done and the other is not.

    Bad:

    ```markdown
    - [xMTF](https://github.com/bigscience-workshop/xmtf)
      - cross-lingual
    - [xMTF](https://github.com/Bigscience-Workshop/xmtf/)
    - [BELLE](https://github.com/LianjiaTech/BELLE)
    ```

    Fixed:

    ```markdown
    - [xMTF](https://github.com/bigscience-workshop/xmtf)
      - cross-lingual
    - [BELLE](https://github.com/LianjiaTech/BELLE)
    ```

    Good:

    ```markdown
    Text may link https://example.org/a as often as it likes: https://example.org/a

    - [abstract](https://example.org/a) of [the same](https://example.org/a)
    - [results](https://example.org/a#results)
    - Read what [they found](https://example.org/a) before you start.

    ## In another section

    - [abstract](https://example.org/a)
    ```
    """
    if options.across_files:
        firsts = _Firsts(facts, workspace, options)
    own = _Own(wide=options.across_files or options.within == "note")
    for number, link in enumerate(_counted(facts, options)):
        page = _page(link, facts.path, workspace, options)
        if not page:
            continue
        first, twin = own.add(page, link)
        path = facts.path
        if options.across_files:
            path, first = firsts.of(page, number) or (path, first)
        if first is None:
            continue
        there = path if path != facts.path else None
        line = f"on line {first.line}"
        where = f"in `{from_note(there, facts.path)}` {line}" if there else line
        name = f" as `{_shown(first.title)}`" if _key(first) else ""
        # a task, open and done: only the author knows which one is right
        alone = link.alone if twin and twin.done == link.done else None
        yield Finding(
            link.span,
            f"already linked {where}{name}",
            Fix("remove the entry", (Edit(alone, ""),), safe=False) if alone else None,
            (Related(first.span, "first linked here", there),),
            page,
        )


class _Own:
    """The links of a note so far, by what a later one may repeat."""

    def __init__(self, *, wide: bool) -> None:
        self._wide = wide
        self._seen: dict[Hashable, LinkFact] = {}

    def add(self, page: str, link: LinkFact) -> tuple[LinkFact | None, LinkFact | None]:
        """The link to *page* that *link* repeats, and the one of its list under its title."""
        title = _key(link)
        whole, listed = ("section", page, link.section, title), ("list", page, link.list)
        twin = self._other((*listed, title), link) if link.list >= 0 else None
        if self._wide:
            first = self._other(page, link)
        else:
            # another list of the section counts where neither is in a list in a list, or where
            # one is, and both are bare addresses
            near = None if link.nested and title else self._other(whole, link)
            below = None if link.nested or title else self._other(("below", *whole), link)
            bare = (*listed, "") if title else listed
            found = (twin, near, below, self._other(bare, link))
            first = min(filter(None, found), key=lambda link: link.span.start, default=None)
        for key in (page, listed, (*listed, title)):
            self._seen.setdefault(key, link)
        self._seen.setdefault(("below", *whole) if link.nested else whole, link)
        return first, twin

    def _other(self, key: Hashable, link: LinkFact) -> LinkFact | None:
        found = self._seen.get(key)
        same = found and (found.span == link.span or found.item == link.item >= 0)
        return None if same else found


class _Firsts:
    """The first link to each page in the tree, as seen from the note of *facts*."""

    def __init__(self, facts: FileFacts, workspace: Workspace, options: Options) -> None:
        index = (duplicate_link.name, options)
        depends_on = ALL_ENTRIES if options.scope == "entries" else ALL_LINKS
        self._places = workspace.memoize(index, lambda: _firsts(workspace, options), depends_on)
        self._path = facts.path
        self._workspace = workspace
        self._options = options
        self._counted: dict[str, tuple[LinkFact, ...]] = {}

    def of(self, page: str, number: int) -> tuple[str, LinkFact] | None:
        """The note before this one that links *page* first, and its link."""
        path, at = self._places.get(page) or (self._path, number)
        there = None if path == self._path else self._workspace.facts(path)
        # here as it is now: a fix may have moved what the tree was asked for
        if there is None:
            return None
        if path not in self._counted:
            self._counted[path] = _counted(there, self._options)
        return path, self._counted[path][at]


def _key(link: LinkFact) -> str:
    """The title of *link* as far as it matters: letters and digits, or what it has instead."""
    return "".join(filter(str.isalnum, link.title)).casefold() or link.title.strip()


def _shown(title: str) -> str:
    words = " ".join(_MARKUP.sub("", title).split()).rstrip(" :：(-–—")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _firsts(workspace: Workspace, options: Options) -> dict[str, tuple[str, int]]:
    """The first link to each page in the tree: the note, and its number among those that count."""
    found: dict[str, tuple[str, int]] = {}
    for path in workspace.compared:
        for number, page in enumerate(_pages(path, workspace, options)):
            if page:
                found.setdefault(page, (path, number))
    return found


def _pages(path: str, workspace: Workspace, options: Options) -> list[str]:
    if options.scope == "entries":  # of which all that is needed here is known without the note
        return [_here(*page, path, workspace) for page in workspace.pages(path)]
    facts = workspace.facts(path)
    return [_page(link, path, workspace, options) for link in facts.links] if facts else []


def _counted(facts: FileFacts, options: Options) -> tuple[LinkFact, ...]:
    return facts.entries if options.scope == "entries" else facts.links


def _page(link: LinkFact, note: str, workspace: Workspace, options: Options) -> str:
    """A key equal for links to the same page; empty where *link* is not compared."""
    if is_of_template(link.destination, note):
        return ""
    if link.entry:
        return _here(link.page, link.destination, note, workspace)
    if link.image or link.badge or link.kind == "definition":
        return ""
    return page_of(workspace.resolve(link.destination, note), link.destination, options.sites)


def _here(page: str, destination: str, note: str, workspace: Workspace) -> str:
    """*page*, or the file of this repository that *destination* is the address of on GitHub."""
    found = workspace.resolve(destination, note) if page and destination else None
    return page_of(found, destination, ()) if found and found.kind == "local" else page
