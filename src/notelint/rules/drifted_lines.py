from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from notelint.rules.base import Edit, FileFacts, Finding, Fix, LinkFact, Workspace, rule
from notelint.rules.effects import Readdresses
from notelint.rules.shared.fragment_targets import fragment_span, lines_of
from notelint.text.startup import lazy_regex
from notelint.text.suffixes import SUFFIXES
from notelint.workspace.resolve import Resolved
from notelint.workspace.urls import split_fragment

_NUMBERS = lazy_regex(r"(?<=[L-])\d+")
_LEAST_MOVED = 3  # unique lines that have moved alike
_NEAR = 4  # lines above and below that are compared, too
_LETTERS = 3  # or digits, at least, in a line that counts


def _same_file(before: str, after: str) -> bool:
    """Whether two addresses lead to lines of one file."""
    (page, lines), (same, others) = split_fragment(before), split_fragment(after)
    return page == same and None not in (lines_of(lines or ""), lines_of(others or ""))


@rule(effect=Readdresses(_same_file))
def drifted_lines(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link to lines of a file that have moved since the link was written.

    Why: `run.py#L10-L20` was right once; since a line was added above, it shows something else.

    Off by default: it asks git for the commit that wrote each such link, and what the lines were in
    that commit. It needs the whole history (a shallow clone is not judged), works offline, and
    looks at two hundred links at most in a run. Links to a commit or a tag stay right.

    Only what is sure is reported. No note had the link before that commit; the file had the text
    exactly once then, and has it exactly once now; and at least three unique lines, in the text or
    around it, have moved by the same distance. If the text itself has changed, nobody knows what
    was meant.

    Fix (safe): link to the lines where the text is now.

    In this example the history of the repository has one line more in `run.py` since the link was
    written.

    Bad:

    ```markdown
    [the loop](run.py#L2-L4)
    ```

    Fixed:

    ```markdown
    [the loop](run.py#L3-L5)
    ```

    Good:

    ```markdown
    [the loop](https://github.com/me/notes/blob/0123456789abcdef0123456789abcdef01234567/run.py#L2)
    ```
    """
    if not workspace.repository:
        return
    for link, found in workspace.inside(facts):
        lines = lines_of(found.fragment or "") if "#L" in link.destination else None
        if lines is None or link.image or found.kind != "local" or not _is_shown(link, found):
            continue
        moved = _moved(facts, link, found, *lines, workspace)
        if moved:
            yield _finding(link, found.path, lines, moved)


def _is_shown(link: LinkFact, found: Resolved) -> bool:
    """Whether lines are shown of the file: of a note, only as plain text."""
    return not found.path.lower().endswith(SUFFIXES) or "plain=1" in link.destination


def _moved(
    facts: FileFacts,
    link: LinkFact,
    found: Resolved,
    first: int,
    last: int,
    workspace: Workspace,
) -> int | None:
    """By how many lines the text that was meant has moved; None if it has not, or in doubt."""
    now = _lines(workspace.tree.text(found.path))
    name = link.destination[link.destination.rfind("/") + 1 :]
    if not now or not 0 < first <= last:
        return None
    commit = workspace.line_history.written(name, facts.path, link.line)
    if commit is None:
        return None
    path = workspace.resolve(link.destination, commit.path).path
    then = _lines(workspace.git_trees.text(commit.commit, path) or "")
    if last > len(then):
        return None
    meant = then[first - 1 : last]
    if now[first - 1 : last] == meant or not any(map(_has_words, meant)):
        return None
    places = _places(meant, now)
    if len(places) != 1 or len(_places(meant, then)) != 1:
        return None
    moved = places[0] - (first - 1)
    return moved if _support(then, now, range(first - 1, last), moved) >= _LEAST_MOVED else None


def _support(then: Sequence[str], now: Sequence[str], meant: Sequence[int], moved: int) -> int:
    """How many unique lines, in and around those *meant*, have *moved* by as much."""
    before, after = Counter(then), Counter(now)
    near = range(max(meant[0] - _NEAR, 0), min(meant[-1] + 1 + _NEAR, len(then)))
    return sum(
        _has_words(then[at])
        and 0 <= at + moved < len(now)
        and now[at + moved] == then[at]
        and before[then[at]] == after[then[at]] == 1
        for at in near
    )


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def _has_words(line: str) -> bool:
    return sum(map(str.isalnum, line)) >= _LETTERS


def _places(lines: Sequence[str], within: Sequence[str]) -> list[int]:
    """The first two places of *lines* in *within*, from 0."""
    counts = Counter(within)
    rarest = min(range(len(lines)), key=lambda number: counts[lines[number]])
    starts = (at - rarest for at, each in enumerate(within) if each == lines[rarest])
    found = (at for at in starts if at >= 0 and within[at : at + len(lines)] == lines)
    return [*islice(found, 2)]


def _finding(link: LinkFact, path: str, lines: tuple[int, int], moved: int) -> Finding:
    first, last = lines
    at, fix = fragment_span(link), None
    if at != link.target:
        fragment = link.destination[link.destination.index("#") :]
        moved_on = _NUMBERS.sub(lambda number: str(int(number[0]) + moved), fragment)
        fix = Fix("link to the lines where they are now", (Edit(at, moved_on),))
    here = f"line {first + moved}" if first == last else f"lines {first + moved}–{last + moved}"
    what = f"line {first}" if first == last else f"lines {first}–{last}"
    verb = "is" if first == last else "are"
    return Finding(at, f"{what} of `{path}` {verb} {here} now", fix)
