"""The fragments of a note's links that lead nowhere: for ``broken-anchor`` and ``own-url``."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.shared.close_anchors import bare, by_bare, close_anchors
from notelint.rules.shared.jumps import PREFIX, Jump, jumps, line_jumps
from notelint.text.edits import Edit, Fix
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.facts import FileFacts
from notelint.workspace.note_kinds import NAVIGATION, kinds_of
from notelint.workspace.urls import from_note, split_fragment
from notelint.workspace.workspace import Workspace


def same_page(before: str, after: str) -> bool:
    """Whether two destinations differ only in the fragment."""
    return split_fragment(before)[0] == split_fragment(after)[0]


def broken_anchors(facts: FileFacts, workspace: Workspace, *, own: bool) -> Iterator[Finding]:
    """The fragments without an anchor or a line: in *own* addresses, or in all other links."""
    suggester = Suggester()
    for jump in jumps(facts, workspace, own=own):
        note, fragment = jump.note, jump.fragment.casefold()
        if fragment in note.folded_anchors or note.includes:
            continue
        if f"{PREFIX}{fragment}" in note.folded_anchors:
            continue  # the HTML of a page of GitHub, with the anchors that it made
        if note is facts and NAVIGATION in kinds_of(facts.path):
            continue  # it is shown as a part of other pages
        if _may_be_of_site(jump, workspace):
            continue
        fixed, close = close_anchors(jump, suggester)
        where = "" if note is facts else f" in `{from_note(note.path, facts.path)}`"
        hint = did_you_mean(*(f"#{each}" for each in close))
        yield Finding(
            jump.at,
            f"no heading or id for `#{jump.fragment}`{where}{hint}",
            _fix(jump, fixed),
            many=f"links lead to `#{jump.fragment}`{where}, for which there is no heading or "
            f"id{hint}",
        )
    for line in line_jumps(facts, workspace, own=own):
        if line.last > line.lines:
            number = f"{line.lines} line{'' if line.lines == 1 else 's'}"
            yield Finding(line.at, f"`{from_note(line.path, facts.path)}` has only {number}")


def _may_be_of_site(jump: Jump, workspace: Workspace) -> bool:
    """Whether the anchor may be one that a site makes, and GitHub does not.

    It is a generator's, or another forge: GitLab merges hyphens, Bitbucket has a prefix.
    """
    fragment, note = jump.fragment.casefold(), jump.note
    if _OTHER_SITE.match(jump.link.destination):
        fragment = fragment.removeprefix("markdown-header-")
        return bare(fragment) in by_bare(note.anchors) or bool(_LINES.fullmatch(fragment))
    if workspace.has_own_anchors(note.path):
        merged = _HYPHENS.sub("-", fragment).strip("-") == fragment
        fragment = _OF_GITBOOK.sub("", fragment)
        known = by_bare(note.anchors)
        if merged and (bare(fragment) in known or bare(fragment) in map(bare, note.terms)):
            return True
        if _OF_CODE.fullmatch(fragment):
            return True
    if fragment not in note.terms:
        term, _, number = fragment.rpartition("-")  # of a heading that is called as one
        if not (number == "1" and term in note.terms and term in note.folded_anchors):
            return False
    return workspace.in_site(note.path)


_OTHER_SITE = lazy_regex(r"(?i)https?://(?!(?:[\w-]+\.)*github(?:usercontent)?\.com/)")
_OF_GITBOOK = lazy_regex(r"^id-(?=\d)")
_LINES = lazy_regex(r"lines-\d+(?::\d+)?")  # of Bitbucket
_HYPHENS = lazy_regex("-{2,}")
_OF_CODE = lazy_regex(r"(?:\w+\.)+\w+")  # of a module and what is in it, from its source


def _fix(jump: Jump, anchor: str | None) -> Fix | None:
    if anchor is None or not jump.is_exact:
        return None
    return Fix("link to the close anchor", (Edit(jump.at, f"#{anchor}"),), safe=False)
