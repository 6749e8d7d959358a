from __future__ import annotations

from collections.abc import Iterator

from notelint.finding import Finding, Related
from notelint.rules.base import NoOptions, workspace_rule
from notelint.text.span import Span
from notelint.text.startup import NamedTuple
from notelint.workspace.copies import DETAILS
from notelint.workspace.facts import FileFacts
from notelint.workspace.questions import COPIES
from notelint.workspace.workspace import Workspace


class _Place(NamedTuple):
    path: str
    digest: str
    span: Span


@workspace_rule(severity="warning")
def duplicate_entry(
    facts: FileFacts, workspace: Workspace, options: NoOptions
) -> Iterator[Finding]:
    """A list entry, or a `<details>` note, that another file has, too.

    Why: what is written in two files is corrected in one of them. The message says whether the two
    are still identical; if they differ, the report as text shows how.

    An entry is the same when its title is, or the address that it has for a title. Entries of one
    line that are nothing but a link are left to `duplicate-link`, and so are short titles, which
    come up by chance. Files count in order of path; the first has no finding.

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
    places = workspace.once(duplicate_entry.name, lambda: _places(workspace), COPIES)
    reported = -1
    for key, digest, start, end in facts.copies:
        if start < reported:
            continue  # a part of what is reported already
        earlier = [each for each in places.get(key, ()) if each.path < facts.path]
        if not earlier:
            continue
        reported = end
        what = "note" if key.startswith(DETAILS) else "entry"
        first = earlier[0]
        same = next((each for each in earlier if each.digest == digest), None)
        related = [Related(each.span, "the same", each.path) for each in (same,) if each]
        if same is None:
            message = f"the {what} is in `{first.path}`, too, and differs"
        elif same is first:
            message = f"the {what} is in `{first.path}`, too, identical"
        else:
            message = (
                f"the {what} is in `{same.path}`, too, identical; in `{first.path}` it differs"
            )
        if same is not first:
            related.append(Related(first.span, "it differs", first.path, compare=True))
        yield Finding(Span(start, end), message, related=tuple(related), key=key)


def _places(workspace: Workspace) -> dict[str, list[_Place]]:
    """Where each entry is that several files have, in order of path."""
    found: dict[str, list[_Place]] = {}
    for path in workspace.compared:
        facts = workspace.facts(path)
        for key, digest, start, end in facts.copies if facts else ():
            found.setdefault(key, []).append(_Place(path, digest, Span(start, end)))
    return {key: places for key, places in found.items() if len({each.path for each in places}) > 1}
