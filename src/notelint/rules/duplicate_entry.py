from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import FileFacts, Finding, Related, Span, Workspace, rule
from notelint.text.startup import NamedTuple
from notelint.workspace.dependencies import ALL_COPIES
from notelint.workspace.repeated_blocks import DETAILS
from notelint.workspace.urls import from_note

_LABEL = 3  # different texts of one title


class _Place(NamedTuple):
    path: str
    span: Span


class _Places(NamedTuple):
    """The first place of an entry, and the places of each text of it."""

    first: _Place
    texts: dict[str, _Place]


@rule()
def duplicate_entry(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A list entry, or a `<details>` note, that is also in another file.

    Why: what is written in two files is often corrected in only one of them. The message says
    whether the two are still identical; if they differ, the report as text shows how.

    Two entries are the same if their titles are, or the addresses that they have for titles.
    Entries of one line that are nothing but a link are left to `duplicate-link`. Short titles,
    which agree by chance, and titles with three or more different continuations, which are labels,
    are not reported. Files count in order of path; the first one is not reported.

    In these examples a file before this one has the entry, with other notes on it.

    Bad:

    ```markdown
    - GLM-130B: An Open Bilingual Pre-trained Model
      - predicts masked spans
    ```

    Good:

    ```markdown
    - GLM-130B: see [the notes on GLM](glm.md)

    - Datasets
      - Pile
    ```
    """
    places = workspace.memoize(duplicate_entry.name, lambda: _places(workspace), ALL_COPIES)
    reported = -1
    for key, digest, start, end in facts.copies:
        if start < reported:
            continue  # a part of what is reported already
        found = places.get(key)
        if not found or found.first.path >= facts.path:
            continue
        reported = end
        what = "note" if key.startswith(DETAILS) else "entry"
        first, same = found.first, found.texts.get(digest)
        if same and same.path >= facts.path:
            same = None
        place = f"`{from_note(first.path, facts.path)}`"
        related = [Related(each.span, "the same", each.path) for each in (same,) if each]
        if same is None:
            message = f"{what} is also in {place}, but differs"
        elif same is first:
            message = f"{what} is also in {place}, identical"
        else:
            twin = f"`{from_note(same.path, facts.path)}`"
            message = f"{what} is also in {twin}, identical; it differs in {place}"
        if same is not first:
            related.append(Related(first.span, "it differs", first.path, compare=True))
        yield Finding(Span(start, end), message, related=tuple(related), key=key)


def _places(workspace: Workspace) -> dict[str, _Places]:
    """The places of each entry that several files have."""
    found: dict[str, _Places] = {}
    shared: set[str] = set()
    for path in workspace.compared:
        facts = workspace.facts(path)
        for key, digest, start, end in facts.copies if facts else ():
            place = _Place(path, Span(start, end))
            places = found.setdefault(key, _Places(place, {}))
            places.texts.setdefault(digest, place)
            if places.first.path != path:
                shared.add(key)
    # what goes on differently in many files is a label
    return {
        key: places for key, places in found.items() if key in shared and len(places.texts) < _LABEL
    }
