from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from notelint.markdown.anchors import Flavor, is_anchor_of, slug
from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.fragment_targets import (
    PREFIX,
    FragmentTarget,
    fragment_span,
    fragment_targets,
    lines_of,
    with_fragment,
)
from notelint.text.startup import NamedTuple, lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.note_kinds import NAVIGATION, kinds_of
from notelint.workspace.urls import from_note, split_fragment

_DIGITS = lazy_regex(r"\d+")
_NUMBER = lazy_regex(r"-\d+$")
_SHORT = 4  # letters; in a word of no more, two others make another word
_ABBREVIATION = 3  # letters; in one of no more, one other does
_LONGEST = 60
_CJK = "\u2e80"  # from here on, a sign is a word
_MIN_START = 2  # letters that say where a heading begins
_LEAST = 0.7  # similarity
_OTHER_SITE = lazy_regex(r"(?i)https?://(?!(?:[\w-]+\.)*github(?:usercontent)?\.com/)")
_OF_GITBOOK = lazy_regex(r"^id-(?=\d)")
_LINES = lazy_regex(r"lines-\d+(?::\d+)?")  # of Bitbucket
_HYPHENS = lazy_regex("-{2,}")
# Of a module and what is in it, from its source; of a setting of Material for MkDocs.
_OF_CODE = lazy_regex(r"(?:\w+\.)+\w+|\+.+")


def same_page(before: str, after: str) -> bool:
    """Whether two destinations differ only in the fragment."""
    return split_fragment(before)[0] == split_fragment(after)[0]


class Options(NamedTuple):
    """``forge``: whose anchors are accepted as well, the flavor of tables of contents."""

    forge: Flavor = "github"


@rule(options=Options, effect=Readdresses(same_page))
def broken_anchor(facts: FileFacts, workspace: Workspace, options: Options) -> Iterator[Finding]:
    """A `#fragment` without a matching heading or `id`.

    Why: the reader lands at the top of the page and has to search. Anchors are those that GitHub
    makes of headings, and the `id` and `name` of HTML tags, in this file or the one linked to; with
    `toc.flavor`, those of GitLab or Bitbucket as well. A link to lines (`run.py#L10-L20`) must not
    lead past the end of the file.

    A link without a text is not judged: it cannot be clicked. Nor is a link into a page that
    includes other text, with a line of nothing but `{{ … }}` or another include: its headings are
    not known. Ten or more links of a note to one missing anchor are reported as one problem.

    Fix (unsafe): link to the only anchor that differs by no more than hyphens, punctuation, a
    leading number or two letters of a word, or else to the heading that has the text of the link.
    If the text has a symbol that anchors lose (`C++`, `.NET`), only a heading with exactly this
    text counts. If two headings have it, there is no fix.

    Bad:

    ```markdown
    [usage](#usages)

    ## Usage

    Run it.
    ```

    Fixed:

    ```markdown
    [usage](#usage)

    ## Usage

    Run it.
    ```

    Good:

    ```markdown
    [usage](#用法usage), [top](#top), [old name](#old)

    ## 用法：Usage

    <a id="old"></a> Run it.
    ```
    """
    yield from broken_anchors(facts, workspace, own=False, forge=options.forge)


def broken_anchors(
    facts: FileFacts, workspace: Workspace, *, own: bool, forge: Flavor = "github"
) -> Iterator[Finding]:
    """The fragments without an anchor or a line: in *own* addresses, or in all other links.

    Anchors of another *forge* than GitHub are accepted, too.
    """
    suggester = Suggester()
    for target in fragment_targets(facts, workspace, own=own):
        note, fragment = target.note, target.fragment.casefold()
        if fragment in note.folded_anchors or note.includes:
            continue
        if f"{PREFIX}{fragment}" in note.folded_anchors:
            continue  # the HTML of a page of GitHub, with the anchors that it made
        if note is facts and NAVIGATION in kinds_of(facts.path):
            continue  # it is shown as a part of other pages
        if _may_be_of_site(target, workspace) or (
            forge != "github" and is_anchor_of(forge, target.fragment, note.anchors)
        ):
            continue
        fixed, close = _close_anchors(target, suggester)
        where = "" if note is facts else f" in `{from_note(note.path, facts.path)}`"
        hint = did_you_mean(*(f"#{each}" for each in close))
        yield Finding(
            target.at,
            f"no heading or id for `#{target.fragment}`{where}{hint}",
            _fix(target, fixed),
            many=f"links lead to `#{target.fragment}`{where}, for which there is no heading or "
            f"id{hint}",
        )
    yield from _past_the_end(facts, workspace, own=own)


def _past_the_end(facts: FileFacts, workspace: Workspace, *, own: bool) -> Iterator[Finding]:
    """The links to lines that a file does not have: ``#L5``, ``#L5-L9``."""
    for link, found in with_fragment(facts, workspace, own):
        fragment = found.fragment or ""
        named = lines_of(fragment)
        if named is None or found.kind != "local":
            continue
        note = workspace.facts(found.path)
        if note is not None and fragment.casefold() in note.folded_anchors:
            continue  # a heading of that name
        lines = workspace.line_count(found.path)
        if lines is not None and max(named) > lines:
            number = f"{lines} line{'' if lines == 1 else 's'}"
            message = f"`{from_note(found.path, facts.path)}` has only {number}"
            yield Finding(fragment_span(link), message)


