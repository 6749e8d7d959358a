from __future__ import annotations

from collections.abc import Iterator

from notelint.diagnostics import Finding
from notelint.rules.base import rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.close_anchors import Jump, jumps, line_jumps
from notelint.text.edits import Edit, Fix
from notelint.text.startup import lazy_regex
from notelint.text.suggest import Suggester, did_you_mean
from notelint.workspace.facts import FileFacts
from notelint.workspace.urls import split_fragment
from notelint.workspace.workspace import Workspace


def _same_page(before: str, after: str) -> bool:
    return split_fragment(before)[0] == split_fragment(after)[0]


@rule(effect=Readdresses(_same_page))
def broken_anchor(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A `#fragment` that no heading and no `id` answers to.

    Why: the reader lands at the top of the page and has to search. Anchors are those that GitHub
    makes of headings, and the `id` and `name` of HTML tags, in this file or the one linked to. A
    link to lines (`run.py#L10-L20`) must not lead past the end of the file.

    Fix (unsafe): the anchor that is close, where there is exactly one.

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
    suggester = Suggester()
    slugs: dict[str, frozenset[str]] = {}
    for jump in jumps(facts, workspace):
        if jump.fragment.casefold() in jump.note.folded_anchors:
            continue
        if _may_be_generated(jump, slugs) and workspace.in_site(facts.path):
            continue
        close = _close(jump, suggester)
        where = "" if jump.note is facts else f" in `{jump.note.path}`"
        hint = did_you_mean(*(f"#{each}" for each in close), end="")
        yield Finding(
            jump.at, f"no heading or id for `#{jump.fragment}`{where}{hint}", _fix(jump, close)
        )
    for line in line_jumps(facts, workspace):
        if line.last > line.lines:
            number = f"{line.lines} line{'' if line.lines == 1 else 's'}"
            yield Finding(line.at, f"`{line.path}` has only {number}")


def _may_be_generated(jump: Jump, slugs: dict[str, frozenset[str]]) -> bool:
    """Whether the anchor may be one of a site generator, whose slugs differ from GitHub's.

    *slugs* are those of the notes that were asked about, by path.
    """
    fragment = jump.fragment.casefold()
    if jump.note.includes or _SLUG.fullmatch(fragment) is None:
        return True
    note = jump.note
    if note.path not in slugs:
        slugs[note.path] = frozenset(map(_merged, (*note.folded_anchors, *note.terms)))
    return _merged(fragment) in slugs[note.path]


def _merged(anchor: str) -> str:
    return _HYPHENS.sub("-", anchor).strip("-")


_SLUG = lazy_regex(r"[\w-]+")
_HYPHENS = lazy_regex("-{2,}")


def _close(jump: Jump, suggester: Suggester) -> list[str]:
    anchors = jump.note.folded_anchors
    return [anchors[each] for each in suggester.closest(jump.fragment.casefold(), anchors, 3, 0.7)]


def _fix(jump: Jump, close: list[str]) -> Fix | None:
    if len(close) != 1 or (jump.at == jump.link.target and jump.link.destination[0] != "#"):
        return None
    return Fix("link the close anchor", (Edit(jump.at, f"#{close[0]}"),), safe=False)
