from __future__ import annotations

from collections.abc import Iterator

from notelint.rules.base import Edit, FileFacts, Finding, Fix, Workspace, rule
from notelint.rules.effects import Readdresses, same_but_case
from notelint.rules.shared.local_targets import local_targets


@rule(effect=Readdresses(same_but_case))
def path_case(facts: FileFacts, workspace: Workspace) -> Iterator[Finding]:
    """A link or an image whose file exists under another letter case only.

    Why: it works on the author's Windows or macOS and is broken on GitHub and every Linux. The
    check is the same on every file system.

    Fix (safe): write the path as the file is named.

    Bad:

    ```markdown
    [this](EXAMPLE.md)
    ```

    Fixed:

    ```markdown
    [this](example.md)
    ```

    Good:

    ```markdown
    [this](example.md)
    ```
    """
    for link, target in local_targets(facts, workspace):
        if not target.exists and target.other_case:
            path, fix = target.in_case(target.other_case), None
            if path != target.file:
                edit = Edit(link.target, target.rewritten(path))
                fix = Fix("use the name of the file", (edit,))
            name = path if fix else target.other_case
            yield Finding(link.target, f"`{target.file}` is named `{name}` here", fix)