def _may_be_of_site(target: FragmentTarget, workspace: Workspace) -> bool:
    """Whether the anchor may be one that a site makes, and GitHub does not.

    It is a generator's, or another forge: GitLab merges hyphens, Bitbucket has a prefix.
    """
    fragment, note = target.fragment.casefold(), target.note
    if _OTHER_SITE.match(target.link.destination):
        fragment = fragment.removeprefix("markdown-header-")
        return _bare(fragment) in _by_bare(note.anchors) or bool(_LINES.fullmatch(fragment))
    if workspace.has_own_anchors(note.path):
        merged = _HYPHENS.sub("-", fragment).strip("-") == fragment
        fragment = _OF_GITBOOK.sub("", fragment)
        known = _by_bare(note.anchors)
        if merged and (_bare(fragment) in known or _bare(fragment) in _by_bare(note.terms)):
            return True
        if _OF_CODE.fullmatch(fragment):
            return True
    if fragment not in note.terms:
        term, _, number = fragment.rpartition("-")  # a heading has the term's own anchor
        if not (number == "1" and term in note.terms and term in note.folded_anchors):
            return False
    return workspace.in_site(note.path)


def _fix(target: FragmentTarget, anchor: str | None) -> Fix | None:
    if anchor is None or not target.is_exact:
        return None
    return Fix("link to the close anchor", (Edit(target.at, f"#{anchor}"),), safe=False)


def _close_anchors(target: FragmentTarget, suggester: Suggester) -> tuple[str | None, list[str]]:
    """The anchor that *target* means, if that is clear, and those close to its fragment."""
    anchors, fragment = target.note.folded_anchors, target.fragment.casefold()
    close = suggester.closest(fragment, anchors, 3, _LEAST)
    named = (target.link.only or target.link.named).casefold()
    same = _by_bare(target.note.anchors).get(_bare(fragment), [])
    if not same and named != fragment:  # else the heading of that name is gone
        # the words of a link to another note may be the title of that
        own = target.link.destination[0] == "#" or named in close
        same = [named] if named and named in anchors and own else []
        same = same or [each for each in close if _differ_in_a_word(fragment, each)]
    longer = _beginning(fragment, target.note.anchors)
    close = list(dict.fromkeys((*same, *close, *longer)))[:3]
    meant = anchors[same[0]] if len(same) == 1 and _is_named(target, anchors[same[0]]) else None
    return meant, [anchors[each] for each in close]


def _is_named(target: FragmentTarget, anchor: str) -> bool:
    """Whether *anchor* is of a heading that *target* can mean by its text."""
    if target.link.only is not None:
        return target.link.only == anchor
    if _bare(target.fragment.casefold()) == _bare(anchor.casefold()):
        return True
    # several headings have, or had, the text of the link: any of them may be meant
    numbered = _NUMBER.search(target.fragment) is not None
    return not numbered and f"{anchor.casefold()}-1" not in target.note.folded_anchors


@lru_cache(256)
def _by_bare(anchors: frozenset[str]) -> dict[str, list[str]]:
    """Anchors, without letter case, by their bare form; without those whose bare form is empty."""
    found: dict[str, list[str]] = {}
    for each in _in_order(anchors):
        found.setdefault(_bare(each), []).append(each)
    found.pop("", None)
    return found


def _beginning(fragment: str, anchors: frozenset[str]) -> list[str]:
    """The first three anchors, without letter case, that have further words after *fragment*."""
    if len(fragment) < _MIN_START:
        return []
    known, start = _in_order(anchors), f"{fragment}-"
    at = bisect_left(known, start)
    return [each for each in known[at : at + 3] if each.startswith(start)]


@lru_cache(256)
def _in_order(anchors: frozenset[str]) -> list[str]:
    return sorted({anchor.casefold() for anchor in anchors})


def _bare(anchor: str) -> str:
    """*anchor* without hyphens, punctuation, emoji and the digits in front."""
    letters = slug(anchor).replace("-", "").replace("_", "").replace("\ufe0f", "")
    return letters.lstrip("0123456789")


def _differ_in_a_word(one: str, other: str) -> bool:
    """Whether two anchors are equal but for one or two letters of one word."""
    words = [*zip(one.split("-"), other.split("-"), strict=False)]
    if one.count("-") != other.count("-"):
        return False
    different = [pair for pair in words if pair[0] != pair[1]]
    return len(different) == 1 and _is_misspelt(*different[0])


def _is_misspelt(one: str, other: str) -> bool:
    """Whether one word is the other with a slip; a number is right, and so is the first letter."""
    if one[:1] != other[:1] or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    if max(one + other) >= _CJK or max(len(one), len(other)) > _LONGEST:
        return False
    length = min(len(one), len(other))
    most = 0 if length <= _ABBREVIATION else 1 if length <= _SHORT else 2
    return _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """How many letters to change, to add and to take away make one word the other."""
    row: list[int] = [*range(len(other) + 1)]
    for number, letter in enumerate(one, 1):
        before, row = row, [number]
        for at, there in enumerate(other):
            row.append(min(before[at + 1] + 1, row[at] + 1, before[at] + (letter != there)))
    return row[-1]
