from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Readdresses, same_but_case
from notelint.rules.shared.fragment_targets import fragment_targets
from notelint.workspace.urls import from_note


@rule(effect=Readdresses(same_but_case))
def anchor_case(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A `#fragment` that differs from the anchor in letter case only.

    Why: GitHub still finds the heading; most other renderers and editors do not.

    Fix (safe): write the fragment as the anchor is spelled.

    Bad:

    ```markdown
    [usage](#Usage)

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
    [usage](https://example.org/tool#Usage)
    ```
    """
    for target in fragment_targets(facts, workspace):
        right = target.note.folded_anchors.get(target.fragment.casefold())
        if right is None or target.fragment in target.note.anchors:
            continue
        fix = Fix("use the anchor as it is spelled", (Edit(target.at, f"#{right}"),))
        own = target.note is facts
        where = "here" if own else f"in `{from_note(target.note.path, facts.path)}`"
        message = f"`#{target.fragment}` is `#{right}` {where}"
        yield Finding(target.at, message, fix if target.is_exact else None)
